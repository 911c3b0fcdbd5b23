// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { listed, number } from '../i18n/format';
import type { Need } from '../needs/types';
import { MoveDialog, nameOfLack } from '../selection/moves';
import type { Candidacy } from '../selection/types';
import { Bdi, Button, Dialog, LinkButton, Loading, Notice, TextArea, tell } from '../ui';
import type { Card, Move } from './types';
import { pathOf } from './words';

interface Props {
  card: Card;
  move: Move;
  onClose: () => void;
  onDone: () => void;
}

/** A step of the table of candidacies, as its own page asks for it: with codes, levels and minutes; or what it still waits for. */
export function CandidacyStep({ card, move, onClose, onDone }: Props) {
  const load = useLoad<Candidacy>((signal) => call('GET', `/candidacies/${card.id}`, { signal }), [card.id]);
  const name = t(`selection.move.${move.move}`);
  const file = load.data?.file;
  const next = file?.next.find((one) => one.move === move.move);
  if (load.data && file && next && next.missing.length === 0) {
    const kept: Load<Candidacy> = { ...load, replace: () => onDone() };
    return <MoveDialog move={next} candidacy={load.data} file={file} load={kept} onClose={onClose} />;
  }
  return (
    <Dialog open title={t('board.step', { step: name, person: card.person })} onClose={onClose}>
      {load.problem && <Notice tone="problem">{load.problem.text}</Notice>}
      {!load.data && !load.problem && <Loading label={t('selection.loading')} lines={2} />}
      {load.data && next && <Notice tone="warning" title={t('selection.waits_for')}>{listed(next.missing.map(nameOfLack))}</Notice>}
      {load.data && !next && <Notice tone="warning">{t('board.gone')}</Notice>}
      <div class="form-actions">
        <LinkButton kind="primary" href={pathOf(card)}>{t('board.key.open')}</LinkButton>
        <Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>
      </div>
    </Dialog>
  );
}

interface ShortlistProps {
  cards: readonly Card[];
  onClose: () => void;
  onDone: () => void;
}

/** Puts people before the host of their need: how many and what it does is said first. */
export function ShortlistDialog({ cards, onClose, onDone }: ShortlistProps) {
  const [first] = cards;
  const path = `/needs/${first?.need ?? ''}`;
  const need = useLoad<Need>((signal) => call('GET', path, { signal }), [path]);
  const form = useForm<{ reason: string; balanceReason: string }>({
    id: 'board-shortlist',
    initial: { reason: '', balanceReason: '' },
    submit: async ({ reason, balanceReason }) => {
      await call('POST', `${path}/shortlist`, { ifMatch: need.etag, body: { people: cards.map((one) => ({ pseudonym: one.pseudonym })), reason, balanceReason } });
      onClose();
      onDone();
      tell(t('board.shortlisted', { count: cards.length, number: number(cards.length) }));
    },
  });
  return (
    <Dialog open title={t('board.act.shortlist')} onClose={onClose}>
      <p>{t('board.shortlist_effect', { count: cards.length, number: number(cards.length) })} {first && <Bdi>{first.organisation}</Bdi>}</p>
      <ul>{cards.map((one) => <li key={one.id}><Bdi>{one.person}</Bdi></li>)}</ul>
      {need.problem && <Notice tone="problem">{need.problem.text}</Notice>}
      <FormView form={form} action={t('board.act.shortlist')} onReload={need.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />
        <TextArea {...form.bind('balanceReason')} label={t('ranking.shortlist_balance')} help={t('ranking.shortlist_balance_help')} rows={2} maxLength={5000} />
      </FormView>
    </Dialog>
  );
}
