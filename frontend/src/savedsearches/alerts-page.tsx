// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { problemOf } from '../api/problem';
import { t } from '../i18n';
import { country, date, listed } from '../i18n/format';
import { useLanguageNames } from '../search/names';
import { languageShort } from '../search/words';
import { Badge, Bdi, Button, Empty, LinkButton, Loaded, PageHeader, ShowMore, tell, useFilters } from '../ui';
import { markRead, unread } from './alerts';
import './savedsearches.css';
import type { Alert } from './types';

/** Who newly meets what one watches, the latest first, day by day. */
export default function AlertsPage() {
  const { get, set } = useFilters();
  useLanguageNames();
  const search = get('search');
  const alerts = usePages<Alert>('/alerts', { search, limit: 50 });
  const read = async (ids: readonly string[]) => {
    try {
      await markRead(ids);
      alerts.reload();
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  return (
    <>
      <PageHeader title={t('savedsearches.alerts')} lead={t('savedsearches.alerts_lead')} crumbs={[{ href: '/saved-searches', label: t('savedsearches.title') }]}
        actions={unread.value > 0 && <Button onClick={() => void read([])}>{t('savedsearches.read_all')}</Button>} />
      <Loaded load={alerts} waiting={t('savedsearches.alerts_loading')}>
        {(items) => (items.length === 0
          ? <Empty title={t('savedsearches.no_alerts')} action={search ? <Button onClick={() => set({ search: '' })}>{t('savedsearches.all_alerts')}</Button> : <LinkButton href="/saved-searches">{t('savedsearches.title')}</LinkButton>}>{t('savedsearches.no_alerts_text')}</Empty>
          : (
            <>
              {search && <p class="muted">{t('savedsearches.only_of', { name: items[0]?.search.name ?? '' })} <Button kind="quiet" small onClick={() => set({ search: '' })}>{t('savedsearches.all_alerts')}</Button></p>}
              {days(items).map(([day, some]) => (
                <section key={day} class="section">
                  <header class="section-head"><h2>{date(day, 'long')}</h2></header>
                  <ul class="alerts">{some.map((one) => <Row key={one.id} alert={one} onRead={() => void read([one.id])} />)}</ul>
                </section>
              ))}
              <ShowMore shown={items.length} more={alerts.more} loadMore={alerts.loadMore} />
            </>
          ))}
      </Loaded>
    </>
  );
}

/** Puts alerts under the day on which they were due. */
export function days(items: readonly Alert[]): [string, Alert[]][] {
  const by = new Map<string, Alert[]>();
  for (const one of items) {
    const day = one.dueAt.slice(0, 10);
    by.set(day, [...(by.get(day) ?? []), one]);
  }
  return [...by];
}

function Row({ alert, onRead }: { alert: Alert; onRead: () => void }) {
  const { who, search } = alert;
  const facts = [country(who.summary.residenceCountry), ...(who.summary.languages.length > 0 ? [listed(who.summary.languages.map(languageShort))] : [])];
  return (
    <li class={alert.read ? 'alert' : 'alert alert-unread'}>
      <div class="alert-main">
        <h3 class="alert-name">
          {!alert.read && <><Badge tone="accent">{t('savedsearches.new_alert')}</Badge> </>}
          <a href={`/professionals/${alert.professionalId}`} onClick={alert.read ? undefined : () => void markRead([alert.id]).catch(() => undefined)}><Bdi>{who.summary.occupationTitle || who.person}</Bdi></a>{' '}
          <span dir="ltr" class="pseudonym muted">{who.person}</span>
          {who.demo && <> <Badge>{t('needs.demo')}</Badge></>}
        </h3>
        <p class="small"><span class="muted">{t(search.kind === 'need' ? 'savedsearches.among_best' : 'savedsearches.meets')}</span> {search.need ? <a href={`/needs/${search.need}/ranking`}><Bdi>{search.name}</Bdi></a> : <b><Bdi>{search.name}</Bdi></b>}</p>
        <p class="muted small">{facts.join(' · ')}</p>
      </div>
      {!alert.read && <Button kind="quiet" small onClick={onRead}>{t('savedsearches.read')}<span class="hidden"> {who.person}</span></Button>}
    </li>
  );
}
