// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { month, number, percent } from '../i18n/format';
import { Badge, Checkbox, Empty, Loaded, Notice, Section, Status, Table, type Column, type Fit } from '../ui';
import type { Drift, Period } from './types';

const fits: Record<Period['state'], Fit> = { few: 'unknown', steady: 'met', shifted: 'partly', moved: 'missing' };

/** Whether the scores that people are shown keep their distribution. */
export function DriftPart({ weekly, onWeekly }: { weekly: boolean; onWeekly: (on: boolean) => void }) {
  const load = useLoad<Drift>((signal) => call('GET', '/fairness/drift', { query: { by: weekly ? 'week' : 'month' }, signal }), [weekly]);
  return (
    <Section title={t('fairness.drift')} lead={t('fairness.drift_lead')}>
      <Checkbox id="fairness-weekly" label={t('fairness.weekly')} value={weekly} onChange={onWeekly} />
      <Loaded load={load} waiting={t('fairness.drift_loading')}>
        {(drift) => drift.periods.length === 0 ? <Empty title={t('fairness.drift_none')}>{t('fairness.drift_none_text')}</Empty> : (
          <div class="stack">
            {drift.state === 'moved' && <Notice tone="warning" title={t('fairness.alarm')}>{t('fairness.alarm_text')}</Notice>}
            <Table caption={t('fairness.drift')} columns={columns(drift)} rows={[...drift.periods].reverse()} rowKey={(one) => one.period + one.algorithm} />
            <p class="muted small">{t('fairness.drift_note', { slight: number(drift.slight, 2), large: number(drift.large, 2) })}</p>
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function columns(drift: Drift): readonly Column<Period>[] {
  return [
    { key: 'period', header: t('fairness.period'), names: true, cell: (one) => <>{one.period.includes('W') ? <span dir="ltr">{one.period}</span> : month(one.period)}<code class="muted under" dir="ltr">{one.algorithm}</code></> },
    { key: 'shown', header: t('fairness.scores'), number: true, cell: (one) => <div>{number(one.scores)}<span class="muted small under">{t('fairness.of_rankings', { count: one.rankings })}</span></div> },
    { key: 'mean', header: t('fairness.mean', { max: drift.outOf }), number: true, cell: (one) => number(one.mean) },
    { key: 'shape', header: t('fairness.distribution'), cell: (one) => <Histogram period={one} outOf={drift.outOf} /> },
    { key: 'index', header: t('fairness.index'), number: true, cell: (one) => one.reference || one.state === 'few' ? <span class="muted">–</span> : number(one.index, 3) },
    { key: 'state', header: t('fairness.state'), cell: (one) => one.reference ? <Badge tone="accent">{t('fairness.reference')}</Badge> : <Status fit={fits[one.state]}>{t(`fairness.state.${one.state}`)}</Status> },
  ];
}

const wide = 100;
const tall = 32;

/** The scores in tenths, as columns; the words below say the same to whoever cannot see it. */
function Histogram({ period, outOf }: { period: Period; outOf: number }) {
  const most = Math.max(...period.counts, 1);
  const step = wide / period.counts.length;
  const peak = period.counts.indexOf(most);
  const tenth = outOf / period.counts.length;
  const said = t('fairness.histogram', { from: number(peak * tenth), to: number((peak + 1) * tenth), share: percent(most / Math.max(period.scores, 1)) });
  return (
    <svg class={period.reference ? 'histogram histogram-reference' : 'histogram'} viewBox={`0 0 ${wide} ${tall + 1}`} role="img" aria-label={said} preserveAspectRatio="none">
      <title>{said}</title>
      {period.counts.map((count, i) => <rect key={i} x={i * step + 0.5} y={tall - (tall * count) / most} width={step - 1} height={(tall * count) / most} />)}
      <line x1="0" x2={wide} y1={tall + 0.5} y2={tall + 0.5} />
    </svg>
  );
}
