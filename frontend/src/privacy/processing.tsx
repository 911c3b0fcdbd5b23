// SPDX-License-Identifier: AGPL-3.0-or-later
import { Registers } from '../accountability/tabs';
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { Disclosure, LinkButton, Loaded, PageHeader, Table } from '../ui';
import type { Activity } from './types';

/** The record of processing activities (GDPR, article 30), made from the schema's own inventory. */
export default function ProcessingPage() {
  const load = useLoad<List<Activity>>((signal) => call('GET', '/processing', { signal }), []);
  return (
    <>
      <PageHeader title={t('privacy.processing')} lead={t('privacy.processing_lead')}
        actions={<><LinkButton href="/api/v1/processing.csv" download>CSV</LinkButton><LinkButton href="/api/v1/processing.html" download>HTML</LinkButton></>} />
      <Registers current="processing" />
      <Loaded load={load} waiting={t('privacy.loading')}>
        {({ items }) => (
          <Table caption={t('privacy.processing')} rows={items} rowKey={(one) => one.table} columns={[
            { key: 'table', header: t('privacy.processing_table'), names: true, cell: (one) => <span dir="ltr">{one.table}</span> },
            { key: 'purpose', header: t('privacy.purpose'), cell: (one) => <span lang="en" dir="ltr">{one.purpose}</span> },
            { key: 'basis', header: t('privacy.processing_basis'), cell: (one) => t(`privacy.basis.${one.basis}`) },
            { key: 'kept', header: t('privacy.processing_kept'), cell: (one) => t(`privacy.term.${one.term}`) },
            { key: 'erased', header: t('privacy.processing_erased'), cell: (one) => (one.fate ? t(`privacy.fate.${one.fate}`) : <span class="muted">–</span>) },
            { key: 'columns', header: t('privacy.processing_columns'), cell: (one) => <Disclosure summary={String(one.columns.length)}><ul lang="en" dir="ltr">{one.columns.map((c) => <li key={c.name}><code>{c.name}</code> – {c.purpose}</li>)}</ul></Disclosure> },
          ]} />
        )}
      </Loaded>
    </>
  );
}
