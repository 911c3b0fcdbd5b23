// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { Dialog } from '../ui';
import { renewal } from './session';
import { SignInForm } from './sign-in-form';

/** Asks for the password when the session has ended; what is on the page stays. */
export function SignInDialog() {
  const asked = renewal.value;
  return (
    <Dialog open={asked !== undefined} title={t('session.ended')} onClose={() => asked?.settle(false)}>
      <p>{t('session.ended_text')}</p>
      {asked && <SignInForm email={asked.email} fixed onDone={() => asked.settle(true)} />}
    </Dialog>
  );
}
