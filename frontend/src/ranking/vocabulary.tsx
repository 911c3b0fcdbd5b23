// SPDX-License-Identifier: AGPL-3.0-or-later

// The names of the codes in a ranking, asked for once and at hand in every card.
import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { useLists, useNames, type Lists, type Names } from '../taxonomy/taxonomy';
import type { FrozenCandidate } from './types';

export interface Vocabulary {
  lists: Lists | undefined;
  names: Names;
}

const Context = createContext<Vocabulary>({ lists: undefined, names: new Map() });

/** The names that the cards around may use. */
export function useVocabulary(): Vocabulary {
  return useContext(Context);
}

/** Asks for the names of every skill and occupation that the candidates' criteria speak of. */
export function WithVocabulary({ candidates, children }: { candidates: readonly FrozenCandidate[]; children: ComponentChildren }) {
  const lists = useLists().data;
  const names = useNames(codesIn(candidates));
  return <Context.Provider value={{ lists, names }}>{children}</Context.Provider>;
}

const named = /^(skill\.|occupation$|licence$|text$)/;

/** The codes of skills and occupations that criteria meet on. */
export function codesIn(candidates: readonly FrozenCandidate[]): string[] {
  return [...new Set(candidates.flatMap((one) => one.criteria.filter((criterion) => named.test(criterion.name)).map((criterion) => criterion.concept)))];
}
