// SPDX-License-Identifier: AGPL-3.0-or-later
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { needPath } from '../needs/words';
import { SuitingList, type Suiting } from '../professionals/suiting';
import { Empty, LinkButton, Loaded, PageHeader } from '../ui';

/** Open needs in the order in which they suit the person, each with its reasons. */
export default function SuitingPage() {
  const needs = useLoad<List<Suiting>>((signal) => call('GET', '/me/needs', { signal }), []);
  return (
    <>
      <PageHeader title={t('me.suiting')} lead={t('me.suiting_lead')} />
      <Loaded load={needs} waiting={t('me.loading_suiting')}>
        {({ items }) => items.length === 0
          ? <Empty title={t('me.no_suiting')} action={<LinkButton href="/me">{t('me.to_profile')}</LinkButton>}>{t('me.no_suiting_text')}</Empty>
          : (
            <>
              <SuitingList items={items} audience="me" action={(one) => <LinkButton kind="primary" href={needPath(one.need, '/apply')}>{t('me.apply')}</LinkButton>} />
              <p class="muted small">{t('me.suiting_note')} <a href="/me/privacy#ranking">{t('me.suiting_doubt')}</a></p>
            </>
          )}
      </Loaded>
    </>
  );
}
