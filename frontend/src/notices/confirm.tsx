// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { call } from '../api/call';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { tokenOf } from '../joining/invitation';
import { session, type Session } from '../session/session';
import { Button, LinkButton, Notice, PageHeader, ProblemNotice, tell } from '../ui';

/**
 * Confirms the address that somebody registered with. It takes a click: programs
 * that look through mails open links, and must not confirm anything.
 */
export default function ConfirmPage() {
  const { route } = useLocation();
  const [token] = useState(() => tokenOf(location.hash));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      session.value = (await call<Session>('POST', '/registrations/confirm', { body: { token }, anonymous: true })).data;
      tell(t('notices.confirmed'));
      route('/me', true);
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setBusy(false);
    }
  };
  return (
    <>
      <PageHeader title={t('notices.confirm')} lead={t('notices.confirm_lead')} />
      {problem && <ProblemNotice problem={problem} focus />}
      {token
        ? <p class="form-actions"><Button kind="primary" busy={busy} onClick={() => void confirm()}>{t('notices.confirm_now')}</Button></p>
        : <Notice tone="warning" action={<LinkButton href="/register">{t('session.register')}</LinkButton>}>{t('notices.no_token')}</Notice>}
    </>
  );
}
