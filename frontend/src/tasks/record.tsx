// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { date, number } from '../i18n/format';
import { Badge } from '../ui';
import './tasks.css';
import type { Inbox } from './types';
import { holders } from './words';

/** On whom a record waits, for how long and until when. Nothing while it waits for nobody. */
export function WaitsOn({ record, version }: { record: string; version: number }) {
  const { data } = useLoad<Inbox>((signal) => call('GET', '/tasks', { query: { record, others: 'true' }, signal }), [record, version]);
  const all = data ? [...data.mine, ...data.others] : [];
  if (all.length === 0) return null;
  return (
    <ul class="waits-on">
      {all.map((one) => (
        <li key={one.kind}>
          <strong>{t(`tasks.kind.${one.kind}`)}</strong>{' '}
          <span>{t(one.waited === 0 ? 'tasks.waits_on_today' : 'tasks.waits_on', { who: holders(one), days: number(one.waited), count: one.waited })}</span>{' '}
          {one.overdue ? <Badge tone="bad">{t('tasks.overdue', { when: date(one.due.slice(0, 10)) })}</Badge> : <span class="muted">{t('tasks.due', { when: date(one.due.slice(0, 10)) })}</span>}
        </li>
      ))}
    </ul>
  );
}
