// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { listed, moment } from '../i18n/format';
import '../placements/placements.css';
import { Button, Dialog, RadioGroup, Section, Select, TextArea, tell } from '../ui';
import type { Candidacy, CandidacyFile, Lack, Next } from './types';

// These have buttons of their own, with words that fit them better.
const elsewhere = ['agree', 'shortlist', 'endorse', 'refuse', 'no_object', 'object', 'approve', 'offer', 'accept', 'decline', 'withdraw'];
const ending = ['exclude', 'dismiss', 'not_select', 'release', 'conclude', 'disqualify', 'uphold'];

export const codes = ['languages', 'licence', 'experience', 'education', 'availability', 'skills', 'references', 'stronger_candidates', 'post_filled', 'other'] as const;

interface Props {
  candidacy: Candidacy;
  file: CandidacyFile;
  load: Load<Candidacy>;
  own?: boolean;
}

/** The steps that the reader may take, each with what it still waits for. */
export function Moves({ candidacy, file, load, own = false }: Props) {
  const [asked, setAsked] = useState<Next | undefined>();
  const moves = file.next.filter((one) => !elsewhere.includes(one.move) && !(own && one.missing.length > 0));
  if (moves.length === 0) return null;
  const lead = own && file.reviewUntil ? t('selection.review_lead', { when: moment(file.reviewUntil) }) : '';
  return (
    <Section title={t(own && file.reviewUntil ? 'selection.review_title' : 'selection.next_steps')} {...(lead ? { lead } : {})}>
      <ul class="moves">
        {moves.map((one) => (
          <li key={one.move} class="move">
            <div>
              <p class="move-name">{t(`selection.move.${one.move}`)}</p>
              <p class="muted">{t(`selection.move_text.${one.move}`)}</p>
              {one.missing.length > 0 && <p class="move-waits"><strong>{t('selection.waits_for')}</strong> {listed(one.missing.map(nameOfLack))}</p>}
            </div>
            <Button kind={one.missing.length > 0 ? 'quiet' : ending.includes(one.move) ? 'normal' : 'primary'} disabled={one.missing.length > 0} onClick={() => setAsked(one)}>
              {t(`selection.move.${one.move}`)}
            </Button>
          </li>
        ))}
      </ul>
      {asked && <MoveDialog move={asked} candidacy={candidacy} file={file} load={load} onClose={() => setAsked(undefined)} />}
    </Section>
  );
}

/** What a step waits for, in words. */
export function nameOfLack({ evidence, what }: Lack): string {
  return t(`selection.lack.${evidence}`, { what: evidence === 'quorum' ? t(`selection.seat.${what}`) : what });
}

/** Asks for what a step needs, and takes it. */
export function MoveDialog({ move, candidacy, file, load, onClose }: { move: Next; candidacy: Candidacy; file: CandidacyFile; load: Load<Candidacy>; onClose: () => void }) {
  const wants = (...evidence: string[]) => evidence.some((one) => move.evidence.includes(one));
  const words = wants('reason', 'reason_code', 'grounds', 'minutes', 'false_statement');
  const agreed = wants('consensus') ? file.criteria : [];
  const form = useForm<Record<string, string>>({
    id: `move-${move.move}`,
    initial: { reason: '', code: '', ...Object.fromEntries(agreed.map((_, i) => [`level${i}`, ''])) },
    check: (values) => Object.fromEntries(agreed.flatMap((_, i) => (values[`level${i}`] ? [] : [[`level${i}`, t('selection.level_missing')]]))),
    submit: async ({ reason = '', code = '', ...rest }) => {
      const levels = agreed.map((one, i) => ({ criterion: one.id, level: Number(rest[`level${i}`]) }));
      load.replace(await call<Candidacy>('POST', `/candidacies/${candidacy.id}/moves`, { ifMatch: `"${candidacy.version}"`, body: { move: move.move, reason, code, levels } }));
      tell(t('selection.moved', { step: t(`selection.move.${move.move}`) }));
      onClose();
    },
  });
  return (
    <Dialog open title={t(`selection.move.${move.move}`)} onClose={onClose}>
      <p>{t(`selection.move_text.${move.move}`)}</p>
      <FormView form={form} action={t(`selection.move.${move.move}`)} onReload={load.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {wants('reason_code') && (
          <Select {...form.bind('code')} label={t('selection.code_label')} help={t('selection.code_help')} empty={t('selection.code_choose')} options={codes.map((one) => ({ value: one, label: t(`selection.code.${one}`) }))} />
        )}
        {agreed.map((one, i) => <RadioGroup key={one.id} {...form.bind(`level${i}`)} label={one.label} inline options={['1', '2', '3', '4'].map((level) => ({ value: level, label: t(`selection.judged.${level}`) }))} />)}
        {words && <TextArea {...form.bind('reason')} label={t(wants('minutes') ? 'selection.minutes' : 'needs.reason')} help={t('selection.words_help')} rows={4} maxLength={5000} />}
      </FormView>
    </Dialog>
  );
}
