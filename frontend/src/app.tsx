// SPDX-License-Identifier: AGPL-3.0-or-later
import { lazy, LocationProvider, Route, Router, useLocation, type RoutePropsForPath } from 'preact-iso';
import { exec } from 'preact-iso/router';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from './i18n';
import { loadSession, session, sessionProblem } from './session/session';
import { pages } from './shell/pages';
import { Shell } from './shell/shell';
import { Empty, LinkButton, Loading, PageHeader, ProblemNotice } from './ui';

const routes = pages.map((one) => ({ ...one, component: lazy(one.load) as ComponentType<RoutePropsForPath<string>> }));

export function App() {
  return (
    <LocationProvider>
      <Shell><Content /></Shell>
    </LocationProvider>
  );
}

function Content() {
  const { path, url } = useLocation();
  if (sessionProblem.value) return <ProblemNotice problem={sessionProblem.value} onRetry={() => void loadSession()} />;
  if (session.value === undefined) return <Loading />;
  const open = routes.some((one) => one.open && exec(path, one.path));
  if (session.value === null && !open) return <ToSignIn from={url} />;
  // Another organisation is another world: nothing on the page survives the change.
  const world = session.value?.acting?.membershipId ?? session.value?.user.id ?? 'nobody';
  return (
    <Router key={world}>
      {[...routes.map((one) => <Route key={one.path} path={one.path} component={one.component} />), <Route key="missing" default component={NotFound} />]}
    </Router>
  );
}

function ToSignIn({ from }: { from: string }) {
  const { route } = useLocation();
  useEffect(() => route(from === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(from)}`, true), []);
  return <Loading />;
}

function NotFound() {
  return (
    <>
      <PageHeader title={t('problem.title.missing')} />
      <Empty title={t('shell.no_page')} action={<LinkButton href="/">{t('shell.home')}</LinkButton>} />
    </>
  );
}
