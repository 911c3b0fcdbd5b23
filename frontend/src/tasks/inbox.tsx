// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { language, t } from '../i18n';
import { number } from '../i18n/format';
import { profileWaits } from '../me/waiting';
import type { Role } from '../session/session';
import { Bdi, Disclosure, Empty, Icon, Loaded, Section } from '../ui';
import { waiting } from './count';
import type { Inbox } from './types';
import './tasks.css';
import { TaskLine } from './words';

interface Profile {
  id: string;
  href: string;
  title: string;
  under: string;
}

interface Found {
  box: Inbox;
  profile: Profile[];
}

/** What waits for the reader, overdue first, and what they wait for. */
export function TaskInbox({ role, limit }: { role: Role | undefined; limit: number }) {
  const load = useLoad<Found>(async (signal) => {
    const [answer, profile] = await Promise.all([
      call<Inbox>('GET', '/tasks', { query: { others: 'true', limit }, signal }), role === 'professional' ? profileWaits(signal) : [],
    ]);
    return { ...answer, data: { box: answer.data, profile } };
  }, [role, limit, language.value]);
  useEffect(() => {
    if (load.data) waiting.value = { count: load.data.box.count, overdue: load.data.box.overdue };
  }, [load.data]);
  return (
    <Loaded load={load} waiting={t('tasks.loading')}>
      {({ box, profile }) => (
        <>
          <Mine box={box} profile={profile} whole={limit === 0} />
          {box.others.length > 0 && <Others box={box} open={limit === 0} />}
        </>
      )}
    </Loaded>
  );
}

function Mine({ box, profile, whole }: { box: Inbox; profile: Profile[]; whole: boolean }) {
  if (box.count + profile.length === 0) return <Empty title={t('tasks.none')}>{t('tasks.none_text')}</Empty>;
  const lead = box.overdue > 0 ? t('tasks.some_overdue', { count: box.overdue, number: number(box.overdue) }) : undefined;
  return (
    <Section title={t('tasks.mine', { count: box.count + profile.length, number: number(box.count + profile.length) })} lead={lead}
      actions={!whole && box.more && <a href="/tasks">{t('tasks.all')}</a>}>
      <ul class="ledger tasks">
        {box.mine.map((one) => <TaskLine key={one.kind + one.id} task={one} />)}
        {profile.map((one) => (
          <li key={one.id} class="ledger-row">
            <a class="ledger-link" href={one.href}><Bdi>{one.title}</Bdi><span class="muted ledger-under">{one.under}</span></a><Icon name="forward" />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Others({ box, open }: { box: Inbox; open: boolean }) {
  return (
    <Disclosure summary={t('tasks.others')} open={open}>
      <p class="muted">{t('tasks.others_lead')}</p>
      <ul class="ledger tasks">{box.others.map((one) => <TaskLine key={one.kind + one.id} task={one} others />)}</ul>
    </Disclosure>
  );
}
