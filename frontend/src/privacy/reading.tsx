// SPDX-License-Identifier: AGPL-3.0-or-later
import type { TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { Problem, problemOf } from '../api/problem';
import { t } from '../i18n';
import { listed } from '../i18n/format';
import { parts, type Field, type Professional } from '../professionals/types';
import { fieldName } from '../professionals/words';
import { Button, Dialog, Notice, ProblemNotice, tell } from '../ui';

interface Read {
  profile: Record<string, unknown>;
  own: Professional;
  etag: string;
  differs: Field[];
}

/** Reads an export in again: shows which fields differ, and writes them only when told to. */
export function Reading() {
  const [read, setRead] = useState<Read | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [unreadable, setUnreadable] = useState(false);
  const [busy, setBusy] = useState(false);
  const choose = async (event: TargetedEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    event.currentTarget.value = '';
    if (!file) return;
    setProblem(undefined);
    setUnreadable(false);
    const profile = profileOf(await file.text());
    if (!profile) {
      setUnreadable(true);
      return;
    }
    try {
      const { data, etag } = await call<Professional>('GET', '/me/professional');
      setRead({ profile, own: data, etag, differs: differing(data, profile) });
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  const write = async () => {
    if (!read) return;
    setBusy(true);
    try {
      await call('PUT', '/me/professional', { body: read.profile, ifMatch: read.etag });
      tell(t('privacy.done.read'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
    setRead(undefined);
  };
  return (
    <>
      <div class="field field-medium">
        <label class="field-label" for="read-export"><span class="field-name">{t('privacy.read')}</span></label>
        <p class="field-help" id="read-export-help">{t('privacy.read_help')}</p>
        <input id="read-export" class="input" type="file" accept="application/json,.json" aria-describedby="read-export-help" onChange={(event) => void choose(event)} />
      </div>
      {unreadable && <Notice tone="problem"><p>{t('privacy.unreadable')}</p></Notice>}
      {problem && <ProblemNotice problem={problem} focus />}
      <Dialog open={read !== undefined} title={t('privacy.read_title')} onClose={() => setRead(undefined)}
        actions={<>{read && read.differs.length > 0 && <Button kind="primary" busy={busy} onClick={() => void write()}>{t('privacy.read_now')}</Button>}<Button kind="quiet" onClick={() => setRead(undefined)}>{t('privacy.not_now')}</Button></>}>
        <p>{read && read.differs.length > 0 ? t('privacy.read_differs', { fields: listed(read.differs.map(fieldName)) }) : t('privacy.read_same')}</p>
      </Dialog>
    </>
  );
}

/** The profile in a file of ours, or nothing. */
export function profileOf(text: string): Record<string, unknown> | undefined {
  try {
    const file = JSON.parse(text) as { format?: unknown; profile?: unknown };
    return String(file.format).startsWith('sankofa.person/') && typeof file.profile === 'object' && file.profile ? (file.profile as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The fields in which a profile differs from the file. */
export function differing(own: Professional, profile: Record<string, unknown>): Field[] {
  const fields = Object.values(parts).flat() as Field[];
  return fields.filter((field) => plain(own[field]) !== plain(profile[field]));
}

/** A value without the identifiers of its rows, which are made anew. */
function plain(value: unknown): string {
  return JSON.stringify(value ?? '', (key, inner: unknown) => (key === 'id' ? undefined : inner));
}
