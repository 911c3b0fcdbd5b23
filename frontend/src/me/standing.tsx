// SPDX-License-Identifier: AGPL-3.0-or-later
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { problemOf, textOf, type FieldProblem, type Problem } from '../api/problem';
import { valueAt } from '../form/path';
import { t } from '../i18n';
import { date, moment } from '../i18n/format';
import { readParts, type ReadPart } from '../professionals/read';
import { parts, type Field, type Professional } from '../professionals/types';
import { fieldName } from '../professionals/words';
import { Button, LinkButton, Notice, ProblemNotice, tell } from '../ui';

/** A field that the person wants to fill in: its part opens, and the field takes the focus. */
export const asked = signal<{ part: ReadPart; field: string } | undefined>(undefined);

/** The part in which a field stands. */
export function partOf(field: string): ReadPart {
  const name = field.replace(/[[.].*$/, '');
  return readParts.find((part) => (parts[part] as readonly string[]).includes(name)) ?? 'person';
}

/** Why nobody finds the person, the most decisive reason first. */
export function hindrance({ visible, state, lacks, consents }: Pick<Professional, 'visible' | 'state' | 'lacks' | 'consents'>): 'none' | 'paused' | 'lacks' | 'consent' | 'other' {
  if (visible) return 'none';
  if (state === 'paused') return 'paused';
  if (lacks.length > 0) return 'lacks';
  return consents.some((one) => one.purpose === 'registry_search' && one.status === 'active') ? 'other' : 'consent';
}

interface Props {
  own: Professional;
  load: Load<Professional>;
}

/** Whether the person can be found, what stands in the way, and what one can do about it. */
export function Standing({ own, load }: Props) {
  const [busy, setBusy] = useState('');
  const [problem, setProblem] = useState<Problem | undefined>();
  const why = hindrance(own);
  const act = async (what: 'pause' | 'resume' | 'confirm') => {
    setBusy(what);
    setProblem(undefined);
    try {
      const path = what === 'confirm' ? '/me/professional/confirm' : '/me/professional/pause';
      load.replace(await call<Professional>('POST', path, { ifMatch: load.etag, body: what === 'confirm' ? undefined : { paused: what === 'pause' } }));
      tell(t(`me.done.${what}`));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy('');
  };
  const button = (what: 'pause' | 'resume' | 'confirm', kind: 'normal' | 'primary' = 'normal') => own.can[what] && <Button kind={kind} busy={busy === what} onClick={() => void act(what)}>{t(`me.${what}`)}</Button>;
  return (
    <div class="own-standing">
      <Notice tone={why === 'none' ? 'success' : 'warning'} title={t(`me.standing.${why}`)} action={<div class="cluster">
        {why === 'consent' && own.can.consent && <LinkButton kind="primary" href="/me/consents">{t('me.to_consents')}</LinkButton>}
        {button('resume', 'primary')}{button('pause')}
      </div>}>
        <p>{t(`me.standing_text.${why}`)}</p>
        {own.lacks.length > 0 && <ul class="to-mend">{own.lacks.map((field) => <li key={field}><Mend field={field}>{fieldName(field as Field)}</Mend></li>)}</ul>}
      </Notice>
      {own.warnings.length > 0 && (
        <Notice tone="warning" title={t('me.warnings')}>
          <ul class="to-mend">{own.warnings.map((one) => <li key={one.field}>{warningWords(one, own)} <Mend field={one.field}>{t('me.mend')}</Mend></li>)}</ul>
        </Notice>
      )}
      {problem && <ProblemNotice problem={problem} focus {...(problem.conflict ? { onRetry: load.reload, retry: t('problem.load_newest') } : {})} />}
      {own.can.confirm && <p class="cluster">{button('confirm')}<span class="muted small">{own.confirmedAt ? t('me.confirmed_at', { when: moment(own.confirmedAt) }) : t('me.never_confirmed')}</span></p>}
    </div>
  );
}

/** Opens the part in which the field stands. */
function Mend({ field, children }: { field: string; children: string }) {
  return <Button small onClick={() => (asked.value = { part: partOf(field), field })}>{children}</Button>;
}

/** A warning of the server, with its date in the reader's language. */
export function warningWords(warning: FieldProblem, own: Professional): string {
  const until = valueAt(own, warning.field);
  const licence = /^licences\[(\d+)\]/.exec(warning.field);
  const name = licence ? (own.licences[Number(licence[1])]?.body ?? '') : '';
  const key = `me.warning.${warning.code}`;
  return typeof until === 'string' || warning.code === 'availability.over' ? t(key, { date: date(String(until ?? '')), name }) : textOf(warning.code, warning.message);
}
