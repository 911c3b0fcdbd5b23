// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { month, period } from '../i18n/format';
import { needPath } from '../needs/words';
import { Bdi } from '../ui';
import type { Line, NeedRow, Proposal } from './types';

const day = 24 * 60 * 60 * 1000;
const at = (date: string) => Date.parse(`${date}T00:00:00Z`) / day;

/** The days that the timeline shows, from a Monday to a Sunday. */
interface Scale {
  first: number;
  days: number;
}

function scaleOf({ needs, lines }: Proposal): Scale {
  const from = Math.min(...needs.map((one) => at(one.from)), ...lines.map((one) => at(one.from)));
  const to = Math.max(...needs.map((one) => at(one.to)), ...lines.map((one) => at(one.to)));
  const monday = from - ((new Date(from * day).getUTCDay() + 6) % 7);
  return { first: monday, days: Math.ceil((to - monday + 1) / 7) * 7 };
}

const share = (days: number, scale: Scale) => `${(100 * days) / scale.days}%`;

/** The first days of the months on the scale. */
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

/** Who is where in which week: one row a need, one bar a stay; those of a relay below each other, so that the handover shows. */
export function Timeline({ proposal }: { proposal: Proposal }) {
  const rows = proposal.needs.filter((one) => one.posts > 0);
  if (rows.length === 0) return <p>{t('proposals.no_needs')}</p>;
  const scale = scaleOf(proposal);
  return (
    <div class="gantt" role="region" aria-label={t('proposals.timeline')} tabIndex={0}>
      <div class="gantt-body" style={{ '--weeks': scale.days / 7 }}>
        <div class="gantt-row gantt-head" aria-hidden="true">
          <span class="gantt-name" />
          <span class="gantt-lanes">{monthsOf(scale).map((one) => <span key={one.key} class="gantt-month" style={{ insetInlineStart: share(one.start, scale), inlineSize: share(one.length, scale) }}>{one.length > 12 && month(one.key)}</span>)}</span>
        </div>
        <ul>{rows.map((one) => <Row key={one.reference} need={one} lines={proposal.lines.filter((line) => line.need === one.reference)} scale={scale} />)}</ul>
      </div>
    </div>
  );
}

function Row({ need, lines, scale }: { need: NeedRow; lines: Line[]; scale: Scale }) {
  const start = at(need.from) - scale.first;
  return (
    <li class="gantt-row">
      <span class="gantt-name"><a href={needPath(need.reference)}><Bdi>{need.title}</Bdi></a><span class="muted under"><span dir="ltr">{need.reference}</span></span></span>
      <span class="gantt-lanes">
        <span class={need.empty > 0 ? 'gantt-period gantt-lacking' : 'gantt-period'} style={{ insetInlineStart: share(start, scale), inlineSize: share(at(need.to) - at(need.from) + 1, scale) }} />
        {lines.map((one) => (
          <span key={one.person + one.from} class="gantt-lane">
            <span class={`gantt-bar${one.pinned ? ' gantt-pinned' : ''}${one.stays > 1 ? ' gantt-relay' : ''}${one.days / scale.days < 0.12 ? ' gantt-brief' : ''}`} title={`${one.person}: ${period(one.from, one.to)}`}
              style={{ insetInlineStart: share(at(one.from) - scale.first, scale), inlineSize: share(one.days, scale) }}>
              <span class="gantt-label"><span dir="ltr">{one.person}</span><span class="hidden">, {period(one.from, one.to)}{one.stays > 1 ? `, ${t('proposals.stay_of', { stay: one.stay, stays: one.stays })}` : ''}{one.pinned ? `, ${t('proposals.pinned')}` : ''}</span></span>
            </span>
          </span>
        ))}
        {need.empty > 0 && <span class="gantt-lane"><span class="gantt-empty" style={{ paddingInlineStart: share(start, scale) }}>{t('proposals.empty_count', { count: need.empty })}</span></span>}
      </span>
    </li>
  );
}
