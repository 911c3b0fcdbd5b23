// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { country, period } from '../i18n/format';
import '../needs/needs.css';
import { needPath } from '../needs/words';
import { Bdi, Empty, LinkButton, Loaded, PageHeader } from '../ui';
import { OrderList } from './order';
import './proposals.css';
import type { Wishes } from './types';

/** A person puts the needs that suit them in the order in which they would take them. */
export default function WishesPage() {
  const load = useLoad<Wishes>((signal) => call('GET', '/me/wishes', { signal }), []);
  const save = async (needs: string[]) => load.replace(await call<Wishes>('PUT', '/me/wishes', { body: { needs }, ifMatch: load.etag }));
  return (
    <>
      <PageHeader title={t('proposals.wishes')} lead={t('proposals.wishes_lead')} />
      <Loaded load={load} waiting={t('proposals.wishes_loading')}>
        {({ needs, ordered }) => needs.length === 0 ? (
          <Empty title={t('proposals.wishes_none')} action={<LinkButton href="/me">{t('proposals.to_profile')}</LinkButton>}>{t('proposals.wishes_none_text')}</Empty>
        ) : (
          <OrderList key={load.etag} ordered={ordered} save={save} orderedTitle={t('proposals.my_order')} othersTitle={t('proposals.also_suits')} othersLead={t('proposals.also_suits_lead')} none={t('proposals.no_order_yet')}
            entries={needs.map((one) => ({ id: one.reference, name: one.title, body: (
              <><a href={needPath(one.reference)}><Bdi>{one.title}</Bdi></a><span class="muted under"><Bdi>{one.organisation}</Bdi> · {country(one.country)} · {period(one.startsOn, one.endsOn)}</span></>) }))} />
        )}
      </Loaded>
    </>
  );
}
