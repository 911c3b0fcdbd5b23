// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { call, type Answer, type List } from '../api/call';
import { Problem } from '../api/problem';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { Badge, Bdi, Button, Notice, PageHeader, Section } from '../ui';
import { session } from './session';
import { SignInForm } from './sign-in-form';

interface DemoSignIn {
  role: string;
  email: string;
  password: string;
  name: string;
  organisation: string;
}

export default function SignInPage() {
  const { route, query } = useLocation();
  const demo = useLoad(demoSignIns, []);
  const [filled, setFilled] = useState<DemoSignIn | undefined>();
  const people = demo.data?.items ?? [];
  const fill = (one: DemoSignIn) => {
    setFilled(one);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.form [type=submit]')?.focus());
  };
  return (
    <>
      <PageHeader title={t('session.title')} lead={t('session.lead')} />
      <div class={people.length > 0 ? 'columns' : undefined}>
        <div>
          {session.value && <Notice tone="info">{t('session.already', { name: session.value.user.name })}</Notice>}
          <SignInForm key={filled?.email ?? ''} email={filled?.email ?? ''} password={filled?.password ?? ''} onDone={() => route(onward(query['next']))} />
          <p><a href="/forgot-password">{t('notices.forgot')}</a></p>
          <p class="muted small">{t('notices.just_registered')}</p>
          <p>{t('session.new_here')} <a href="/register">{t('session.register')}</a></p>
          <p>{t('session.invited')} <a href="/invitation">{t('session.invitation')}</a></p>
        </div>
        {people.length > 0 && (
          <Section title={t('session.demo')} lead={t('session.demo_lead')}>
            <ul class="ledger">
              {people.map((one) => (
                <li key={one.email} class="ledger-row">
                  <span><Bdi>{one.name}</Bdi> <Badge>{t(`role.${one.role}`)}</Badge>
                    <span class="muted ledger-under"><Bdi>{one.organisation}</Bdi></span></span>
                  <Button small onClick={() => fill(one)}>{t('session.demo_use')}{' '}<span class="hidden">{one.name}</span></Button>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

/** Only a path of our own: a link in a mail must not lead elsewhere after signing in. */
export function onward(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

// An installation without the demonstration answers 404; that is no problem.
async function demoSignIns(signal: AbortSignal): Promise<Answer<List<DemoSignIn>>> {
  try {
    return await call<List<DemoSignIn>>('GET', '/demo-sign-ins', { signal, anonymous: true });
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 404) return { data: { items: [], next: '' }, etag: '', status: 404 };
    throw thrown;
  }
}
