// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import type { Card, Move } from './types';

/** Where a card leads to. */
export function pathOf(card: Card): string {
  return card.record === 'placement' ? `/placements/${card.reference}` : `/candidacies/${card.id}`;
}

/** The state of a card, as its own pages call it. */
export function stateName(record: string, state: string): string {
  return t(record === 'placement' ? `placements.state.${state}` : `selection.state.${state}`);
}

interface Road {
  verb: string;
  decision?: 'yes' | 'no';
}

const roads: Record<string, Road> = {
  dismiss: { verb: 'dismiss' }, endorse: { verb: 'endorse', decision: 'yes' }, no_object: { verb: 'no-objection', decision: 'yes' }, object: { verb: 'no-objection', decision: 'no' },
  approve: { verb: 'approve', decision: 'yes' },
};

/** Whether a step of a candidacy is one of its table of steps, asked for as its own page does; the others have roads of their own. */
export function tabled(card: Card, move: Move): boolean {
  return card.record === 'candidacy' && (!(move.move in roads || move.move === 'refuse') || move.evidence.includes('reason_code'));
}

/** How a step of a candidacy is asked for. Who refuses is whoever may do the opposite. */
export function roadOf(card: Card, move: string): Road {
  if (move !== 'refuse') return roads[move] ?? { verb: move };
  return { verb: card.moves.some((one) => one.move === 'approve') ? 'approve' : 'endorse', decision: 'no' };
}

/** The name of a step, as its own pages call it. */
export function moveName(card: Card, move: Move): string {
  if (card.record === 'placement') return t(`placements.move.${move.move}`);
  if (move.move === 'shortlist') return t('board.act.shortlist');
  if (tabled(card, move)) return t(`selection.move.${move.move}`);
  const road = roadOf(card, move.move);
  return t(`selection.act.${road.verb}.${road.decision ?? 'no'}`);
}

/** The steps that are taken from the board; cancelling asks for more and stands on the page itself. */
export function movesOf(card: Card): Move[] {
  return card.moves.filter((one) => one.move !== 'cancel');
}
