// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { date } from '../i18n/format';
import { Button, Notice, ProblemNotice, tell } from '../ui';

interface Asked {
  question: { askedAt: string; answerBy: string } | null;
}

/** Asks whether the person wants to be kept, when nothing was heard of them for long; shows nothing otherwise. */
export function Keeping() {
  const load = useLoad<Asked>((signal) => call('GET', '/me/keeping', { signal }), []);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const asked = load.data?.question;
  if (!asked) return null;
  const keep = async () => {
    setBusy(true);
    try {
      await call('POST', '/me/keeping');
      load.reload();
      tell(t('privacy.done.keep'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <Notice tone="warning" title={t('privacy.keep_title')} action={<Button kind="primary" busy={busy} onClick={() => void keep()}>{t('privacy.erase_cancel')}</Button>}>
      <p>{t('privacy.keep_text', { when: date(asked.answerBy.slice(0, 10)) })}</p>
      {problem && <ProblemNotice problem={problem} focus />}
    </Notice>
  );
}
