// SPDX-License-Identifier: AGPL-3.0-or-later

// Narrowing and sorting those who are shown, without asking the server: the
// ranking itself stays what it is, and so do the ranks.
import { country, languageName } from '../i18n/format';
import type { FrozenCandidate } from './types';

export const sorts = ['score', 'experience', 'free', 'stay'] as const;
export type Sort = (typeof sorts)[number];

export const shows = ['all', 'complete', 'new', 'chosen'] as const;
export type Show = (typeof shows)[number];

export interface Sifting {
  words: string;
  show: Show;
  sort: Sort;
}

/** Reads a choice that came with the address; what is not one of ours is the first. */
export function oneOf<C extends string>(all: readonly [C, ...C[]], value: string): C {
  return all.find((one) => one === value) ?? all[0];
}

/** Letters without their marks, so that "maraichage" finds "maraîchage". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Those who fit the choice, in the order that was chosen; of equals the better rank comes first. */
export function sifted<C extends FrozenCandidate>(candidates: readonly C[], { words, show, sort }: Sifting, chosen: readonly string[]): C[] {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  return candidates
    .filter((one) => shown(one, show, chosen) && wanted.every((word) => textOf(one).includes(word)))
    .sort((a, b) => order(a, b, sort) || a.rank - b.rank);
}

function shown(one: FrozenCandidate, show: Show, chosen: readonly string[]): boolean {
  switch (show) {
    case 'complete': return one.criteria.every((criterion) => criterion.name !== 'skill.required' || criterion.status === 'met');
    case 'new': return !one.candidacyState;
    case 'chosen': return chosen.includes(one.person);
    default: return true;
  }
}

function order(a: FrozenCandidate, b: FrozenCandidate, sort: Sort): number {
  switch (sort) {
    case 'experience': return b.summary.yearsExperience - a.summary.yearsExperience;
    case 'stay': return b.summary.longestDays - a.summary.longestDays;
    case 'free': return firstDay(a).localeCompare(firstDay(b));
    default: return 0;
  }
}

// Who says nothing of their time comes last.
function firstDay({ summary }: FrozenCandidate): string {
  return summary.availability.map((one) => one.from).sort()[0] ?? '9999';
}

const texts = new WeakMap<FrozenCandidate, string>();

// Everything on a card that one may look for.
function textOf(one: FrozenCandidate): string {
  let text = texts.get(one);
  if (text === undefined) {
    const { summary, criteria, person } = one;
    text = folded([
      person, summary.occupationTitle, country(summary.residenceCountry), ...summary.languages.map((spoken) => languageName(spoken.split(' ')[0] ?? '')),
      ...criteria.flatMap((criterion) => [criterion.evidence.person, criterion.points > 0 ? criterion.conceptLabel : '']),
    ].join(' '));
    texts.set(one, text);
  }
  return text;
}
