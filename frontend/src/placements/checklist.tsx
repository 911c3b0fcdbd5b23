// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { date, listed } from '../i18n/format';
import { Badge, Bdi, Button, DateInput, Dialog, RadioGroup, Section, TextArea, TextInput, tell, type Tone } from '../ui';
import type { Clearance, File, Placement } from './types';

const tones: Record<Clearance['state'], Tone> = { OPEN: 'neutral', PROVIDED: 'accent', VERIFIED: 'good', REFUSED: 'bad', WAIVED: 'caution' };

/** What has to be in order before anybody travels. */
export function Checklist({ placement, file, load }: { placement: Placement; file: File; load: Load<Placement> }) {
  const done = file.clearances.filter((one) => one.done).length;
  return (
    <Section title={t('placements.clearances')} lead={t('placements.clearances_done', { done, count: file.clearances.length })}>
      <ul class="clearances">
        {file.clearances.map((one) => <Line key={one.kind} clearance={one} placement={placement} load={load} />)}
      </ul>
    </Section>
  );
}

function Line({ clearance, placement, load }: { clearance: Clearance; placement: Placement; load: Load<Placement> }) {
  const [open, setOpen] = useState<'bring' | 'decide' | undefined>();
  const { can, kind } = clearance;
  const close = () => setOpen(undefined);
  const several = kind === 'agreement' || kind === 'work_plan';
  return (
    <li class={clearance.done ? 'clearance clearance-done' : 'clearance'}>
      <div>
        <p class="move-name">{t(`placements.clearance.${kind}`)} <Badge tone={tones[clearance.state]}>{t(`placements.clearance_state.${clearance.state}`)}</Badge></p>
        <p class="muted small">{t(`placements.clearance_for.${kind}`)}</p>
        <Days clearance={clearance} />
        {clearance.signed.length > 0 && <p class="small">{t('placements.signed_by', { sides: listed(clearance.signed.map((one) => t(`placements.role.${one}`))) })}</p>}
        {clearance.short && <p class="small clearance-short">{t(`placements.short.${clearance.short}`)}</p>}
        {clearance.note && <p class="small"><Bdi>{clearance.note}</Bdi></p>}
      </div>
      <div class="clearance-acts">
        {can.sign && <Sign clearance={clearance} placement={placement} load={load} />}
        {can.bring && <Button small kind={clearance.done ? 'quiet' : 'normal'} onClick={() => setOpen('bring')}>{t(clearance.done ? 'placements.rewrite' : 'placements.bring')}</Button>}
        {can.decide && !clearance.done && <Button small onClick={() => setOpen('decide')}>{t('placements.decide')}</Button>}
      </div>
      {open === 'bring' && <Bring clearance={clearance} placement={placement} load={load} onClose={close} />}
      {open === 'decide' && <Decide clearance={clearance} several={several} placement={placement} load={load} onClose={close} />}
    </li>
  );
}

function Days({ clearance: { reference, issuedOn, validFrom, validUntil } }: { clearance: Clearance }) {
  const facts = [
    issuedOn && t('placements.issued', { day: date(issuedOn) }),
    validFrom && t('placements.valid_from', { day: date(validFrom) }),
    validUntil && t('placements.valid_until', { day: date(validUntil) }),
  ].filter(Boolean);
  if (!reference && facts.length === 0) return null;
  return <p class="small">{reference && <Bdi>{reference}</Bdi>}{reference && facts.length > 0 && ' · '}{facts.join(' · ')}</p>;
}

interface Acting { clearance: Clearance; placement: Placement; load: Load<Placement> }

function pathOf({ clearance, placement }: Acting): string {
  return `/placements/${placement.id}/clearances/${clearance.kind}`;
}

function Sign(acting: Acting) {
  const [busy, setBusy] = useState(false);
  const sign = async () => {
    setBusy(true);
    try {
      acting.load.replace(await call<Placement>('POST', `${pathOf(acting)}/signature`, { ifMatch: acting.load.etag }));
      tell(t('placements.signed'));
    } catch {
      acting.load.reload();
      tell(t('placements.not_signed'));
    }
    setBusy(false);
  };
  return <Button small kind="primary" busy={busy} onClick={() => void sign()}>{t('placements.sign')}</Button>;
}

function Bring({ onClose, ...acting }: Acting & { onClose: () => void }) {
  const { clearance, load } = acting;
  const form = useForm({
    id: `bring-${clearance.kind}`,
    initial: { reference: clearance.reference, issuedOn: clearance.issuedOn, validFrom: clearance.validFrom, validUntil: clearance.validUntil },
    submit: async (body) => {
      load.replace(await call<Placement>('PUT', pathOf(acting), { ifMatch: load.etag, body }));
      tell(t('placements.brought'));
      onClose();
    },
  });
  return (
    <Dialog open title={t(`placements.clearance.${clearance.kind}`)} onClose={onClose}>
      <p>{t(`placements.clearance_for.${clearance.kind}`)}</p>
      <FormView form={form} action={t('placements.bring')} onReload={load.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {clearance.kind !== 'medical' && <TextInput {...form.bind('reference')} label={t('placements.reference')} optional maxLength={200} />}
        {clearance.kind === 'good_standing' && <DateInput {...form.bind('issuedOn')} label={t('placements.issued_on')} />}
        <DateInput {...form.bind('validFrom')} label={t('placements.from_day')} optional />
        <DateInput {...form.bind('validUntil')} label={t('placements.until_day')} help={t('placements.until_help')} optional />
      </FormView>
    </Dialog>
  );
}

function Decide({ onClose, several, ...acting }: Acting & { several: boolean; onClose: () => void }) {
  const { clearance, load } = acting;
  const form = useForm({
    id: `decide-${clearance.kind}`,
    initial: { state: '', note: '' },
    check: ({ state }) => (state ? {} : { state: t('placements.decide_missing') }),
    submit: async (body) => {
      load.replace(await call<Placement>('POST', `${pathOf(acting)}/decision`, { ifMatch: load.etag, body }));
      tell(t('placements.decided'));
      onClose();
    },
  });
  const states = several ? ['REFUSED', 'WAIVED'] : ['VERIFIED', 'REFUSED', 'WAIVED'];
  return (
    <Dialog open title={t(`placements.clearance.${clearance.kind}`)} onClose={onClose}>
      <FormView form={form} action={t('placements.decide')} onReload={load.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        <RadioGroup {...form.bind('state')} label={t('placements.decision')} options={states.map((value) => ({ value, label: t(`placements.clearance_state.${value}`) }))} />
        {clearance.kind !== 'medical' && <TextArea {...form.bind('note')} label={t('needs.reason')} help={t('placements.note_help')} rows={2} maxLength={5000} />}
      </FormView>
    </Dialog>
  );
}
