// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { has, t } from '../i18n';
import { date, listed, moment } from '../i18n/format';
import { Button, Disclosure, Loaded, Notice, ProblemNotice, tell, TextInput } from '../ui';
import type { ErasureLine, Preview } from './types';

/** How the person goes for good: what goes, what stays and why; a second yes; days to change one's mind. */
export function Erasing() {
  const load = useLoad<Preview>((signal) => call('GET', '/me/erasure', { signal }), []);
  return <Loaded load={load} waiting={t('privacy.loading')}>{(data) => (data.standing ? <Waiting preview={data} load={load} /> : <Asking preview={data} load={load} />)}</Loaded>;
}

interface Props {
  preview: Preview;
  load: Load<Preview>;
}

function Waiting({ preview, load }: Props) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const cancel = async () => {
    setBusy(true);
    try {
      await call('DELETE', '/me/erasure');
      load.reload();
      tell(t('privacy.done.cancel'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <Notice tone="warning" title={t('privacy.erase_waits', { when: moment(preview.standing?.dueAt ?? '') })} action={<Button kind="primary" busy={busy} onClick={() => void cancel()}>{t('privacy.erase_cancel')}</Button>}>
      <p>{t('privacy.erase_hidden')}</p>
      {problem && <ProblemNotice problem={problem} focus />}
    </Notice>
  );
}

function Asking({ preview, load }: Props) {
  const [sure, setSure] = useState(false);
  if (preview.placed.length > 0) return <Notice tone="info"><p>{t('privacy.erase_placed', { placements: listed(preview.placed) })}</p></Notice>;
  return (
    <>
      <p>{t('privacy.erase_text', { days: preview.days, when: date(preview.dueAt.slice(0, 10)) })}</p>
      <Disclosure summary={t('privacy.goes')}><Lines lines={preview.goes} /></Disclosure>
      <Disclosure summary={t('privacy.stays')}><Lines lines={preview.stays} /></Disclosure>
      {preview.officer && <Notice tone="info"><p>{t('privacy.erase_officer')}</p></Notice>}
      {sure ? <Confirm preview={preview} load={load} onStop={() => setSure(false)} /> : <p class="cluster"><Button kind="danger" onClick={() => setSure(true)}>{t('privacy.erase_begin')}</Button></p>}
    </>
  );
}

function Confirm({ preview, load, onStop }: Props & { onStop: () => void }) {
  const [word, setWord] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const erase = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await call('POST', '/me/erasure', { body: { word, password } });
      load.reload();
      tell(t('privacy.done.erase'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  const wrong = (name: string) => problem?.fields.find((one) => one.field === name)?.message;
  return (
    <form onSubmit={(event) => void erase(event)} noValidate>
      <h3>{t('privacy.erase_confirm')}</h3>
      {problem && <ProblemNotice problem={problem} focus />}
      <TextInput id="erase-word" label={t('privacy.erase_word', { word: preview.word })} value={word} onChange={setWord} code width="short" error={wrong('word')} />
      <TextInput id="erase-password" label={t('privacy.erase_password')} type="password" autocomplete="current-password" value={password} onChange={setPassword} width="medium" error={wrong('password')} />
      <div class="cluster"><Button kind="danger" type="submit" busy={busy}>{t('privacy.erase_now')}</Button><Button kind="quiet" onClick={onStop}>{t('privacy.not_now')}</Button></div>
    </form>
  );
}

/** Rows of tables, in the words of the person where we have them. */
function Lines({ lines }: { lines: ErasureLine[] }) {
  const named = (one: ErasureLine) => (has(`privacy.table.${one.table}`) ? t(`privacy.table.${one.table}`) : one.purpose);
  return (
    <ul>
      {lines.map((one) => (
        <li key={one.table}>
          {named(one)} <span class="muted small">({one.rows})</span>
          {one.why && <span class="muted under">{has(`privacy.why.${one.table}`) ? t(`privacy.why.${one.table}`) : one.why}</span>}
        </li>
      ))}
    </ul>
  );
}
