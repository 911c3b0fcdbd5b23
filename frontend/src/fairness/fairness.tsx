// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { language, t } from '../i18n';
import { moment } from '../i18n/format';
import { session } from '../session/session';
import { Badge, Bdi, Loaded, Notice, PageHeader, Section, Select, Tabs, useFilters } from '../ui';
import { DriftPart } from './drift';
import './fairness.css';
import { GroupTable, RateChart } from './groups';
import { Sheet } from './sheet';
import { ShownLog } from './shown';
import { TrainedPart } from './trained';
import type { Report } from './types';

/** How groups fare along the pipeline, whether scores drift, and who saw which ranking. */
export default function FairnessPage() {
  const { get, set } = useFilters();
  const year = /^\d{4}$/.test(get('year')) ? get('year') : '';
  const report = useLoad<Report>((signal) => call('GET', '/fairness/report', { query: { year: year || undefined, reader: language.value }, signal }), [year, language.value]);
  const role = session.value?.role;
  return (
    <>
      <PageHeader title={t('fairness.title')} lead={t('fairness.lead')}
        facts={report.data && <><Bdi>{report.data.programme.name}</Bdi>{report.data.programme.demo && <Badge>{t('fairness.demo')}</Badge>}<span>{t('fairness.taken', { when: moment(report.data.taken) })}</span></>} />
      <Section title={t('fairness.groups')} lead={t('fairness.groups_lead')} actions={<Sheet href={`/api/v1/fairness/report.csv${year ? `?year=${year}` : ''}`} label={t('fairness.export_report')} />}>
        <Select id="fairness-year" label={t('fairness.year')} value={year} empty={t('fairness.all_years')} onChange={(value) => set({ year: value })} options={years()} />
        <Loaded load={report} waiting={t('fairness.loading')}>{(data) => <Groups report={data} dimension={get('by')} onDimension={(by) => set({ by })} />}</Loaded>
      </Section>
      <DriftPart weekly={get('weekly') === 'yes'} onWeekly={(on) => set({ weekly: on ? 'yes' : '' })} />
      <TrainedPart year={year} />
      {(role === 'coordinator' || role === 'administrator') && <ShownLog />}
    </>
  );
}

function Groups({ report, dimension, onDimension }: { report: Report; dimension: string; onDimension: (by: string) => void }) {
  const current = report.tables.some((one) => one.dimension === dimension) ? dimension : (report.tables[0]?.dimension ?? '');
  return (
    <div class="stack">
      <Notice tone="info" title={t('fairness.signal_title')}>
        <p>{t('fairness.signal_text', { rule: report.rule })}</p>
        <p>{t('fairness.withheld_text', { least: report.least })}</p>
        <p>{t('fairness.counted_text', { count: report.rankings })}</p>
      </Notice>
      <Tabs label={t('fairness.by')} current={current} onChange={onDimension} tabs={report.tables.map((table) => ({
        id: table.dimension, label: t(`fairness.by.${table.dimension}`), content: () => (
          <div class="stack">
            <GroupTable report={report} table={table} />
            <RateChart report={report} table={table} />
          </div>
        ) }))} />
    </div>
  );
}

/** The years that a log of two years may speak of, newest first. */
function years() {
  const now = new Date().getFullYear();
  return [now, now - 1, now - 2].map((one) => ({ value: String(one), label: String(one) }));
}
