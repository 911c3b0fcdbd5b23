// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import type { components } from '../api/schema.gen';
import { t } from '../i18n';
import { tokenOf } from '../joining/invitation';
import { Button, LinkButton, Loaded, Notice, PageHeader, ProblemNotice } from '../ui';

type Answer = components['schemas']['MailAnswerView'];

/** Answers what a mail asks – is my profile still right, shall it be kept – without signing in. */
export default function AnswerPage() {
  const [token] = useState(() => decodeURIComponent(tokenOf(location.hash)));
  return (
    <>
      <PageHeader title={t('notices.answer')} />
      {token ? <Answering token={token} /> : <Notice tone="warning">{t('notices.no_token')}</Notice>}
    </>
  );
}

// Opening the link answers nothing: programs that look into mails open links too.
function Answering({ token }: { token: string }) {
  const asked = useLoad<Answer>((signal) => call('POST', '/mail-answers/open', { body: { token }, signal, anonymous: true }), [token]);
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked');
  const [problem, setProblem] = useState<Problem | undefined>();
  const answer = async () => {
    setState('busy');
    setProblem(undefined);
    try {
      await call('POST', '/mail-answers', { body: { token }, anonymous: true });
      setState('done');
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setState('asked');
    }
  };
  return (
    <Loaded load={asked} waiting={t('notices.answer_loading')}>
      {({ kind, open }) => {
        if (state === 'done') return <Notice tone="success" focus title={t('notices.answer_done')} action={<Look />}>{t(`notices.answer_done_text.${kind}`)}</Notice>;
        if (!open) return <Notice tone="info" title={t('notices.answer_over')} action={<Look />}>{t('notices.answer_over_text')}</Notice>;
        return (
          <>
            {problem && <ProblemNotice problem={problem} focus />}
            <p>{t(`notices.answer_text.${kind}`)}</p>
            <p class="form-actions"><Button kind="primary" busy={state === 'busy'} onClick={() => void answer()}>{t(`notices.answer_yes.${kind}`)}</Button> <Look /></p>
          </>
        );
      }}
    </Loaded>
  );
}

function Look() {
  return <LinkButton kind="quiet" href="/me">{t('notices.answer_look')}</LinkButton>;
}
