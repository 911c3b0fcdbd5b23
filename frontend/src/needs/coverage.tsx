// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { date, month, period } from '../i18n/format';
import { money } from '../proposals/money';
import { role } from '../session/session';
import { Bdi, Loaded, Notice, Section, Table } from '../ui';
import './coverage.css';
import type { Coverage, Need } from './types';
import { daysWords } from './words';

const dayLength = 24 * 60 * 60 * 1000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayLength;

type Leg = Coverage['legs'][number];

/** How the stays of a need cover its period: in words, as a picture, and one by one. */
export function CoverageOf({ need }: { need: Need }) {
  const load = useLoad<Coverage>((signal) => call('GET', `/needs/${encodeURIComponent(need.id)}/coverage`, { signal }), [need.id, need.version]);
  return (
    <Section title={t('needs.coverage')} lead={t('needs.coverage_lead', { count: need.headcount })}>
      <Loaded load={load} waiting={t('needs.loading_one')}>{(data) => <Covered coverage={data} />}</Loaded>
    </Section>
  );
}

function Covered({ coverage }: { coverage: Coverage }) {
  const { legs, planned, proposed, cost, period: whole } = coverage;
  const shown = planned.covered > 0;
  return (
    <>
      {planned.whole
        ? <Notice tone="success" title={t('needs.covered_whole', { from: date(planned.first), to: date(planned.last) })}>{!coverage.booked.whole && <p>{t('needs.covered_meant')}</p>}</Notice>
        : <Notice tone="info" title={shown ? t('needs.covered_part', { covered: planned.covered, days: whole.days }) : t('needs.covered_none')}>
          {shown && <ul class="lines">{planned.gaps.map((gap) => <li key={gap.from}>{t('needs.gap', { period: period(gap.from, gap.to), days: daysWords(gap.days) })}</li>)}</ul>}
        </Notice>}
      <Picture coverage={coverage} />
      {legs.length > 0 && <Legs coverage={coverage} />}
      {planned.handovers.some((one) => !one.enough) && <p class="coverage-short">{t('needs.handover_short', { count: coverage.overlap })}</p>}
      {proposed.length > 0 && role.value !== 'professional' && (
        <p>{t('needs.proposed')} {proposed.map((one) => `${period(one.from, one.to)} (${daysWords(one.days)})`).join(' · ')}</p>
      )}
      {cost && <p>{t('needs.relay_cost', { count: cost.stays, relay: money(cost.relay, cost.currency), single: money(cost.single, cost.currency) })}</p>}
    </>
  );
}

/** A bar for each stay over the days of the need; the words below say the same. */
function Picture({ coverage }: { coverage: Coverage }) {
  const { legs, proposed, planned, period: whole } = coverage;
  const place = (from: string, to: string) => ({
    insetInlineStart: `${(100 * (at(from) - at(whole.from))) / whole.days}%`, inlineSize: `${(100 * (at(to) - at(from) + 1)) / whole.days}%`,
  });
  const rows = [
    ...legs.map((one) => ({ ...one, kind: one.booked ? 'booked' : 'meant' })),
    ...proposed.map((one) => ({ ...one, kind: 'proposed' })),
  ].sort((a, b) => a.from.localeCompare(b.from));
  return (
    <div class="coverage" aria-hidden="true">
      <div class="coverage-scale"><span>{date(whole.from)}</span><span>{month(whole.from.slice(0, 7)) !== month(whole.to.slice(0, 7)) && date(whole.to)}</span></div>
      {rows.map((one, i) => <div key={i} class="coverage-lane"><span class={`coverage-bar coverage-${one.kind}`} style={place(one.from, one.to)}>{daysWords(one.days)}</span></div>)}
      {planned.gaps.length > 0 && <div class="coverage-lane coverage-gaps">{planned.gaps.map((gap) => <span key={gap.from} class="coverage-bar coverage-gap" style={place(gap.from, gap.to)} />)}</div>}
    </div>
  );
}

function Legs({ coverage }: { coverage: Coverage }) {
  const { legs, cost, planned } = coverage;
  const who = (leg: Leg) => {
    const name = leg.person.name || leg.person.pseudonym;
    if (!name) return t('needs.leg_somebody');
    const href = leg.placement ? `/placements/${leg.placement}` : `/candidacies/${leg.candidacy}`;
    return <a href={href}><Bdi>{name}</Bdi></a>;
  };
  return (
    <Table caption={t('needs.coverage')} rows={legs} rowKey={(leg) => leg.from + leg.placement + leg.candidacy} columns={[
      { key: 'period', header: t('needs.period'), cell: (leg) => <>{period(leg.from, leg.to)} <span class="muted">{daysWords(leg.days)}</span></> },
      { key: 'who', header: t('needs.leg_who'), cell: who },
      { key: 'state', header: t('needs.leg_state'), cell: (leg) => (leg.booked ? t(`placements.state.${leg.state}`) : t('needs.leg_meant')) },
      { key: 'handover', header: t('needs.leg_handover'), cell: (leg) => {
        const i = legs.indexOf(leg);
        const next = planned.handovers[i];
        if (!next) return t(planned.whole ? 'needs.leg_last' : 'needs.leg_open');
        return <>{next.days > 0 ? daysWords(next.days) : t('needs.leg_no_meeting')}{leg.handover && <span class="muted"> · {t('needs.leg_note')}</span>}</>;
      } },
      ...(cost ? [{ key: 'cost', header: t('needs.leg_cost'), cell: (leg: Leg) => money(leg.cost, cost.currency) }] : []),
    ]} />
  );
}
