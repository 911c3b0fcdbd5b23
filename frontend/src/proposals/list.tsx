// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { call } from '../api/call';
import { usePages } from '../api/load';
import { t } from '../i18n';
import { moment, number } from '../i18n/format';
import '../needs/needs.css';
import { Bdi, Empty, Loaded, Notice, PageHeader, Section, ShowMore, Table, type Column } from '../ui';
import './proposals.css';
import { Settings } from './settings';
import { usual, type Inputs, type Proposal, type Summary } from './types';

/** Asks who could go where for all open needs together, and lists what was asked before. */
export default function ProposalsPage() {
  const { route } = useLocation();
  const list = usePages<Summary>('/proposals');
  const propose = async (inputs: Inputs, key: string) => {
    const { data } = await call<Proposal>('POST', '/proposals', { body: inputs, idempotencyKey: key });
    route(`/assignment/${data.id}`);
  };
  return (
    <>
      <PageHeader title={t('proposals.title')} lead={t('proposals.lead')} />
      <Notice tone="info" title={t('proposals.advice')}>{t('proposals.advice_text')}</Notice>
      <Section title={t('proposals.ask')} lead={t('proposals.ask_lead')}><Settings id="proposal" inputs={usual} action={t('proposals.propose')} submit={propose} /></Section>
      <Section title={t('proposals.before')}>
        <Loaded load={list} waiting={t('proposals.loading')}>
          {(items) => items.length === 0 ? <Empty title={t('proposals.none')}>{t('proposals.none_text')}</Empty> : (
            <>
              <Table caption={t('proposals.before')} columns={columns()} rows={items} rowKey={(one) => one.id} />
              <ShowMore shown={items.length} more={list.more} loadMore={list.loadMore} />
            </>
          )}
        </Loaded>
      </Section>
    </>
  );
}

function columns(): readonly Column<Summary>[] {
  return [
    { key: 'at', header: t('proposals.asked_at'), names: true, cell: (one) => <a href={`/assignment/${one.id}`}>{moment(one.at)}</a> },
    { key: 'by', header: t('proposals.asked_by'), cell: (one) => (one.by ? <Bdi>{one.by}</Bdi> : t('proposals.by_system')) },
    { key: 'posts', header: t('proposals.filled'), number: true, cell: (one) => number(one.posts) },
    { key: 'empty', header: t('proposals.empty'), number: true, cell: (one) => number(one.empty) },
    { key: 'pins', header: t('proposals.pins'), number: true, cell: (one) => number(one.pins) },
  ];
}
