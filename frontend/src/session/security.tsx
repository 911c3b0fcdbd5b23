// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { problemOf, type Problem } from '../api/problem';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { Button, DefinitionList, Notice, PageHeader, ProblemNotice, Section, Status, tell, TextInput } from '../ui';
import { session, type Session } from './session';
import { digits } from './sign-in-form';

interface Enrolment {
  secret: string;
  uri: string;
  qr?: string;
}

/** The second factor of the account. */
export default function SecurityPage() {
  const totp = session.value?.totp;
  return (
    <>
      <PageHeader title={t('security.title')} lead={t('security.lead')} />
      <Section title={t('security.factor')}>
        {totp?.required && !totp.enrolled && <Notice tone="warning">{t('security.required')}</Notice>}
        <DefinitionList facts={[{
          term: t('security.state'),
          value: <Status fit={totp?.enrolled ? 'met' : 'missing'}>{t(totp?.enrolled ? 'security.on' : 'security.off')}</Status>,
        }]} />
        {totp && !totp.enrolled && <Enrol />}
      </Section>
    </>
  );
}

function Enrol() {
  const [enrolment, setEnrolment] = useState<Enrolment | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const begin = async () => {
    try {
      setEnrolment((await call<Enrolment>('POST', '/session/totp')).data);
      setProblem(undefined);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  if (enrolment) return <Confirm enrolment={enrolment} />;
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <p class="form-actions"><Button kind="primary" onClick={() => void begin()}>{t('security.set_up')}</Button></p>
    </>
  );
}

function Confirm({ enrolment }: { enrolment: Enrolment }) {
  const form = useForm({
    id: 'factor',
    initial: { code: '' },
    submit: async ({ code }) => {
      session.value = (await call<Session>('PUT', '/session/totp', { body: { code: digits(code) } })).data;
      tell(t('security.done'));
    },
  });
  return (
    <FormView form={form} action={t('security.confirm')}>
      <ol class="steps">
        <li>{t('security.step_app')}</li>
        <li>
          {t('security.step_secret')}
          {enrolment.qr && <img class="qr" src={enrolment.qr} alt={t('security.qr')} width="200" height="200" />}
          <p><code class="secret" dir="ltr">{spaced(enrolment.secret)}</code></p>
          <p><a href={enrolment.uri}>{t('security.open_app')}</a></p>
        </li>
        <li>{t('security.step_code')}</li>
      </ol>
      <TextInput {...form.bind('code')} label={t('session.code')} autocomplete="one-time-code" inputMode="numeric" width="short" code />
    </FormView>
  );
}

function spaced(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}
