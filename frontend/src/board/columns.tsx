// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { BoardCard } from './card';
import type { Board, Card, Handling } from './types';
import { movesOf, stateName } from './words';

interface Column {
  record: string;
  state: string;
  cards: Card[];
}

// A state has a column while somebody is in it, or could be by one step.
function columnsOf(board: Board): Column[] {
  const all = [
    ...board.candidacyStates.map((state) => ({ record: 'candidacy', state })), ...board.placementStates.map((state) => ({ record: 'placement', state })),
  ].map((one) => ({ ...one, cards: board.cards.filter((card) => card.record === one.record && card.state === one.state) }));
  const reachable = new Set(board.cards.flatMap((card) => movesOf(card).map((move) => `${card.record} ${move.to}`)));
  return all.filter((one) => one.cards.length > 0 || reachable.has(`${one.record} ${one.state}`));
}

/** The board: one column a state. A card is moved by drag, by its menu, or by keys, and only where it may go. */
export function Columns({ board, handling }: { board: Board; handling: Handling }) {
  const [dragged, setDragged] = useState<Card | undefined>();
  return (
    <div class="board" role="region" aria-label={t('board.view.board')} tabIndex={0}>
      {columnsOf(board).map((one) => <ColumnOf key={`${one.record} ${one.state}`} column={one} handling={handling} dragged={dragged} onDrag={setDragged} />)}
    </div>
  );
}

function ColumnOf({ column, handling, dragged, onDrag }: { column: Column; handling: Handling; dragged: Card | undefined; onDrag: (card: Card | undefined) => void }) {
  const { record, state, cards } = column;
  const move = dragged?.record === record ? movesOf(dragged).find((one) => one.to === state) : undefined;
  const name = stateName(record, state);
  return (
    <section class={`board-column${move ? ' board-open' : ''}`} aria-label={`${t(`board.record.${record}`)}: ${name}`}
      onDragOver={(event) => move && event.preventDefault()}
      onDrop={(event) => { event.preventDefault(); if (dragged && move) handling.step(dragged, move); onDrag(undefined); }}>
      <header class="board-head"><span class="muted board-kind">{t(`board.record.${record}`)}</span><h2 class="board-name">{name} <span class="muted">{number(cards.length)}</span></h2></header>
      <ul class="board-cards">
        {cards.map((one) => <BoardCard key={one.id} card={one} handling={handling} onDrag={onDrag} />)}
      </ul>
      {cards.length === 0 && <p class="muted board-empty">{t('board.empty')}</p>}
    </section>
  );
}
