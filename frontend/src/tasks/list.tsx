// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { role } from '../session/session';
import { PageHeader } from '../ui';
import { TaskInbox } from './inbox';

/** Everything that waits for the reader. */
export default function TasksPage() {
  return (
    <>
      <PageHeader title={t('tasks.title')} lead={t('tasks.lead')} crumbs={[{ href: '/', label: t('home.nav') }]} />
      <TaskInbox role={role.value} limit={0} />
    </>
  );
}
