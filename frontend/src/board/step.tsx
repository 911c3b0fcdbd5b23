// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { Button, DateInput, Dialog, TextArea, tell } from '../ui';
import { CandidacyStep, ShortlistDialog } from './candidacystep';
import type { Card, Move } from './types';
import { moveName, roadOf, stateName, tabled } from './words';

interface Values { reason: string; on: string; from: string; to: string }

interface Props {
  card: Card;
  move: Move;
  onClose: () => void;
  onDone: () => void;
}

/** Asks for what a step needs, and takes it. Somebody else's change in between is said, and nothing typed is lost. */
export function StepDialog(props: Props) {
  const { card, move } = props;
  if (card.record === 'candidacy' && move.move === 'shortlist') return <ShortlistDialog cards={[card]} onClose={props.onClose} onDone={props.onDone} />;
  if (tabled(card, move)) return <CandidacyStep {...props} />;
  return <OwnRoad {...props} />;
}

function OwnRoad({ card, move, onClose, onDone }: Props) {
  const wants = (evidence: string) => move.evidence.includes(evidence);
  const day = wants('departure') || wants('last_day') || move.move === 'arrive';
  const name = moveName(card, move);
  const form = useForm<Values>({
    id: `board-${move.move}`,
    initial: { reason: '', on: '', from: '', to: '' },
    submit: async (values) => {
      await take(card, move, values);
      onClose();
      onDone();
      tell(t('board.moved', { person: card.person, state: stateName(card.record, move.to) }));
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-card="${card.id}"] a`)?.focus());
    },
  });
  const reload = () => {
    onClose();
    onDone();
  };
  return (
    <Dialog open title={t('board.step', { step: name, person: card.person })} onClose={onClose}>
      <p>{t('board.step_text', { from: stateName(card.record, card.state), to: stateName(card.record, move.to) })}</p>
      <FormView form={form} action={name} onReload={reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {day && <DateInput {...form.bind('on')} label={t(`placements.day_of.${move.move}`)} />}
        {wants('new_dates') && <DateInput {...form.bind('from')} label={t('needs.first_day')} />}
        {(wants('new_dates') || wants('new_end')) && <DateInput {...form.bind('to')} label={t('needs.last_day')} />}
        {wants('reason') && <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />}
      </FormView>
    </Dialog>
  );
}

async function take(card: Card, move: Move, { reason, on, from, to }: Values): Promise<void> {
  const ifMatch = `"${card.version}"`;
  if (card.record === 'placement') {
    await call('POST', `/placements/${card.id}/steps`, { ifMatch, body: { move: move.move, reason, on, from, to } });
    return;
  }
  const road = roadOf(card, move.move);
  await call('POST', `/candidacies/${card.id}/${road.verb}`, { ifMatch, body: road.decision ? { decision: road.decision, reason } : { reason } });
}
