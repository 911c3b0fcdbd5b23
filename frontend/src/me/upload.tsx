// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRef, useState } from 'preact/hooks';
import { call, newKey, type Answer } from '../api/call';
import { problemOf, textOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { Button, ProblemNotice } from '../ui';

interface Props<T> {
  id: string;
  path: string;
  /** The word on the button: "Choose a file". */
  action: string;
  /** Endings of the files that are taken. */
  accept: string;
  kind?: 'normal' | 'primary';
  /** The secret of a link in a mail, for somebody without an account. */
  link?: string;
  onDone: (answer: Answer<T>) => void;
}

const most = 10 * 1024 * 1024;

/** A button that sends one file, and says what is wrong with it. */
export function Upload<T>({ id, path, action, accept, kind = 'normal', link, onDone }: Props<T>) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const [wrong, setWrong] = useState('');
  const send = async (file: File | undefined) => {
    if (!file) return;
    setProblem(undefined);
    setWrong(file.size > most ? t('me.file.too_large') : '');
    if (file.size > most) return;
    const body = new FormData();
    body.append('file', file);
    setBusy(true);
    try {
      onDone(await call<T>('POST', path, { body, idempotencyKey: newKey(), ...(link ? { link, anonymous: true } : {}) }));
    } catch (thrown) {
      const found = problemOf(thrown);
      const about = found.fields.find((one) => one.field === 'file');
      if (about) setWrong(textOf(about.code, about.message));
      else setProblem(found);
    }
    setBusy(false);
    if (input.current) input.current.value = '';
  };
  return (
    <div class="upload">
      <input ref={input} id={id} type="file" accept={accept} class="hidden" tabIndex={-1} aria-label={action} onChange={(event) => void send(event.currentTarget.files?.[0])} />
      <Button kind={kind} busy={busy} onClick={() => input.current?.click()}>{action}</Button>
      {wrong && <p class="field-error" role="alert">{wrong}</p>}
      {problem && <ProblemNotice problem={problem} focus />}
    </div>
  );
}
