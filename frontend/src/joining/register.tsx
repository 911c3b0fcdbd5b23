// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { useRef, useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { language, t } from '../i18n';
import { country, listed } from '../i18n/format';
import { EmailField, NameFields, OriginCountryField, ResidenceCountryField } from '../professionals/fields';
import { OccupationFields } from '../professionals/occupation';
import '../professionals/professionals.css';
import { emptyProfile, parts, pick, type ProfileText } from '../professionals/types';
import { session, signIn, type Programme } from '../session/session';
import { Bdi, Fieldset, Loaded, Notice, PageHeader, Section, TextInput, tell } from '../ui';
import { ConsentChoices, NotFound, type Given } from './consents';

type Values = Pick<ProfileText, (typeof parts.essentials)[number]> & { password: string; consents: Given[] };

/** Coming by oneself: six answers, the password among them, and what one agrees to. */
export default function RegisterPage() {
  const programmes = useLoad<List<Programme>>((signal) => call('GET', '/open-programmes', { signal, anonymous: true }), []);
  return (
    <>
      <PageHeader title={t('joining.register')} lead={t('joining.register_lead')} />
      {session.value
        ? <Notice tone="info">{t('session.already', { name: session.value.user.name })}</Notice>
        : <p class="have-account">{t('joining.have_account')} <a href="/sign-in">{t('session.sign_in')}</a></p>}
      <Loaded load={programmes} waiting={t('joining.loading_programmes')}>{({ items }) => <Registration programmes={items} />}</Loaded>
    </>
  );
}

function Registration({ programmes }: { programmes: readonly Programme[] }) {
  const { route } = useLocation();
  const registered = useRef('');
  const [mailed, setMailed] = useState('');
  const form = useForm<Values>({
    id: 'register',
    initial: { ...pick(emptyProfile(), parts.essentials), password: '', consents: [] },
    check: missing,
    submit: async (values, key) => {
      // The account is there after the first success; what failed then was the signing in.
      if (registered.current !== values.email) {
        const { data } = await call<{ confirm: boolean }>('POST', '/registrations', { body: { ...values, locale: language.value }, idempotencyKey: key, anonymous: true });
        if (data.confirm) return setMailed(values.email);
      }
      registered.current = values.email;
      await signIn({ email: values.email, password: values.password });
      tell(t('joining.registered'));
      route('/me', true);
    },
  });
  if (mailed) return <Notice tone="info" focus title={t('notices.check_mail')}>{t('notices.check_mail_text', { email: mailed })}</Notice>;
  return (
    <FormView form={form} action={t('joining.register_send')}>
      <Fieldset id="register-about" label={t('joining.about')} section>
        <NameFields form={form} />
        <EmailField form={form} help={t('joining.email_help')} />
        <OriginCountryField form={form} />
        <Serving programmes={programmes} origin={form.values.originCountry} />
        <ResidenceCountryField form={form} />
        <OccupationFields form={form} />
      </Fieldset>
      <Section title={t('joining.consents')} lead={t('joining.consents_lead')}>
        <ConsentChoices id={form.id} value={form.values.consents} errors={form.errors} onChange={(given) => form.set('consents', given)} />
      </Section>
      <NotFound given={form.values.consents} />
      <TextInput {...form.bind('password')} type="password" label={t('joining.password')} help={t('joining.password_help')} autocomplete="new-password" width="medium" />
    </FormView>
  );
}

const needed = ['givenName', 'email', 'originCountry', 'residenceCountry', 'occupationTitle', 'password'] as const;

/** What is empty of the six. The server would take the occupation later, but without it nobody could be found. */
function missing(values: Values): Record<string, string | undefined> {
  return Object.fromEntries(needed.map((name) => [name, values[name].trim() ? undefined : t('problem.field.empty')]));
}

/** Which programmes a person of the country will belong to. */
export function Serving({ programmes, origin }: { programmes: readonly Programme[]; origin: string }) {
  if (!origin) return null;
  const serving = programmes.filter((one) => one.countries?.includes(origin));
  if (serving.length === 0) {
    const served = [...new Set(programmes.flatMap((one) => one.countries ?? []))].map(country).sort((a, b) => a.localeCompare(b));
    return <Notice tone="warning" title={t('joining.not_served', { country: country(origin) })}>{served.length > 0 && t('joining.served', { countries: listed(served) })}</Notice>;
  }
  return (
    <div class="serving">
      {serving.map((one) => <p key={one.id} class="muted small">{t('joining.serving')} <Bdi>{one.name}</Bdi></p>)}
    </div>
  );
}
