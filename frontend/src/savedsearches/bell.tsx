// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Icon } from '../ui';
import { countAlerts, unread } from './alerts';
import './savedsearches.css';

const every = 60_000;

/** Leads to the alerts and says how many wait. */
export function Bell() {
  const { path } = useLocation();
  useEffect(() => {
    void countAlerts();
    const timer = setInterval(() => void countAlerts(), every);
    return () => clearInterval(timer);
  }, [path]);
  const waiting = unread.value;
  return (
    <a class="bell" href="/alerts" aria-label={t('savedsearches.bell', { count: waiting, alerts: number(waiting) })} aria-current={path === '/alerts' ? 'page' : undefined}>
      <Icon name="bell" />
      {waiting > 0 && <span class="bell-count" aria-hidden="true">{waiting > 99 ? '99+' : number(waiting)}</span>}
    </a>
  );
}
