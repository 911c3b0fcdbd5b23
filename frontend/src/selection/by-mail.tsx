// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { moment, period } from '../i18n/format';
import { tokenOf } from '../joining/invitation';
import { digits } from '../session/sign-in-form';
import { Bdi, DefinitionList, LinkButton, Loaded, Notice, PageHeader, RadioGroup, Section, TextArea, TextInput } from '../ui';
import type { AskedDecision } from './types';

/** Decides by the link of a mail: once, with the second factor, without a session. */
export default function DecideByMailPage() {
  const [token] = useState(() => tokenOf(location.hash));
  return (
    <>
      <PageHeader title={t('selection.by_mail')} lead={t('selection.by_mail_lead')} />
      {token ? <Opened token={token} /> : <Notice tone="warning" action={<SignIn />}>{t('selection.by_mail_no_token')}</Notice>}
    </>
  );
}

// Opening the link decides nothing: programs that look into mails open links too.
function Opened({ token }: { token: string }) {
  const load = useLoad<AskedDecision>((signal) => call('POST', '/decision-links/open', { body: { token }, signal, anonymous: true }), [token]);
  const [done, setDone] = useState<'yes' | 'no' | undefined>();
  if (load.problem?.conflict) return <Notice tone="warning" title={t('selection.by_mail_closed')} action={<SignIn />}>{load.problem.text}</Notice>;
  return (
    <Loaded load={load} waiting={t('selection.loading')}>
      {(asked) => done ? (
        <Notice tone="success" focus title={t('selection.by_mail_done')} action={<SignIn id={asked.id} />}>{t(`selection.outcome.${asked.step}.${done}`)}</Notice>
      ) : (
        <div class="stack">
          <Facts asked={asked} />
          {asked.enrolled ? <DecideForm asked={asked} token={token} onDone={setDone} />
            : <Notice tone="info" title={t('selection.by_mail_no_factor')} action={<SignIn id={asked.id} />}>{t('selection.by_mail_no_factor_text')}</Notice>}
        </div>
      )}
    </Loaded>
  );
}

function Facts({ asked }: { asked: AskedDecision }) {
  return (
    <div class="stack">
      <DefinitionList facts={[
        { term: t('selection.by_mail_step'), value: t(`selection.step.${asked.step}`) },
        ...(asked.for ? [{ term: t('selection.by_mail_for'), value: <Bdi>{asked.for}</Bdi> }] : []),
        { term: t('selection.by_mail_person'), value: <code dir="ltr">{asked.pseudonym}</code> },
        { term: t('selection.by_mail_need'), value: <><span lang={asked.language || undefined}><Bdi>{asked.title}</Bdi></span> <span class="muted">{asked.reference}</span></> },
        { term: t('selection.by_mail_host'), value: <Bdi>{asked.host}</Bdi> },
        { term: t('selection.by_mail_days'), value: period(asked.from, asked.to) },
        ...(asked.decideBy ? [{ term: t('selection.by_mail_due'), value: moment(asked.decideBy) }] : []),
      ]} />
      {asked.earlier.length > 0 && (
        <Section title={t('selection.by_mail_earlier')}>
          <DefinitionList facts={asked.earlier.map((one) => ({
            term: t(`selection.step.${one.step}`),
            value: <>{t(`selection.outcome.${one.step}.${one.outcome}`)}{one.reason && <> – <Bdi>{one.reason}</Bdi></>}<br />
              <span class="muted"><Bdi>{one.by}</Bdi>{one.for && <> {t('delegations.in_name_of', { name: one.for })}</>} · {moment(one.at)}</span></>,
          }))} />
        </Section>
      )}
    </div>
  );
}

function DecideForm({ asked, token, onDone }: { asked: AskedDecision; token: string; onDone: (decision: 'yes' | 'no') => void }) {
  const form = useForm<{ decision: string; reason: string; code: string }>({
    id: 'decide-by-mail', initial: { decision: '', reason: '', code: '' },
    check: ({ decision }) => ({ decision: decision ? undefined : t('selection.by_mail_choose') }),
    submit: async ({ decision, reason, code }) => {
      await call('POST', '/decision-links', { body: { token, decision, reason, code: digits(code) }, anonymous: true });
      onDone(decision === 'yes' ? 'yes' : 'no');
    },
  });
  return (
    <Section title={t('selection.by_mail_decide')}>
      <FormView form={form} action={t('selection.by_mail_send')}>
        <RadioGroup {...form.bind('decision')} label={t('selection.by_mail_choice')} options={(['yes', 'no'] as const).map((one) => ({ value: one, label: t(`selection.by_mail_${asked.step}.${one}`) }))} />
        <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />
        <TextInput {...form.bind('code')} label={t('session.code')} help={t('selection.by_mail_code_help')} autocomplete="one-time-code" inputMode="numeric" width="short" code />
      </FormView>
    </Section>
  );
}

function SignIn({ id }: { id?: string }) {
  return <LinkButton kind="quiet" href={id ? `/candidacies/${id}` : '/'}>{t('selection.by_mail_sign_in')}</LinkButton>;
}
