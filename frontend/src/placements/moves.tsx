// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { listed } from '../i18n/format';
import { Button, DateInput, Dialog, Section, TextArea, tell } from '../ui';
import type { File, Lack, Next, Placement } from './types';

/** The steps that the reader may take, each with what it still waits for. Cancelling stands at the head of the page. */
export function Moves({ placement, file, load }: { placement: Placement; file: File; load: Load<Placement> }) {
  const [asked, setAsked] = useState<Next | undefined>();
  const moves = file.next.filter((one) => one.move !== 'cancel');
  if (moves.length === 0) return null;
  return (
    <Section title={t('placements.next_steps')}>
      <ul class="moves">
        {moves.map((one) => (
          <li key={one.move} class="move">
            <div>
              <p class="move-name">{t(`placements.move.${one.move}`)}</p>
              <p class="muted">{t(`placements.ask.${one.move}`)}</p>
              {one.missing.length > 0 && <Missing lacks={one.missing} />}
            </div>
            <Button kind={kindOf(one)} disabled={one.missing.length > 0} onClick={() => setAsked(one)}>{t(`placements.move.${one.move}`)}</Button>
          </li>
        ))}
      </ul>
      {asked && <MoveDialog move={asked} placement={placement} load={load} onClose={() => setAsked(undefined)} />}
    </Section>
  );
}

// What leads away from the plan is offered, and not urged.
const aside = ['postpone', 'ask_extension', 'refuse_extension', 'withdraw_extension', 'suspend', 'evacuate', 'curtail'];

function kindOf(next: Next): 'primary' | 'normal' | 'quiet' {
  if (next.missing.length > 0) return 'quiet';
  return aside.includes(next.move) ? 'normal' : 'primary';
}

function Missing({ lacks }: { lacks: readonly Lack[] }) {
  return <p class="move-waits"><strong>{t('placements.waits')}</strong> {listed(lacks.map(nameOfLack))}</p>;
}

function nameOfLack(lack: Lack): string {
  if (lack.evidence === 'clearances') return t(`placements.clearance.${lack.what}`);
  if (['residence_guard', 'both_ask', 'no_objection'].includes(lack.evidence)) return t(`placements.evidence.${lack.evidence}`);
  return t(`placements.report.${lack.what || lack.evidence}`);
}

interface Values { reason: string; on: string; from: string; to: string }

/** Asks for what a step needs to be told, and takes it. */
function MoveDialog({ move, placement, load, onClose }: { move: Next; placement: Placement; load: Load<Placement>; onClose: () => void }) {
  const wants = (evidence: string) => move.evidence.includes(evidence);
  const day = wants('departure') || wants('last_day') || move.move === 'arrive';
  const form = useForm<Values>({
    id: `move-${move.move}`,
    initial: { reason: '', on: '', from: '', to: '' },
    submit: async ({ reason, on, from, to }) => {
      load.replace(await call<Placement>('POST', `/placements/${placement.id}/steps`, { ifMatch: load.etag, body: { move: move.move, reason, on, from, to } }));
      tell(t(`placements.moved.${move.move}`));
      onClose();
    },
  });
  return (
    <Dialog open title={t(`placements.move.${move.move}`)} onClose={onClose}>
      <p>{t(`placements.ask.${move.move}`)}</p>
      <FormView form={form} action={t(`placements.move.${move.move}`)} onReload={load.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {day && <DateInput {...form.bind('on')} label={t(`placements.day_of.${move.move}`)} />}
        {wants('new_dates') && <DateInput {...form.bind('from')} label={t('needs.first_day')} />}
        {(wants('new_dates') || wants('new_end')) && <DateInput {...form.bind('to')} label={t(wants('new_end') ? 'placements.new_end' : 'needs.last_day')} />}
        {wants('reason') && <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />}
      </FormView>
    </Dialog>
  );
}
