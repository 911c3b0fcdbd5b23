// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { has, t } from '../i18n';
import { moment } from '../i18n/format';
import { needPath } from '../needs/words';
import '../professionals/professionals.css';
import type { Look } from '../professionals/types';
import { Bdi, Empty, Loaded, PageHeader, ShowMore, Table } from '../ui';
import { OwnPages } from './tabs';

/** Who looked at the person, when and on which occasion. */
export default function ViewsPage() {
  const looks = usePages<Look>('/me/views');
  return (
    <>
      <PageHeader title={t('me.views')} lead={t('me.views_lead')} />
      <OwnPages current="views" />
      <Loaded load={looks} waiting={t('me.loading_views')}>
        {(items) => items.length === 0 ? <Empty title={t('me.no_views')}>{t('me.no_views_text')}</Empty> : (
          <>
            <Table caption={t('me.views')} rows={items} rowKey={(one) => `${one.at} ${one.organisation} ${one.what} ${one.needReference}`} columns={[
              { key: 'who', header: t('me.who'), names: true, cell: (one) => <><Bdi>{one.organisation || t('me.programme_office')}</Bdi><span class="muted under">{one.role && t(`role.${one.role}`)}</span></> },
              { key: 'what', header: t('me.what'), cell: (one) => whatWords(one.what) },
              { key: 'need', header: t('me.for_need'), cell: (one) => one.needReference ? <a href={needPath(one.needReference)} dir="ltr">{one.needReference}</a> : <span class="muted">{t('me.for_none')}</span> },
              { key: 'at', header: t('me.when'), cell: (one) => <span class="muted small">{moment(one.at)}</span> },
            ]} />
            <ShowMore shown={items.length} more={looks.more} loadMore={looks.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** What was seen, in plain words. */
export function whatWords(what: string): string {
  const key = `me.what.${what}`;
  return t(has(key) ? key : 'me.what.other');
}
