// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { language, languages, speak, t } from '../i18n';
import { chosenLanguage } from '../shell/language';
import { Bdi, LinkButton, Loaded, Notice, PageHeader, TextInput } from '../ui';
import type { Seat } from './types';

/** The first officer of an organisation that was let in makes the account, or brings the one there is. */
export default function OfficePage() {
  const [token] = useState(() => location.hash.replace(/^#/, ''));
  const [taken, setTaken] = useState(false);
  const load = useLoad<Seat>((signal) => call('POST', '/office/open', { body: { token }, signal, anonymous: true }), [token]);
  const { data, problem } = load;
  useEffect(() => {
    const wanted = languages.find((one) => one === data?.locale);
    if (wanted && !chosenLanguage() && wanted !== language.peek()) void speak(wanted);
  }, [data?.locale]);
  if (taken) return <><PageHeader title={t('partners.office')} /><Notice tone="info" focus title={t('partners.office_taken')} action={<LinkButton href="/sign-in" kind="primary">{t('session.sign_in')}</LinkButton>}>{t('partners.office_taken_text')}</Notice></>;
  if (problem && [404, 409, 422].includes(problem.status)) {
    return <><PageHeader title={t('partners.office')} /><Notice tone="warning" focus title={t('partners.link_over')}>{problem.text}</Notice></>;
  }
  return (
    <>
      <PageHeader title={t('partners.office')} lead={data && <><Bdi>{data.organisation}</Bdi> · <Bdi>{data.programme}</Bdi></>} />
      <Loaded load={load} waiting={t('partners.loading')}>{(seat) => <Taking seat={seat} token={token} onTaken={() => setTaken(true)} />}</Loaded>
    </>
  );
}

function Taking({ seat, token, onTaken }: { seat: Seat; token: string; onTaken: () => void }) {
  const form = useForm<{ name: string; password: string }>({
    id: 'office',
    initial: { name: seat.name, password: '' },
    submit: (values) => call('POST', '/office/take', { body: { ...values, token, locale: language.value }, anonymous: true }).then(onTaken),
  });
  return (
    <FormView form={form} action={t('partners.office_take')}>
      <p>{t(seat.known ? 'partners.office_known' : 'partners.office_new', { email: seat.email })}</p>
      {!seat.known && <TextInput {...form.bind('name')} label={t('partners.field.officerName')} maxLength={200} width="medium" autocomplete="name" />}
      <TextInput {...form.bind('password')} type="password" label={t(seat.known ? 'partners.office_password' : 'joining.password')} help={seat.known ? undefined : t('joining.password_help')}
        autocomplete={seat.known ? 'current-password' : 'new-password'} width="medium" />
    </FormView>
  );
}
