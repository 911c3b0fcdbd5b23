// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { number } from '../i18n/format';
import '../needs/needs.css';
import { needPath } from '../needs/words';
import '../ranking/ranking.css';
import { Empty, LinkButton, Loaded, PageHeader } from '../ui';
import { OrderList } from './order';
import './proposals.css';
import type { Favourites } from './types';
import { Pseudonym } from './words';

/** A host puts the people on its shortlist in the order in which it would have them. */
export default function FavouritesPage() {
  const { ref = '' } = useRoute().params;
  const path = `/needs/${encodeURIComponent(ref)}/favourites`;
  const load = useLoad<Favourites>((signal) => call('GET', path, { signal }), [ref]);
  const save = async (people: string[]) => load.replace(await call<Favourites>('PUT', path, { body: { people }, ifMatch: load.etag }));
  return (
    <>
      <PageHeader title={t('proposals.favourites')} lead={t('proposals.favourites_lead')}
        crumbs={[{ href: '/needs', label: t('needs.title') }, { href: needPath(ref), label: ref }]} actions={<LinkButton href={needPath(ref, '/shortlist')}>{t('selection.shortlist')}</LinkButton>} />
      <Loaded load={load} waiting={t('proposals.favourites_loading')}>
        {({ people, ordered }) => people.length === 0 ? <Empty title={t('proposals.favourites_none')}>{t('proposals.favourites_none_text')}</Empty> : (
          <OrderList key={load.etag} ordered={ordered} save={save} orderedTitle={t('proposals.host_order')} othersTitle={t('proposals.host_others')} othersLead={t('proposals.host_others_lead')} none={t('proposals.no_order_yet')}
            entries={people.map((one) => ({ id: one.person, name: one.person, body: <><Pseudonym name={one.person} /><span class="muted under">{t('proposals.points_of', { score: number(one.score) })}</span></> }))} />
        )}
      </Loaded>
    </>
  );
}
