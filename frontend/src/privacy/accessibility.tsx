// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { Button, Loaded, ProblemNotice, tell, TextArea } from '../ui';

/** What the person needs to be able to work: theirs alone until they show it to a host. */
export function Accessibility() {
  const load = useLoad<{ needs: string }>((signal) => call('GET', '/me/accessibility', { signal }), []);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  useEffect(() => setWords(load.data?.needs ?? ''), [load.data]);
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call('PUT', '/me/accessibility', { body: { needs: words } });
      tell(t('privacy.done.accessibility'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <Loaded load={load} waiting={t('privacy.loading')}>
      {() => (
        <>
          {problem && <ProblemNotice problem={problem} focus />}
          <TextArea id="accessibility" label={t('privacy.accessibility_label')} help={t('privacy.accessibility_help')} optional value={words} onChange={setWords} maxLength={2000} rows={3} />
          <p class="cluster"><Button busy={busy} onClick={() => void save()}>{t('privacy.save')}</Button></p>
        </>
      )}
    </Loaded>
  );
}
