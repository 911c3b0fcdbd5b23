// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Loaded, Section, Table, type Column } from '../ui';
import { Withheld } from './groups';
import type { Cell, Trained } from './types';

interface Row { key: string; name: string; cell: Cell }

/** How many learnt from the people of the programme, in heads, with small numbers withheld. */
export function TrainedPart({ year }: { year: string }) {
  const load = useLoad<Trained>((signal) => call('GET', '/trained', { query: { year: year || undefined }, signal }), [year]);
  return (
    <Section title={t('fairness.trained')} lead={t('fairness.trained_lead')}>
      <Loaded load={load} waiting={t('fairness.loading')}>{(data) => <div class="stack">{data.kinds.map((kind) => <Kind key={kind.kind} kind={kind} />)}</div>}</Loaded>
    </Section>
  );
}

function Kind({ kind }: { kind: Trained['kinds'][number] }) {
  const columns: Column<Row>[] = [
    { key: 'group', header: t(`fairness.trained.${kind.kind}`), names: true, cell: (row) => row.name },
    { key: 'people', header: t('fairness.trained_heads'), number: true, cell: (row) => (row.cell.withheld ? <Withheld /> : number(row.cell.count)) },
  ];
  const of = (dimension: string, group: string) => (group ? t(`fairness.${dimension}.${group}`) : t('fairness.trained_unsaid', { by: t(`fairness.by.${dimension}`) }));
  const rows = [
    { key: 'all', name: t('fairness.trained_all', { count: kind.sessions }), cell: kind.total },
    ...kind.tables.flatMap((table) => table.groups.map((one) => ({ key: `${table.dimension}-${one.group}`, name: of(table.dimension, one.group), cell: one.cell }))),
  ];
  return <Table caption={t(`fairness.trained.${kind.kind}`)} columns={columns} rows={rows} rowKey={(row) => row.key} />;
}
