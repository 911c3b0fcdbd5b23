// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number, period } from '../i18n/format';
import { postWords } from '../needs/words';
import { role } from '../session/session';
import { Badge, Bdi, Menu } from '../ui';
import type { Card, Handling } from './types';
import { moveName, movesOf, pathOf, stateName } from './words';

interface Props {
  card: Card;
  handling: Handling;
  onDrag: (card: Card | undefined) => void;
}

/** One person on the board. */
export function BoardCard({ card, handling, onDrag }: Props) {
  const moves = movesOf(card);
  return (
    <li class={handling.chosen.includes(card.id) ? 'board-card board-chosen' : 'board-card'} data-card={card.id} draggable={moves.length > 0}
      onDragStart={(event) => { event.dataTransfer?.setData('text/plain', card.id); onDrag(card); }} onDragEnd={() => onDrag(undefined)}>
      <div class="board-top">
        {role.value === 'coordinator' && <Choose card={card} handling={handling} />}
        <a class="board-person" href={pathOf(card)}><Bdi>{card.person}</Bdi></a>
      </div>
      <span class="board-need" lang={card.language || undefined}><Bdi>{card.title}</Bdi></span>
      {card.position && <span class="board-under">{postWords(card.position)}</span>}
      <span class="muted board-under"><Bdi>{card.organisation}</Bdi></span>
      <span class="muted board-under">{period(card.from, card.to)}</span>
      <Marks card={card} />
      {moves.length > 0 && <MoveMenu card={card} handling={handling} />}
    </li>
  );
}

/** How long it has waited, and what the coordinators put on it. */
export function Marks({ card }: { card: Card }) {
  return (
    <span class="board-marks">
      {card.waited === 0 ? <span class="muted">{t('board.today')}</span> : card.late ? <Badge tone="bad">{t('board.late', { days: number(card.waited), count: card.waited })}</Badge> : <span class="muted">{t('board.waited', { days: number(card.waited), count: card.waited })}</span>}
      {card.tags.map((one) => <Badge key={one}><Bdi>{one}</Bdi></Badge>)}
      {card.assignee && <span class="muted"><Bdi>{card.assignee}</Bdi></span>}
    </span>
  );
}

export function Choose({ card, handling }: { card: Card; handling: Handling }) {
  return (
    <label class="board-choose">
      <input type="checkbox" checked={handling.chosen.includes(card.id)} onChange={(event) => handling.choose(card.id, event.currentTarget.checked)} />
      <span class="hidden">{t('board.choose', { person: card.person })}</span>
    </label>
  );
}

export function MoveMenu({ card, handling }: { card: Card; handling: Handling }) {
  return (
    <Menu name={t('board.move_of', { person: card.person })} label={t('board.move')}>
      {(close) => (
        <ul class="menu-list">
          {movesOf(card).map((one) => (
            <li key={`${one.move} ${one.to}`}>
              <button type="button" class="menu-item" onClick={() => { close(); handling.step(card, one); }}>
                {moveName(card, one)}<span class="menu-under">{t('board.to', { state: stateName(card.record, one.to) })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Menu>
  );
}
