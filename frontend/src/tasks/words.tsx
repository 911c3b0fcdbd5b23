// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { date, listed, number } from '../i18n/format';
import { Badge, Bdi, Icon } from '../ui';
import type { Task } from './types';

const paths: Record<string, (one: Task) => string> = {
  need: (one) => `/needs/${one.reference}`,
  candidacy: (one) => `/candidacies/${one.id}`,
  placement: (one) => `/placements/${one.reference}`,
  disclosure: () => '/me/privacy',
  verification: (one) => `/verifications/${one.id}`,
  duplicate: (one) => `/duplicates/${one.id}`,
  import: (one) => `/imports/${one.id}`,
  profile: () => '/me',
  mail: () => '/outbox',
  applicant: (one) => `/organisations/applications/${one.id}`,
  review: () => '/ranking-reviews',
  breach: (one) => `/breaches/${one.id}`,
};

/** Where a task is done. */
export function pathOf(one: Task): string {
  return paths[one.record]?.(one) ?? '/';
}

/** On whom it waits: "the ministry". */
export function holders(one: Task): string {
  return listed(one.on.map((who) => t(`tasks.on.${who}`)));
}

/** One record that waits, with how long and until when. */
export function TaskLine({ task, others = false }: { task: Task; others?: boolean }) {
  const about = [task.title && <span lang={task.language || undefined}><Bdi>{task.title}</Bdi></span>, task.person && <Bdi>{task.person}</Bdi>,
    task.organisation && <Bdi>{task.organisation}</Bdi>].filter(Boolean);
  return (
    <li class="ledger-row">
      <a class="ledger-link" href={pathOf(task)}>
        {t(`tasks.kind.${task.kind}`)}
        {about.length > 0 && <span class="muted ledger-under">{about.map((one, i) => <>{i > 0 && ' · '}{one}</>)}</span>}
        {task.for && <span class="ledger-under">{t('tasks.for', { name: task.for })}</span>}
        <span class="muted ledger-under">{others ? t(task.waited === 0 ? 'tasks.waits_on_today' : 'tasks.waits_on', { who: holders(task), days: number(task.waited), count: task.waited }) : task.waited === 0 ? t('tasks.since_today') : t('tasks.waited', { days: number(task.waited), count: task.waited })}</span>
      </a>
      <Limit task={task} />
      <Icon name="forward" />
    </li>
  );
}

function Limit({ task }: { task: Task }) {
  if (task.overdue) return <Badge tone="bad">{t('tasks.overdue', { when: date(task.due.slice(0, 10)) })}</Badge>;
  return <span class="muted task-due">{t('tasks.due', { when: date(task.due.slice(0, 10)) })}</span>;
}
