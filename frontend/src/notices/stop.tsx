// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { tokenOf } from '../joining/invitation';
import { Button, LinkButton, Loaded, Notice, PageHeader, ProblemNotice } from '../ui';
import type { Stopped } from './types';

/** Ends one kind of mail without signing in. */
export default function StopPage() {
  const [token] = useState(() => decodeURIComponent(tokenOf(location.hash)));
  return (
    <>
      <PageHeader title={t('notices.stop')} />
      {token ? <Stopping token={token} /> : <Notice tone="warning">{t('notices.no_token')}</Notice>}
    </>
  );
}

function Stopping({ token }: { token: string }) {
  const what = useLoad<Stopped>((signal) => call('POST', '/mail-stops/open', { body: { token }, signal, anonymous: true }), [token]);
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked');
  const [problem, setProblem] = useState<Problem | undefined>();
  const stop = async () => {
    setState('busy');
    try {
      await call('POST', '/mail-stops', { body: { token }, anonymous: true });
      setState('done');
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setState('asked');
    }
  };
  return (
    <Loaded load={what} waiting={t('notices.choose_loading')}>
      {(one) => state === 'done'
        ? <Notice tone="info" focus title={t('notices.stopped')} action={<LinkButton href="/me/notifications">{t('notices.choose')}</LinkButton>}>{t('notices.stopped_text', { label: one.label })}</Notice>
        : (
          <>
            {problem && <ProblemNotice problem={problem} focus />}
            <p>{t('notices.stop_text', { label: one.label })}</p>
            <p class="form-actions"><Button kind="primary" busy={state === 'busy'} onClick={() => void stop()}>{t('notices.stop_now')}</Button></p>
          </>
        )}
    </Loaded>
  );
}
