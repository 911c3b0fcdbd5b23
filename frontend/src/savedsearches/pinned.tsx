// SPDX-License-Identifier: AGPL-3.0-or-later
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Section } from '../ui';
import { OpenSaved, Sought } from './list';
import './savedsearches.css';
import type { SavedSearch } from './types';

/** The saved searches that a coordinator keeps at hand. Nothing is shown where nothing is pinned. */
export function PinnedSearches() {
  const { data } = useLoad<List<SavedSearch>>((signal) => call('GET', '/saved-searches', { signal }), []);
  const pinned = (data?.items ?? []).filter((one) => one.pinned);
  if (pinned.length === 0) return null;
  return (
    <Section title={t('savedsearches.pinned')} actions={<a href="/saved-searches">{t('home.wait.all')}<span class="hidden"> {t('savedsearches.title')}</span></a>}>
      <ul class="ledger">
        {pinned.map((one) => (
          <li key={one.id} class="ledger-row">
            <div><OpenSaved saved={one} /><Sought saved={one} /></div>
            {one.unread > 0 && <a href={`/alerts?search=${one.id}`} class="saved-unread">{t('savedsearches.unread', { count: one.unread, alerts: number(one.unread) })}</a>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
