// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { LeaveGuard } from '../form/guard';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Palette } from '../palette/palette';
import { role, session } from '../session/session';
import { SignInDialog } from '../session/sign-in-dialog';
import { escoNotice } from '../taxonomy/taxonomy';
import { countTasks, waiting } from '../tasks/count';
import { LiveRegion } from '../ui';
import { ActingFor } from '../delegations/acting';
import { navigationFor } from './pages';
import { TopBar } from './top-bar';

/** The frame around every page. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const [open, setOpen] = useState(false);
  const main = useFocusOnArrival(path);
  useEffect(() => setOpen(false), [path]);
  const signedIn = Boolean(session.value);
  return (
    <div class={signedIn ? 'shell' : 'shell shell-alone'}>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{t('shell.skip')}</a>
      {session.value?.demo && <aside class="ribbon">{t('shell.demo')}</aside>}
      <TopBar navigationOpen={open} onNavigation={() => setOpen(!open)} />
      {signedIn && <Navigation path={path} open={open} />}
      <main id="main" class="main" ref={main} tabIndex={-1} aria-labelledby="page-title"><ActingFor />{children}</main>
      <footer class="foot">
        <a href="/help">{t('shell.help')}</a>
        <a href="/partners">{t('partners.title')}</a>
        <span class="muted">{t('shell.foot')}</span>
        {escoNotice.value && <span class="muted" lang="en" dir="ltr">{escoNotice.value}</span>}
      </footer>
      <LiveRegion />
      {signedIn && <Palette />}
      <LeaveGuard />
      <SignInDialog />
    </div>
  );
}

function Navigation({ path, open }: { path: string; open: boolean }) {
  return (
    <nav id="navigation" class={open ? 'nav nav-open' : 'nav'} aria-label={t('shell.navigation')}>
      <ul>
        {navigationFor(role.value).map(({ href, key }) => (
          <li key={href}><a href={href} aria-current={currentOf(href, path)}>{t(key)}{href === '/' && <Tally />}</a></li>
        ))}
      </ul>
    </nav>
  );
}

// How much waits, beside the overview.
function Tally() {
  const { path } = useLocation();
  useEffect(() => {
    if (path !== '/' && path !== '/tasks') void countTasks();
  }, [path]);
  const { count, overdue } = waiting.value;
  if (count === 0) return null;
  return (
    <>
      <span class={overdue > 0 ? 'tally tally-late' : 'tally'} aria-hidden="true">{count > 99 ? '99+' : number(count)}</span>
      <span class="hidden">{t('tasks.tally', { count, number: number(count) })}</span>
    </>
  );
}

function currentOf(href: string, path: string): 'page' | 'true' | undefined {
  if (href === path) return 'page';
  return href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined;
}

// A new page starts at its top and is read from there; the first one is the browser's affair.
function useFocusOnArrival(path: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [path]);
  return main;
}
