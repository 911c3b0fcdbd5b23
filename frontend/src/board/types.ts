// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

export type Board = components['schemas']['BoardView'];
export type Card = components['schemas']['BoardCard'];
export type Move = components['schemas']['BoardMove'];
export type Effect = components['schemas']['BulkEffect'];
export type Act = components['schemas']['BulkView'];
export type ActKind = 'decline' | 'remind' | 'tag' | 'untag' | 'assign';

/** Everything about one card that the views hand on. */
export interface Handling {
  chosen: readonly string[];
  choose: (id: string, on: boolean) => void;
  step: (card: Card, move: Move) => void;
}
