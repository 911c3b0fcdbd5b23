// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { number, percent } from '../i18n/format';
import { Badge, Bdi, Select, Table, type Column } from '../ui';
import type { Cell, FairTable, Group, Rate, Report } from './types';

/** How a group is called: regions and languages by the server, the few others here. */
export function nameOf(dimension: string, group: Group): string {
  if (group.group === '') return t('fairness.unsaid');
  if (dimension === 'sex') return t(`fairness.sex.${group.group}`);
  if (dimension === 'age') return t(`fairness.age.${group.group}`);
  return group.name || group.group;
}

interface Row {
  key: string;
  name: string;
  cells: readonly Cell[];
  rates: readonly (Rate | undefined)[];
}

/** People of each group by stage, with the share that went on from the stage before. */
export function GroupTable({ report, table }: { report: Report; table: FairTable }) {
  const rows: Row[] = [
    { key: 'all', name: t('fairness.everybody'), cells: report.total, rates: [] },
    ...table.groups.map((one) => ({ key: `of-${one.group}`, name: nameOf(table.dimension, one), cells: one.cells, rates: one.rates })),
  ];
  const columns: Column<Row>[] = [
    { key: 'group', header: t(`fairness.by.${table.dimension}`), names: true, cell: (row) => <Bdi>{row.name}</Bdi> },
    ...report.stages.map((stage, at) => ({ key: stage, header: t(`fairness.stage.${stage}`), number: true, cell: (row: Row) => <Count cell={row.cells[at]} rate={row.rates[at]} /> })),
  ];
  return (
    <>
      <Table caption={t('fairness.table', { by: t(`fairness.by.${table.dimension}`) })} columns={columns} rows={rows} rowKey={(row) => row.key} />
      <p class="muted small">{t('fairness.table_note')}</p>
    </>
  );
}

function Count({ cell, rate }: { cell: Cell | undefined; rate: Rate | undefined }) {
  if (!cell || cell.withheld) return <Withheld />;
  return (
    <div>
      {number(cell.count)}
      {rate?.known && <span class="muted small under">{percent(rate.share)}</span>}
      {rate?.signal && <span class="under"><Badge tone={rate.signal === 'strong' ? 'bad' : 'caution'}>{t(`fairness.signal.${rate.signal}`, { ratio: number(rate.ratio, 2) })}</Badge></span>}
    </div>
  );
}

/** Stands in the place of a number that could point at somebody. */
export function Withheld() {
  return <span class="withheld" title={t('fairness.withheld')}><span aria-hidden="true">✱</span><span class="hidden">{t('fairness.withheld')}</span></span>;
}

/** The shares of one stage as bars, each with the interval in which the true share lies. */
export function RateChart({ report, table }: { report: Report; table: FairTable }) {
  const [stage, setStage] = useState(() => Math.max(1, report.total.findLastIndex((one) => !one.withheld && one.count > 0)));
  const known = table.groups.filter((one) => one.rates[stage]?.known);
  return (
    <div class="stack">
      <Select id={`fairness-stage-${table.dimension}`} label={t('fairness.chart_stage')} value={String(stage)} onChange={(value) => setStage(Number(value))}
        options={report.stages.slice(1).map((one, at) => ({ value: String(at + 1), label: t(`fairness.stage.${one}`) }))} />
      {known.length === 0 ? <p class="muted">{t('fairness.chart_none')}</p> : (
        <ul class="rates" aria-label={t('fairness.chart', { stage: t(`fairness.stage.${report.stages[stage] ?? ''}`) })}>
          {known.map((one) => <Bar key={one.group} name={nameOf(table.dimension, one)} rate={one.rates[stage] as Rate} />)}
        </ul>
      )}
      {known.length > 0 && <p class="muted small">{t('fairness.chart_note')}</p>}
    </div>
  );
}

function Bar({ name, rate }: { name: string; rate: Rate }) {
  const said = t('fairness.bar', { share: percent(rate.share), low: percent(rate.low), high: percent(rate.high) });
  return (
    <li class="rate">
      <span class="rate-name"><Bdi>{name}</Bdi></span>
      <span class="rate-bar" aria-hidden="true">
        <span class={rate.signal ? `rate-fill rate-${rate.signal}` : 'rate-fill'} style={{ inlineSize: `${100 * rate.share}%` }} />
        <span class="rate-reach" style={{ insetInlineStart: `${100 * rate.low}%`, inlineSize: `${100 * (rate.high - rate.low)}%` }} />
      </span>
      <span class="rate-value">
        {said}
        {rate.best && <> · {t('fairness.best')}</>}
        {rate.ratio > 0 && !rate.best && <> · {t('fairness.compared', { ratio: number(rate.ratio, 2), chance: number(rate.chance, 3) })}</>}
      </span>
    </li>
  );
}
