// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import type { Key } from '../ui';
import type { Card, Handling } from './types';
import { movesOf } from './words';

// The cards in the order in which they stand on the page.
function standing(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-card]')];
}

function current(): HTMLElement | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-card]') ?? undefined;
}

function go(by: number): void {
  const all = standing();
  const here = current();
  const at = here ? all.indexOf(here) + by : 0;
  const next = all[Math.min(Math.max(at, 0), all.length - 1)];
  next?.querySelector<HTMLElement>('a')?.focus();
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The keys of the board: move, select, open, and take the next step. */
export function useBoardKeys(cards: readonly Card[], { chosen, choose, step }: Handling): Key[] {
  const card = () => cards.find((one) => one.id === current()?.dataset.card);
  return [
    { key: 'j', does: t('board.key.next'), act: () => go(1) },
    { key: 'k', does: t('board.key.before'), act: () => go(-1) },
    { key: 'x', does: t('board.key.select'), act: () => { const one = card(); if (one) choose(one.id, !chosen.includes(one.id)); } },
    { key: 'Enter', does: t('board.key.open'), act: () => current()?.querySelector<HTMLElement>('a')?.click() },
    { key: 'm', does: t('board.key.move'), act: () => { const one = card(); const move = one && movesOf(one)[0]; if (one && move) step(one, move); } },
  ];
}
