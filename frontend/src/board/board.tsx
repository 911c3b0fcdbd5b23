// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { t } from '../i18n';
import { role } from '../session/session';
import { Empty, Keys, Loaded, Notice, PageHeader, useFilters, Views } from '../ui';
import './board.css';
import { BulkBar } from './bulk';
import { Calendar } from './calendar';
import { Columns } from './columns';
import { Filters } from './filters';
import { useBoardKeys } from './keys';
import { Present } from './present';
import { StepDialog } from './step';
import { Cards } from './table';
import type { Board, Card, Handling, Move } from './types';

const views = ['board', 'table', 'calendar', 'now'] as const;
type View = (typeof views)[number];
const asked = ['need', 'record', 'country', 'tag', 'mine', 'words'] as const;

/** The programme as a board, a table, a calendar and a list of who is where now. */
export default function BoardPage() {
  const { get } = useFilters();
  const { path, query } = useLocation();
  const current: View = views.find((one) => one === get('view')) ?? 'board';
  const question: Record<string, string> = {};
  for (const name of asked) if (get(name)) question[name] = get(name);
  if (current === 'now') question.now = 'true';
  if (current === 'calendar') question.record = 'placement';
  const load = useLoad<Board>((signal) => call('GET', '/board', { query: question, signal }), [JSON.stringify(question)]);
  useFresh(load.reload);
  const href = (view: View) => `${path}?${new URLSearchParams({ ...query, view }).toString()}`;
  return (
    <>
      <PageHeader title={t('board.title')} lead={t('board.lead')} />
      <Views label={t('board.views')} current={current} views={views.map((one) => ({ id: one, label: t(`board.view.${one}`), href: href(one) }))} />
      <Filters board={load.data} view={current} query={question} />
      <Loaded load={load} waiting={t('board.loading')}>{(board) => <Shown board={board} view={current} load={load} />}</Loaded>
    </>
  );
}

// Others work on the same board: whoever comes back to it sees it as it is now.
function useFresh(reload: () => void) {
  useEffect(() => {
    const back = () => document.visibilityState === 'visible' && reload();
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [reload]);
}

function Shown({ board, view, load }: { board: Board; view: View; load: Load<Board> }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [step, setStep] = useState<{ card: Card; move: Move } | undefined>();
  const here = chosen.filter((id) => board.cards.some((one) => one.id === id));
  const handling: Handling = {
    chosen: here, step: (card, move) => setStep({ card, move }),
    choose: (id, on) => setChosen((was) => (on ? [...was, id] : was.filter((one) => one !== id))),
  };
  const keys = useBoardKeys(board.cards, handling);
  if (board.cards.length === 0) return <Empty title={t(`board.none.${view === 'now' ? 'now' : 'board'}`)}>{t('board.none_text')}</Empty>;
  return (
    <>
      {board.more && <Notice tone="info">{t('board.more')}</Notice>}
      {view === 'board' && <Columns board={board} handling={handling} />}
      {view === 'table' && <Cards cards={board.cards} handling={handling} />}
      {view === 'calendar' && <Calendar cards={board.cards} />}
      {view === 'now' && <Present cards={board.cards} />}
      <Keys keys={keys} />
      {step && <StepDialog card={step.card} move={step.move} onClose={() => setStep(undefined)} onDone={load.reload} />}
      {role.value === 'coordinator' && <BulkBar board={board} chosen={here} onClear={() => setChosen([])} onDone={load.reload} />}
    </>
  );
}
