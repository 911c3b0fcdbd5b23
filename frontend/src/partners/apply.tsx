// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { language, t } from '../i18n';
import type { Programme } from '../session/session';
import { Loaded, Notice, PageHeader, Select, TextInput } from '../ui';
import { OrganisationFields } from './fields';
import { noReferee, type Text } from './types';

interface Values extends Text {
  programme: string;
  officerEmail: string;
}

/** An organisation asks to take part; the link comes by mail. */
export default function ApplyPage() {
  const programmes = useLoad<List<Programme>>((signal) => call('GET', '/open-programmes', { signal, anonymous: true }), []);
  return (
    <>
      <PageHeader title={t('partners.apply')} lead={t('partners.apply_lead')} crumbs={[{ href: '/partners', label: t('partners.title') }]} />
      <Loaded load={programmes} waiting={t('partners.loading')}>{({ items }) => <Applying programmes={items} />}</Loaded>
    </>
  );
}

function Applying({ programmes }: { programmes: readonly Programme[] }) {
  const [mailed, setMailed] = useState('');
  const form = useForm<Values>({
    id: 'organisation',
    draft: true,
    initial: { programme: programmes.length === 1 ? programmes[0]?.code ?? '' : '', kind: '', name: '', country: '', place: '', website: '', summary: '', officerName: '', officerEmail: '', referees: [noReferee(), noReferee()] },
    check: (values) => ({ ...(values.kind ? {} : { kind: t('problem.field.empty') }), ...(values.programme ? {} : { programme: t('problem.field.empty') }) }),
    submit: async (values, key) => {
      await call('POST', '/organisation-applications', { body: { ...values, locale: language.value }, idempotencyKey: key, anonymous: true });
      setMailed(values.officerEmail);
    },
  });
  if (mailed) return <Notice tone="info" focus title={t('partners.check_mail')}>{t('partners.check_mail_text', { email: mailed })}</Notice>;
  return (
    <FormView form={form} action={t('partners.apply_send')}>
      <Select {...form.bind('programme')} label={t('partners.programme')} empty={t('partners.choose')} options={programmes.map((one) => ({ value: one.code, label: one.name }))} />
      <OrganisationFields form={form} />
      <TextInput {...form.bind('officerEmail')} type="email" label={t('partners.officer_email')} help={t('partners.officer_email_help')} maxLength={254} width="medium" />
    </FormView>
  );
}
