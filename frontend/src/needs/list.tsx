// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { t } from '../i18n';
import { country, date, period } from '../i18n/format';
import { role, type Role } from '../session/session';
import { Badge, Bdi, Empty, LinkButton, Loaded, PageHeader, SearchBox, ShowMore, Table, TakeAway, useFilters, Views, type Column } from '../ui';
import type { Need } from './types';
import { viewsFor } from './views';
import { daysWords, needPath, NeedState } from './words';

/** The needs that the reader may see, by what they come for. */
export default function NeedsPage() {
  const { get, set } = useFilters();
  const own = role.value;
  const views = viewsFor(own);
  const view = views.find((one) => one.id === get('view')) ?? views[0];
  const words = get('q');
  const needs = usePages<Need>('/needs', { state: view?.states.join(','), q: words });
  return (
    <>
      <PageHeader title={t('needs.title')} lead={t(`needs.lead.${audienceOf(own)}`)}
        actions={(own === 'host' || own === 'coordinator') && <>
          <LinkButton href="/need-templates">{t('needs.templates')}</LinkButton>
          {own === 'host' && <LinkButton kind="primary" icon="plus" href="/needs/new">{t('needs.write')}</LinkButton>}
        </>} />
      {views.length > 1 && (
        <Views label={t('needs.views')} current={view?.id ?? ''}
          views={views.map((one) => ({ id: one.id, label: t(`needs.view.${one.id}`), href: hrefOf(one.id, words) }))} />
      )}
      <SearchBox id="needs-q" label={t('needs.search')} value={words} onSearch={(q) => set({ q })} />
      <Loaded load={needs} waiting={t('needs.loading')}>
        {(items) => items.length === 0 ? <Nothing words={words} view={view?.id ?? 'all'} own={own} /> : (
          <>
            <Table caption={t('needs.title')} columns={columnsFor(own)} rows={items} rowKey={(one) => one.id} />
            <ShowMore shown={items.length} more={needs.more} loadMore={needs.loadMore} />
            <TakeAway path="/needs/export" query={{ state: view?.states.join(','), q: words }} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Who reads decides how the page explains itself. */
function audienceOf(own: Role | undefined): string {
  return own === 'host' || own === 'ministry' || own === 'coordinator' || own === 'association' ? own : 'professional';
}

function hrefOf(view: string, words: string): string {
  return `/needs?${new URLSearchParams({ view, ...(words ? { q: words } : {}) }).toString()}`;
}

function Nothing({ words, view, own }: { words: string; view: string; own: Role | undefined }) {
  if (words) return <Empty title={t('needs.none_found', { text: words })}>{t('needs.none_found_text')}</Empty>;
  const action = own === 'host' ? <LinkButton kind="primary" icon="plus" href="/needs/new">{t('needs.write')}</LinkButton>
    : view !== 'all' && <LinkButton href="/needs?view=all">{t('needs.all')}</LinkButton>;
  return <Empty title={t(view === 'all' ? 'needs.none' : `needs.none.${view}`)} action={action}>{t(`needs.none_text.${audienceOf(own)}`)}</Empty>;
}

function columnsFor(own: Role | undefined): readonly Column<Need>[] {
  const outside = own === 'association' || own === 'professional';
  const columns: (Column<Need> | false)[] = [
    { key: 'title', header: t('needs.need'), names: true, cell: (one) => <TitleCell need={one} /> },
    own !== 'host' && { key: 'host', header: t('needs.host'), cell: (one) => <><Bdi>{one.organisation.name}</Bdi><span class="muted under">{placeOf(one)}</span></> },
    { key: 'period', header: t('needs.period'), cell: (one) => <PeriodCell need={one} /> },
    !outside && { key: 'filled', header: t('needs.posts'), number: true, cell: (one) => t('needs.filled_of', { filled: one.filled, all: one.headcount }) },
    outside
      ? { key: 'closes', header: t('needs.closes'), cell: (one) => one.closesOn && <span class="nowrap">{date(one.closesOn)}</span> }
      : { key: 'state', header: t('needs.state'), cell: (one) => <NeedState state={one.state} /> },
    !outside && { key: 'changed', header: t('needs.changed'), cell: (one) => <span class="muted small nowrap">{date(one.updatedAt)}</span> },
  ];
  return columns.filter((one) => one !== false);
}

function TitleCell({ need }: { need: Need }) {
  return (
    <>
      <a href={needPath(need)} lang={need.language}><Bdi>{need.title}</Bdi></a>
      <span class="muted under"><span dir="ltr" class="nowrap">{need.reference}</span> {need.demo && <Badge>{t('needs.demo')}</Badge>}</span>
    </>
  );
}

function PeriodCell({ need }: { need: Need }) {
  if (!need.startsOn || !need.endsOn) return <span class="muted">{t('ui.not_given')}</span>;
  return <>{period(need.startsOn, need.endsOn)}<span class="muted under">{daysWords(need.days)} · {t(`needs.modality.${need.modality}`)}</span></>;
}

/** Where the work is: the duty station and its country. */
export function placeOf(need: Need): string {
  const land = need.country && country(need.country);
  return need.dutyStation && land ? t('needs.place_in', { place: need.dutyStation, country: land }) : need.dutyStation || land;
}
