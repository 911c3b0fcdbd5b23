// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { call, newKey } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf } from '../api/problem';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { ActionBar, Button, Dialog, LinkButton, Loading, Notice, Select, TextArea, TextInput, tell } from '../ui';
import { ShortlistDialog } from './candidacystep';
import type { Act, ActKind, Board, Card, Effect } from './types';

const undoSeconds = 30;

interface Props {
  board: Board;
  chosen: readonly string[];
  onClear: () => void;
  onDone: () => void;
}

/** What can be done to several at once. Its effect is said first; what failed is listed; it can be undone. */
export function BulkBar({ board, chosen, onClear, onDone }: Props) {
  const [kind, setKind] = useState<ActKind | undefined>();
  const [act, setAct] = useState<Act | undefined>();
  const [choosing, setChoosing] = useState(false);
  const cards = board.cards.filter((one) => chosen.includes(one.id));
  const begun = (made: Act) => {
    setKind(undefined);
    setAct(made);
    onClear();
    onDone();
  };
  return (
    <>
      {act && <Became act={act} cards={board.cards} onChange={(next) => { setAct(next); onDone(); }} onClose={() => setAct(undefined)} />}
      {cards.length > 0 && (
        <ActionBar label={t('board.bulk')}>
          <span role="status">{t('board.selected', { count: cards.length, number: number(cards.length) })}</span>
          {(['decline', 'remind', 'tag', 'assign'] as const).map((one) => <Button key={one} onClick={() => setKind(one)}>{t(`board.act.${one}`)}</Button>)}
          {choosable(cards) && <Button onClick={() => setChoosing(true)}>{t('board.act.shortlist')}</Button>}
          {comparable(cards) && <LinkButton href={comparable(cards) as string}>{t('ranking.compare')}</LinkButton>}
          <Button kind="quiet" onClick={onClear}>{t('board.clear')}</Button>
        </ActionBar>
      )}
      {choosing && <ShortlistDialog cards={cards} onClose={() => setChoosing(false)} onDone={() => { onClear(); onDone(); }} />}
      {kind && <ActDialog kind={kind} cards={cards} board={board} onClose={() => setKind(undefined)} onBegun={begun} />}
    </>
  );
}

// Candidates for one need that may come onto its shortlist go there together.
function choosable(cards: readonly Card[]): boolean {
  return cards.every((card) => card.need === cards[0]?.need && card.moves.some((one) => one.move === 'shortlist'));
}

// Two to five candidates for one need stand side by side.
function comparable(cards: readonly Card[]): string | undefined {
  const [first] = cards;
  const one = first && cards.length >= 2 && cards.length <= 5 && cards.every((card) => card.record === 'candidacy' && card.need === first.need);
  return one ? `/needs/${first.need}/compare?people=${cards.map((card) => card.pseudonym).join(',')}` : undefined;
}

interface DialogProps {
  kind: ActKind;
  cards: readonly Card[];
  board: Board;
  onClose: () => void;
  onBegun: (act: Act) => void;
}

function ActDialog({ kind, cards, board, onClose, onBegun }: DialogProps) {
  const targets = cards.map((one) => ({ record: one.record, id: one.id, version: one.version }));
  const [key] = useState(newKey);
  const form = useForm<{ value: string; reason: string }>({
    id: `bulk-${kind}`,
    initial: { value: '', reason: '' },
    submit: async ({ value, reason }) => {
      onBegun((await call<Act>('POST', '/bulk', { idempotencyKey: key, body: { kind, value, reason, targets } })).data);
    },
  });
  return (
    <Dialog open title={t(`board.act.${kind}`)} onClose={onClose}>
      <EffectOf kind={kind} targets={targets} cards={cards} />
      <FormView form={form} action={t(`board.act.${kind}`)} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {kind === 'decline' && <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />}
        {kind === 'tag' && <TextInput {...form.bind('value')} label={t('board.tag')} help={t('board.tag_help')} maxLength={40} />}
        {kind === 'assign' && <Select {...form.bind('value')} label={t('board.colleague')} empty={t('board.nobody')} options={board.members.map((one) => ({ value: one.userId, label: one.name }))} />}
      </FormView>
    </Dialog>
  );
}

// What the act would do, before anything is done. The words are asked for in any case; they do not change the effect.
function EffectOf({ kind, targets, cards }: { kind: ActKind; targets: { record: string; id: string; version: number }[]; cards: readonly Card[] }) {
  const load = useLoad<Effect>((signal) => call('POST', '/bulk/preview', { body: { kind, value: kind === 'tag' ? 'x' : '', reason: 'x', targets }, signal }), [kind, JSON.stringify(targets)]);
  if (load.problem) return <Notice tone="warning">{load.problem.text}</Notice>;
  if (!load.data) return <Loading label={t('board.counting')} lines={1} />;
  const { will, told, delayed, cannot } = load.data;
  return (
    <div class="stack">
      <p>{t('board.will', { count: will, number: number(will) })} {told > 0 && t('board.told', { count: told, number: number(told) })} {t(delayed ? 'board.delayed' : 'board.at_once', { seconds: number(undoSeconds) })}</p>
      {cannot.length > 0 && <Failures title={t('board.cannot', { count: cannot.length, number: number(cannot.length) })} items={cannot} cards={cards} />}
    </div>
  );
}

function Failures({ title, items, cards }: { title: string; items: Act['items']; cards: readonly Card[] }) {
  return (
    <Notice tone="warning" title={title}>
      <ul>{items.map((one) => <li key={one.id}><bdi>{cards.find((card) => card.id === one.id)?.person ?? one.record}</bdi>: {one.message}</li>)}</ul>
    </Notice>
  );
}

/** What became of an act: with undo while there is time, and what failed afterwards. */
function Became({ act, cards, onChange, onClose }: { act: Act; cards: readonly Card[]; onChange: (act: Act) => void; onClose: () => void }) {
  const [left, setLeft] = useState(undoSeconds);
  const open = act.state !== 'undone' && left > 0;
  useEffect(() => {
    const until = Date.parse(act.undoUntil);
    const timer = setInterval(() => {
      const next = Math.min(undoSeconds, Math.max(0, Math.ceil((until - Date.now()) / 1000)));
      setLeft(next);
      if (next > 0) return;
      clearInterval(timer);
      // What waited is done now; the answer says how it went.
      if (act.state === 'waiting') setTimeout(() => void call<Act>('GET', `/bulk/${act.id}`).then(({ data }) => onChange(data), () => undefined), 1500);
    }, 1000);
    return () => clearInterval(timer);
  }, [act.id, act.state]);
  const undo = async () => {
    try {
      onChange((await call<Act>('POST', `/bulk/${act.id}/undo`)).data);
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  const failed = act.items.filter((one) => one.outcome === 'failed');
  const count = act.items.length - failed.length;
  return (
    <div class="stack bulk-became" role="status">
      <Notice tone="info" action={open ? <Button onClick={() => void undo()}>{t('board.undo', { seconds: number(left) })}</Button> : <Button kind="quiet" onClick={onClose}>{t('ui.close')}</Button>}>
        {t(`board.became.${act.state}`, { act: t(`board.act.${act.kind}`), count, number: number(count) })}
      </Notice>
      {failed.length > 0 && <Failures title={t('board.failed', { count: failed.length, number: number(failed.length) })} items={failed} cards={cards} />}
    </div>
  );
}
