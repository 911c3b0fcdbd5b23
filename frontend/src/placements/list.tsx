// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { t } from '../i18n';
import { period } from '../i18n/format';
import '../needs/needs.css';
import { needPath } from '../needs/words';
import '../ranking/ranking.css';
import { PersonName } from '../selection/words';
import { role } from '../session/session';
import { Bdi, Empty, LinkButton, Loaded, PageHeader, ShowMore, Table, TakeAway, useFilters, Views, type Column } from '../ui';
import type { Placement } from './types';
import { placementPath, PlacementState } from './words';

const views: Record<string, string> = {
  all: '', coming: 'PREPARING,CLEARED,POSTPONED', underway: 'TRAVELLING,ON_DUTY,SUSPENDED,EVACUATED', over: 'CURTAILED,ENDED,COMPLETED,FOLLOWED_UP,CLOSED,CANCELLED',
};

/** Who goes where, and when. */
export default function PlacementsPage() {
  const own = role.value === 'professional';
  const { get } = useFilters();
  const view = get('view') in views ? get('view') : 'all';
  const list = usePages<Placement>('/placements', { state: views[view] || undefined });
  return (
    <>
      <PageHeader title={t('placements.title')} lead={t(own ? 'placements.lead_own' : 'placements.lead')} />
      {!own && <Views label={t('placements.views')} current={view} views={Object.keys(views).map((id) => ({ id, label: t(`placements.view.${id}`), href: `/placements?view=${id}` }))} />}
      <Loaded load={list} waiting={t('placements.loading')}>
        {(items) => items.length === 0 ? (
          <Empty title={t(view === 'all' ? 'placements.none' : 'placements.none_view')} action={<LinkButton href={view === 'all' ? '/candidacies' : '/placements'}>{t(view === 'all' ? 'placements.to_candidacies' : 'placements.all')}</LinkButton>}>
            {t(own ? 'placements.none_text_own' : 'placements.none_text')}
          </Empty>
        ) : (
          <>
            <Table caption={t('placements.title')} columns={columns()} rows={items} rowKey={(one) => one.id} />
            <ShowMore shown={items.length} more={list.more} loadMore={list.loadMore} />
            <TakeAway path="/placements/export" query={{ state: views[view] }} />
          </>
        )}
      </Loaded>
    </>
  );
}

function columns(): readonly Column<Placement>[] {
  return [
    { key: 'person', header: t('placements.person'), names: true, cell: (one) => <><a href={placementPath(one.reference)}><PersonName person={one.person} /></a><span class="muted under" dir="ltr">{one.reference}</span></> },
    { key: 'need', header: t('needs.need'), cell: (one) => <><a href={needPath(one.need.reference)}><Bdi>{one.need.title}</Bdi></a><span class="muted under"><Bdi>{one.organisation.name}</Bdi></span></> },
    { key: 'period', header: t('needs.period'), cell: (one) => <>{period(one.from, one.to)}<span class="muted under">{t(`needs.modality.${one.modality}`)}</span></> },
    { key: 'days', header: t('placements.days'), number: true, cell: (one) => one.days },
    { key: 'state', header: t('needs.state'), cell: (one) => <PlacementState state={one.state} /> },
  ];
}
