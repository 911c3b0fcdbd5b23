// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Load } from '../api/load';
import { language, t } from '../i18n';
import { date, moment, number } from '../i18n/format';
import { role } from '../session/session';
import { Bdi, LinkButton, Notice, Section } from '../ui';
import { Checklist } from './checklist';
import { Confide, OwnContacts } from './confidence';
import { Evaluating } from './evaluating';
import { Followed } from './followed';
import { MoneyOf } from './money';
import { Moves } from './moves';
import { Reports } from './reports';
import type { File, Guard, Placement } from './types';
import './placements.css';

/** What hangs on a placement: what comes next, what is to be cleared, what was told, what happened. */
export function FileOf({ placement, load }: { placement: Placement; load: Load<Placement> }) {
  const file = placement.file;
  if (!file) return null;
  return (
    <>
      <Moves placement={placement} file={file} load={load} />
      {file.guard && <GuardNotice guard={file.guard} />}
      <Certificate code={file.certificate} />
      <Letters placement={placement} file={file} />
      {file.clearances.length > 0 && <Checklist placement={placement} file={file} load={load} />}
      {file.money && <MoneyOf key={placement.version} placement={placement} sums={file.money} load={load} />}
      <Reports placement={placement} file={file} load={load} />
      <Followed placement={placement} file={file} load={load} />
      {file.canLink && <Evaluating placement={placement} load={load} />}
      {role.value === 'professional' && <OwnContacts />}
      <Confide placement={placement} />
      {file.steps.length > 0 && <Past file={file} />}
    </>
  );
}

/** What the absence does to the right to live abroad. */
function GuardNotice({ guard }: { guard: Guard }) {
  if (guard.signal === 'green' && guard.limit === 0) return null;
  const tone = { green: 'success', amber: 'warning', red: 'problem' } as const;
  return (
    <Notice tone={tone[guard.signal]} title={t(`placements.guard.${guard.signal}`)}>
      <p>{t(`placements.rule.${guard.rule}`)}</p>
      {guard.limit > 0 && <p>{t('placements.guard_counted', { counted: number(guard.counted), limit: number(guard.limit) })}{guard.safeUntil && ` ${t('placements.guard_safe', { day: date(guard.safeUntil, 'long') })}`}</p>}
    </Notice>
  );
}

function Certificate({ code }: { code: string }) {
  if (!code) return null;
  const spelled = code.match(/.{1,4}/g)?.join('-') ?? code;
  return (
    <Notice tone="success" title={t('placements.certificate')}>
      <p>{t('placements.certificate_text')} <a href={`/certificates/${code}`}><code dir="ltr">{spelled}</code></a></p>
    </Notice>
  );
}

/** The documents that the reader may have, in the language of the screen. */
function Letters({ placement, file }: { placement: Placement; file: File }) {
  if (file.letters.length === 0) return null;
  return (
    <Section title={t('placements.letters')} lead={t('placements.letters_lead')}>
      <div class="clearance-acts">
        {file.letters.map((kind) => (
          <LinkButton key={kind} href={`/api/v1/placements/${placement.id}/letters/${kind}?language=${language.value}`} download>{t(`placements.letter.${kind}`)}</LinkButton>
        ))}
      </div>
    </Section>
  );
}

/** Every step that was taken, the newest first. */
function Past({ file }: { file: File }) {
  return (
    <Section title={t('placements.past')}>
      <ol class="timeline">
        {[...file.steps].reverse().map((one) => (
          <li key={one.at} class={one.from === one.to ? '' : 'timeline-yes'}>
            <p class="timeline-what">{t(one.from === one.to && one.move === 'arrive' ? 'placements.arrival_said' : `placements.moved.${one.move}`)}</p>
            <p class="muted small">{t(`placements.role.${one.role}`)} · {moment(one.at)}{one.on && ` · ${t('placements.about_day', { day: date(one.on) })}`}</p>
            {one.reason && <p class="timeline-reason"><Bdi>{one.reason}</Bdi></p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
