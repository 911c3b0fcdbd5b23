// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Icon } from '../ui';
import '../savedsearches/savedsearches.css';
import { countNews, waiting } from './news';

const every = 60_000;

/** Leads to the notices and says how many wait. */
export function NewsBell() {
  const { path } = useLocation();
  useEffect(() => {
    void countNews();
    const timer = setInterval(() => void countNews(), every);
    return () => clearInterval(timer);
  }, [path]);
  const count = waiting.value;
  return (
    <a class="bell" href="/notices" aria-label={t('notices.bell', { count, notices: count > 99 ? '99+' : number(count) })} aria-current={path === '/notices' ? 'page' : undefined}>
      <Icon name="mail" />
      {count > 0 && <span class="bell-count" aria-hidden="true">{count > 99 ? '99+' : number(count)}</span>}
    </a>
  );
}
