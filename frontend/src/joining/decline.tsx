// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { Button, Dialog, ProblemNotice, Section } from '../ui';

/** Saying no: asked once more, with what it means. */
export function Decline({ token, association, onDeclined }: { token: string; association: string; onDeclined: () => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const decline = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call('POST', '/invitations/decline', { body: { token }, anonymous: true });
      onDeclined();
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setBusy(false);
    }
  };
  return (
    <Section title={t('joining.no')} lead={t('joining.no_lead')}>
      <Button onClick={() => setAsking(true)}>{t('joining.decline')}</Button>
      <Dialog open={asking} title={t('joining.decline_title')} onClose={() => setAsking(false)}
        actions={<><Button kind="danger" busy={busy} onClick={() => void decline()}>{t('joining.decline_now')}</Button><Button kind="quiet" onClick={() => setAsking(false)}>{t('joining.back')}</Button></>}>
        <p>{t('joining.decline_text', { name: association })}</p>
        {problem && <ProblemNotice problem={problem} focus />}
      </Dialog>
    </Section>
  );
}
