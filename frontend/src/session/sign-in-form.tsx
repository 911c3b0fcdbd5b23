// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { Problem, problemOf } from '../api/problem';
import { t } from '../i18n';
import { Button, ProblemNotice, TextInput } from '../ui';
import { signIn } from './session';

interface Props {
  email: string;
  password?: string;
  /** The account is known: somebody else must not go on in this one's form. */
  fixed?: boolean;
  onDone: () => void;
}

/** E-mail address and password, and the code of the second factor once it is asked for. */
export function SignInForm({ email: known, password: given = '', fixed, onDone }: Props) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState(given);
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ of: Problem; attempt: number } | undefined>();

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await signIn({ email: email.trim(), password, code: digits(code) });
      onDone();
    } catch (thrown) {
      const found = problemOf(thrown);
      if (found.code === 'session.totp_required') {
        setAsked(true);
        setProblem(undefined);
        // The field is there after the next drawing.
        requestAnimationFrame(() => document.getElementById('sign-in-code')?.focus());
      } else setProblem((was) => ({ of: found, attempt: (was?.attempt ?? 0) + 1 }));
    }
    setBusy(false);
  };

  return (
    <form class="form form-narrow" noValidate onSubmit={(event) => void submit(event)}>
      {problem && <ProblemNotice key={problem.attempt} problem={problem.of} focus />}
      <TextInput id="sign-in-email" name="email" type="email" label={t('session.email')} autocomplete="username" value={email} onChange={setEmail} readOnly={fixed} />
      <TextInput id="sign-in-password" name="password" type="password" label={t('session.password')} autocomplete="current-password" value={password} onChange={setPassword} />
      {asked && (
        <TextInput id="sign-in-code" name="code" label={t('session.code')} help={t('session.code_help')} autocomplete="one-time-code" inputMode="numeric" code
          width="short" value={code} onChange={setCode} />
      )}
      <div class="form-actions"><Button kind="primary" type="submit" busy={busy}>{t('session.sign_in')}</Button></div>
    </form>
  );
}

/** A code is often pasted with a space in the middle. */
export function digits(code: string): string {
  return code.replace(/\D/g, '');
}
