// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { needPath } from '../needs/words';
import { Empty, LinkButton, Loaded, PageHeader } from '../ui';
import { SuitingList, type Suiting } from './suiting';
import type { Professional } from './types';
import { nameOf } from './words';

/** The open needs that suit a member, for the association that may nominate them. */
export default function MemberNeedsPage() {
  const { id = '' } = useRoute().params;
  const path = `/professionals/${encodeURIComponent(id)}`;
  const member = useLoad<Professional>((signal) => call('GET', path, { signal }), [id]);
  const needs = useLoad<List<Suiting>>((signal) => call('GET', `${path}/needs`, { signal }), [id]);
  const name = member.data ? nameOf(member.data) : '';
  const nominated = member.data?.state === 'active';
  return (
    <>
      <PageHeader title={name ? t('professionals.needs_title', { name }) : t('professionals.needs')} lead={t('professionals.needs_lead')}
        crumbs={[{ href: '/professionals', label: t('professionals.members') }, ...(name ? [{ href: path, label: name }] : [])]} />
      <Loaded load={needs} waiting={t('professionals.loading_needs')}>
        {({ items }) => items.length === 0 ? <Empty title={t('professionals.no_needs')}>{t('professionals.no_needs_text')}</Empty> : (
          <SuitingList items={items} audience="member" action={(one) => nominated && <LinkButton kind="primary" href={needPath(one.need, '/nominate')}>{t('professionals.nominate')}</LinkButton>} />
        )}
      </Loaded>
    </>
  );
}
