// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { call } from '../api/call';
import { FormView, useForm } from '../form';
import { language, t } from '../i18n';
import { listed, moment } from '../i18n/format';
import { PartView, readParts, written } from '../professionals/read';
import type { Welcome } from '../professionals/types';
import { session, signOut, type Session } from '../session/session';
import { LanguageSwitch } from '../shell/language';
import { SignInForm } from '../session/sign-in-form';
import { Bdi, Button, DefinitionList, Disclosure, Notice, Section, tell, TextInput } from '../ui';
import { ConsentChoices, NotFound, type Given } from './consents';
import { Decline } from './decline';

interface Props {
  welcome: Welcome;
  token: string;
  onDeclined: () => void;
}

/** The three things that an invited person does: read what is written, choose, answer. */
export function Answer({ welcome, token, onDeclined }: Props) {
  return (
    <>
      <Written welcome={welcome} />
      <Say welcome={welcome} token={token} />
      <Decline token={token} association={welcome.association.name} onDeclined={onDeclined} />
    </>
  );
}

/** Who registered the person, and every word of it. */
function Written({ welcome }: { welcome: Welcome }) {
  const { profile, association, programmes, expiresAt } = welcome;
  return (
    <Section title={t('joining.written')} lead={t('joining.written_lead')}>
      <DefinitionList facts={[
        { term: t('joining.registered_by'), value: <Bdi>{association.name}</Bdi> },
        programmes.length > 0 && { term: t('joining.programmes'), value: <Bdi>{listed(programmes.map((one) => one.name))}</Bdi> },
        { term: t('joining.until'), value: moment(expiresAt) },
      ]} />
      <div>
        {readParts.filter((part) => written(part, profile)).map((part) => (
          <Disclosure key={part} summary={t(`professionals.part.${part}`)} open={part === 'person' || part === 'work'}><PartView part={part} profile={profile} brief /></Disclosure>
        ))}
      </div>
      <p class="muted">{t('joining.mend_later')}</p>
    </Section>
  );
}

/** Somebody without an account makes one; somebody with one signs in to it first. */
function Say({ welcome, token }: { welcome: Welcome; token: string }) {
  const own = session.value;
  const email = welcome.profile.email;
  if (own && own.user.email.toLowerCase() !== email.toLowerCase()) {
    return (
      <Section title={t('joining.answer')}>
        <Notice tone="warning" title={t('joining.other_account', { name: own.user.name })} action={<Button onClick={() => void signOut()}>{t('session.sign_out')}</Button>}>{t('joining.other_account_text')}</Notice>
      </Section>
    );
  }
  if (!own && welcome.hasAccount) {
    return (
      <Section title={t('joining.sign_in_first')} lead={t('joining.sign_in_first_text')}>
        <SignInForm email={email} fixed onDone={() => tell(t('joining.signed_in'))} />
      </Section>
    );
  }
  return <Accept token={token} email={email} signedIn={Boolean(own)} />;
}

interface Values {
  password: string;
  consents: Given[];
}

function Accept({ token, email, signedIn }: { token: string; email: string; signedIn: boolean }) {
  const { route } = useLocation();
  const form = useForm<Values>({
    id: 'accept-invitation',
    initial: { password: '', consents: [] },
    submit: async ({ password, consents }) => {
      const body = { token, locale: language.value, consents, ...(signedIn ? {} : { password }) };
      const { data } = await call<Session>('POST', '/invitations/accept', { body, anonymous: true });
      // The answered link must not be opened again on the way.
      route('/me', true);
      session.value = data;
      tell(t('joining.accepted'));
    },
  });
  return (
    <Section title={t('joining.answer')} lead={t('joining.answer_lead')}>
      <FormView form={form} action={t('joining.accept')}>
        <ConsentChoices id={form.id} value={form.values.consents} errors={form.errors} onChange={(given) => form.set('consents', given)} />
        <NotFound given={form.values.consents} />
        <div class="cluster"><span class="field-label">{t('joining.language')}</span><LanguageSwitch /></div>
        {!signedIn && (
          <>
            <p>{t('joining.account', { email })}</p>
            <TextInput {...form.bind('password')} type="password" label={t('joining.password')} help={t('joining.password_help')} autocomplete="new-password" width="medium" />
            <input class="hidden" type="email" autocomplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
          </>
        )}
      </FormView>
    </Section>
  );
}
