// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { t } from '../i18n';
import { problemOf } from '../api/problem';
import { actFor, actUnder, role, session, signOut, type Session } from '../session/session';
import { NewsBell } from '../notices/bell';
import { Bell } from '../savedsearches/bell';
import { SearchKey } from '../search/key';
import { Bdi, Button, Menu, tell } from '../ui';
import { LanguageMenu, LanguageSwitch } from './language';
import { Mark } from './mark';
import { isDark, toggleTheme } from './theme';

interface Props {
  navigationOpen: boolean;
  onNavigation: () => void;
}

/** What stays on top of every page: where one is, for whom one acts, who one is. */
export function TopBar({ navigationOpen, onNavigation }: Props) {
  const own = session.value;
  const { path } = useLocation();
  return (
    <header class="top">
      {own && (
        <span class="top-nav-button">
          <Button kind="quiet" icon="menu" iconOnly expanded={navigationOpen} controls="navigation" onClick={onNavigation}>{t('shell.menu')}</Button>
        </span>
      )}
      <a class="brand" href="/"><Mark /><span>Sankofa</span></a>
      {own?.acting?.programme && <span class="top-programme"><Bdi>{own.acting.programme.name}</Bdi></span>}
      <div class="top-end">
        <div class="top-settings">{own ? <LanguageMenu /> : <LanguageSwitch />}<ThemeSwitch /></div>
        {role.value === 'coordinator' && <><SearchKey /><Bell /></>}
        {own && <NewsBell />}
        {own && <ActingSwitch own={own} />}
        {own && <UserMenu own={own} />}
        {!own && path !== '/sign-in' && <a class="top-link" href="/sign-in">{t('session.sign_in')}</a>}
      </div>
    </header>
  );
}

export function ThemeSwitch() {
  const dark = isDark();
  return <Button kind="quiet" small icon={dark ? 'sun' : 'moon'} iconOnly onClick={toggleTheme}>{t(dark ? 'shell.theme.light' : 'shell.theme.dark')}</Button>;
}

/** For whom one acts. With one choice only there is nothing to switch. */
function ActingSwitch({ own }: { own: Session }) {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const current = own.acting?.membershipId ?? '';
  const lent = own.lent ?? [];
  const choices = [
    ...own.memberships.map((one) => ({ id: one.membershipId, name: one.organisation.name, under: [t(`role.${one.role}`), one.programme?.code].filter(Boolean).join(' · ') })),
    ...(own.professionalId ? [{ id: '', name: t('shell.acting.self'), under: t('role.professional') }] : []),
    ...lent.map((one) => ({ id: one.office.membershipId, name: one.office.organisation.name, under: t('delegations.in_name_of', { name: one.name }) })),
  ];
  const name = own.acting?.organisation.name ?? (own.professionalId ? t('shell.acting.self') : '');
  const label = own.actingFor ? `${t('delegations.for', { name: own.actingFor.name })} · ${name}` : name;
  if (!name) return null;
  if (choices.length < 2) return <span class="top-acting"><Bdi>{name}</Bdi></span>;

  const choose = async (id: string, close: () => void) => {
    if (busy || id === current) return close();
    setBusy(true);
    try {
      const colleague = lent.find((one) => one.office.membershipId === id);
      await (colleague ? actUnder(colleague.delegationId) : actFor(id));
      close();
      // What is open belongs to the other organisation.
      route('/');
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
    setBusy(false);
  };
  return (
    <Menu name={t('shell.acting')} label={<Bdi>{label}</Bdi>}>
      {(close) => (
        <>
          <p class="menu-heading">{t('shell.acting')}</p>
          <ul class="menu-list">
            {choices.map((one) => (
              <li key={one.id}>
                <button type="button" class="menu-item" aria-pressed={one.id === current} onClick={() => void choose(one.id, close)}>
                  <Bdi>{one.name}</Bdi><span class="menu-under">{one.under}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Menu>
  );
}

function UserMenu({ own }: { own: Session }) {
  const { route } = useLocation();
  const leave = async () => {
    try {
      await signOut();
      route('/sign-in');
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  return (
    <Menu name={t('shell.user')} icon="user" label={<Bdi>{own.user.name}</Bdi>}>
      {(close) => (
        <>
          <p class="menu-heading"><Bdi>{own.user.name}</Bdi><span class="menu-under" dir="ltr">{own.user.email}</span>
            {role.value && <span class="menu-under">{t(`role.${role.value}`)}</span>}</p>
          <div class="menu-settings"><LanguageSwitch /><ThemeSwitch /></div>
          <ul class="menu-list">
            <li><a class="menu-item" href="/me/notifications" onClick={close}>{t('notices.choose')}</a></li>
            {own.acting && role.value !== 'administrator' && <li><a class="menu-item" href="/delegations" onClick={close}>{t('delegations.menu')}</a></li>}
            <li><a class="menu-item" href="/security" onClick={close}>{t('security.title')}</a></li>
            <li><button type="button" class="menu-item" onClick={() => void leave()}>{t('session.sign_out')}</button></li>
          </ul>
        </>
      )}
    </Menu>
  );
}
