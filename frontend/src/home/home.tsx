// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { role, session } from '../session/session';
import { PinnedSearches } from '../savedsearches/pinned';
import { navigationFor } from '../shell/pages';
import { TaskInbox } from '../tasks/inbox';
import { Bdi, Icon, LinkButton, Notice, PageHeader, Section } from '../ui';

/** Where one starts: the work of one's role. */
export default function HomePage() {
  const own = session.value;
  const places = navigationFor(role.value).filter((one) => one.href !== '/');
  const { required, enrolled } = own?.totp ?? {};
  return (
    <>
      <PageHeader title={t('home.title')} over={own?.acting && <Bdi>{own.acting.organisation.name}</Bdi>}
        lead={own && t('home.lead', { name: own.user.name })} />
      {required && !enrolled && (
        <Notice tone="warning" action={<LinkButton href="/security">{t('security.set_up')}</LinkButton>}>{t('security.required')}</Notice>
      )}
      <TaskInbox role={role.value} limit={8} />
      {role.value === 'coordinator' && <PinnedSearches />}
      <div class="home-places">
        <Section title={t('home.places')}>
          <ul class="ledger">
            {places.map(({ href, key }) => (
              <li key={href} class="ledger-row"><a class="ledger-link" href={href}>{t(key)}</a><Icon name="forward" /></li>
            ))}
          </ul>
        </Section>
      </div>
    </>
  );
}
