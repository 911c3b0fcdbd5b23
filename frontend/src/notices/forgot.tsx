// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { LinkButton, Notice, PageHeader, TextInput } from '../ui';

/** Asks for a mail with a link; what is answered is always the same. */
export default function ForgotPage() {
  const [asked, setAsked] = useState(false);
  const form = useForm({
    id: 'forgot',
    initial: { email: '' },
    check: ({ email }) => ({ email: email.trim() ? undefined : t('problem.field.empty') }),
    submit: async ({ email }) => {
      await call('POST', '/password/forgotten', { body: { email: email.trim() }, anonymous: true });
      setAsked(true);
    },
  });
  return (
    <>
      <PageHeader title={t('notices.forgot')} lead={asked ? undefined : t('notices.forgot_lead')} />
      {asked
        ? <Notice tone="info" focus title={t('notices.asked')} action={<LinkButton href="/sign-in">{t('session.sign_in')}</LinkButton>}>{t('notices.asked_text')}</Notice>
        : (
          <FormView form={form} action={t('notices.ask')}>
            <TextInput {...form.bind('email')} type="email" label={t('session.email')} autocomplete="username" width="medium" />
          </FormView>
        )}
    </>
  );
}
