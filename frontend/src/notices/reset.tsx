// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { tokenOf } from '../joining/invitation';
import { LinkButton, Notice, PageHeader, TextInput } from '../ui';

/** Where the link of the mail leads: a new password, once. */
export default function ResetPage() {
  const [token] = useState(() => tokenOf(location.hash));
  const [done, setDone] = useState(false);
  const form = useForm({
    id: 'reset',
    initial: { password: '' },
    check: ({ password }) => ({ password: password ? undefined : t('problem.field.empty') }),
    submit: async ({ password }) => {
      await call('POST', '/password/reset', { body: { token, password }, anonymous: true });
      history.replaceState(null, '', location.pathname); // spent, and nobody needs to see it
      setDone(true);
    },
  });
  return (
    <>
      <PageHeader title={t('notices.reset')} lead={done || !token ? undefined : t('notices.reset_lead')} />
      {!token && !done && <Notice tone="warning" action={<LinkButton href="/forgot-password">{t('notices.forgot')}</LinkButton>}>{t('notices.no_token')}</Notice>}
      {done && <Notice tone="info" focus title={t('notices.reset_done')} action={<LinkButton href="/sign-in">{t('session.sign_in')}</LinkButton>}>{t('notices.reset_done_text')}</Notice>}
      {token && !done && (
        <FormView form={form} action={t('notices.reset_keep')}>
          <TextInput {...form.bind('password')} type="password" label={t('joining.password')} help={t('joining.password_help')} autocomplete="new-password" width="medium" />
        </FormView>
      )}
      {form.problem?.code === 'link.over' && !done && <p><a href="/forgot-password">{t('notices.ask_again')}</a></p>}
    </>
  );
}
