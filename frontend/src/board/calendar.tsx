// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { month, monthShort, period } from '../i18n/format';
import { Bdi } from '../ui';
import type { Card } from './types';
import { pathOf, stateName } from './words';

const day = 24 * 60 * 60 * 1000;
const at = (date: string) => Date.parse(`${date}T00:00:00Z`) / day;

interface Scale {
  first: number;
  days: number;
}

// From a Monday to a Sunday, so that each line is a week.
function scaleOf(cards: readonly Card[]): Scale {
  const from = Math.min(...cards.map((one) => at(one.from)));
  const to = Math.max(...cards.map((one) => at(one.to)));
  const monday = from - ((new Date(from * day).getUTCDay() + 6) % 7);
  return { first: monday, days: Math.ceil((to - monday + 1) / 7) * 7 };
}

const share = (days: number, scale: Scale) => `${(100 * days) / scale.days}%`;

// A name that has no room in its bar stands beside it, on the side where there is room.
function besideOf(one: Card, scale: Scale): string {
  if (at(one.to) - at(one.from) + 1 > scale.days * 0.18) return '';
  return at(one.to) - scale.first > scale.days * 0.75 ? 'stays-label-before' : 'stays-label-after';
}

// A part of a bar, of which the bar is the whole.
const inside = (days: number, one: Card) => `${(100 * days) / (at(one.to) - at(one.from) + 1)}%`;

function monthsOf(scale: Scale): { key: string; start: number; length: number }[] {
  const all: { key: string; start: number; length: number }[] = [];
  for (let one = 0; one < scale.days;) {
    const date = new Date((scale.first + one) * day);
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / day - scale.first;
    all.push({ key: date.toISOString().slice(0, 7), start: one, length: Math.min(next, scale.days) - one });
    one = next;
  }
  return all;
}

// Over a year there is room for a short name in every third month only.
function labelOf(one: { key: string; length: number }, months: number): string {
  if (months > 12) return Number(one.key.slice(5)) % 3 === 1 ? monthShort(one.key) : '';
  if (one.length <= 12) return '';
  return months > 6 ? monthShort(one.key) : month(one.key);
}

/** Stays by week, one row each, with today. */
export function Calendar({ cards }: { cards: readonly Card[] }) {
  const region = useRef<HTMLDivElement>(null);
  // Where it is wider than the screen, it opens at today; both directions of writing count alike.
  useEffect(() => {
    const frame = region.current;
    const mark = frame?.querySelector('.stays-today');
    if (frame && mark) frame.scrollLeft += mark.getBoundingClientRect().left - frame.getBoundingClientRect().left - frame.clientWidth / 2;
  }, [cards.length]);
  const stays = cards.filter((one) => one.state !== 'CANCELLED').sort((a, b) => a.from.localeCompare(b.from) || a.id.localeCompare(b.id));
  if (stays.length === 0) return <p>{t('board.none.now')}</p>;
  const scale = scaleOf(stays);
  const months = monthsOf(scale);
  const today = Math.floor(Date.now() / day) - scale.first;
  return (
    <div ref={region} class="stays" role="region" aria-label={t('board.view.calendar')} tabIndex={0}>
      <div class="stays-body" style={{ '--weeks': scale.days / 7 }}>
        <div class="stays-row stays-head" aria-hidden="true">
          <span />
          <span class="stays-lane">{months.map((one) => <span key={one.key} class="stays-month" style={{ insetInlineStart: share(one.start, scale), inlineSize: share(one.length, scale) }}>{labelOf(one, months.length)}</span>)}</span>
        </div>
        <ul>
          {stays.map((one) => (
            <li key={one.id} class="stays-row" data-card={one.id}>
              <span class="stays-name"><a href={pathOf(one)}><Bdi>{one.person}</Bdi></a><span class="muted board-under"><Bdi>{one.organisation}</Bdi></span><span class="hidden">, {period(one.from, one.to)}, {stateName(one.record, one.state)}{one.absences.map((away) => `, ${t(`placements.absence_kind.${away.kind}`)}: ${period(away.from, away.to)}`)}</span></span>
              <span class="stays-lane" aria-hidden="true">
                {today >= 0 && today <= scale.days && <span class="stays-today" style={{ insetInlineStart: share(today, scale) }} />}
                <span class={`stays-bar stays-${one.state.toLowerCase()}`} title={period(one.from, one.to)} style={{ insetInlineStart: share(at(one.from) - scale.first, scale), inlineSize: share(at(one.to) - at(one.from) + 1, scale) }}>
                  {one.absences.map((away) => (
                    <span key={away.from} class={`stays-away stays-away-${away.kind}`} title={`${t(`placements.absence_kind.${away.kind}`)}: ${period(away.from, away.to)}`}
                      style={{ insetInlineStart: inside(at(away.from) - at(one.from), one), inlineSize: inside(at(away.to) - at(away.from) + 1, one) }} />
                  ))}
                  <span class={`stays-label ${besideOf(one, scale)}`}>{stateName(one.record, one.state)}</span>
                </span>
              </span>
            </li>
          ))}
        </ul>
      </div>
      {stays.some((one) => one.absences.length > 0) && (
        <p class="stays-key small muted" aria-hidden="true">
          {(['leave', 'remote'] as const).map((kind) => <span key={kind}><span class={`stays-swatch stays-away-${kind}`} /> {t(`placements.absence_kind.${kind}`)}</span>)}
        </p>
      )}
    </div>
  );
}
