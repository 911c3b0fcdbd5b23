// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { t } from '../i18n';
import { moment, number } from '../i18n/format';
import { Badge, Bdi, Empty, LinkButton, Loaded, PageHeader, ShowMore, Table } from '../ui';
import { Registers } from './tabs';
import type { Breach } from './types';

/** The record of breaches, with the clock of those of which the authority has to be told. */
export default function BreachesPage() {
  const load = usePages<Breach>('/breaches');
  return (
    <>
      <PageHeader title={t('accountability.breaches')} lead={t('accountability.breaches_lead')} actions={<LinkButton kind="primary" href="/breaches/new">{t('accountability.breach_new')}</LinkButton>} />
      <Registers current="breaches" />
      <Loaded load={load} waiting={t('accountability.loading')}>
        {(items) => items.length === 0 ? <Empty title={t('accountability.no_breaches')}>{t('accountability.no_breaches_text')}</Empty> : (
          <>
            <Table caption={t('accountability.breaches')} rows={items} rowKey={(one) => one.id} columns={[
              { key: 'title', header: t('accountability.breach'), names: true, cell: (one) => <><a href={`/breaches/${one.id}`}><Bdi>{one.title}</Bdi></a><span class="muted under">{t('accountability.known', { when: moment(one.knownAt) })}</span></> },
              { key: 'clock', header: t('accountability.clock'), cell: (one) => <Clock breach={one} /> },
              { key: 'risk', header: t('accountability.risk'), cell: (one) => t(`accountability.risk.${one.risk}`) },
              { key: 'people', header: t('accountability.people'), number: true, cell: (one) => number(Math.max(one.people, one.found)) },
              { key: 'told', header: t('accountability.people_told'), cell: (one) => one.peopleToldAt ? moment(one.peopleToldAt) : <span class="muted">{t('accountability.not_yet')}</span> },
            ]} />
            <ShowMore shown={items.length} more={load.more} loadMore={load.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** How many of the 72 hours are left; or when the authority was told. */
export function Clock({ breach }: { breach: Breach }) {
  if (breach.closedAt) return <Badge>{t('accountability.closed')}</Badge>;
  if (breach.authorityToldAt) return <Badge tone="good">{t('accountability.authority_told', { when: moment(breach.authorityToldAt) })}</Badge>;
  if (!breach.running) return <span class="muted">{t('accountability.no_notice')}</span>;
  if (breach.hoursLeft < 0) return <Badge tone="bad">{t('accountability.hours_over', { count: -breach.hoursLeft, hours: number(-breach.hoursLeft) })}</Badge>;
  return <Badge tone={breach.hoursLeft < 24 ? 'caution' : 'accent'}>{t('accountability.hours_left', { count: breach.hoursLeft, hours: number(breach.hoursLeft) })}</Badge>;
}
