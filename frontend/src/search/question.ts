// SPDX-License-Identifier: AGPL-3.0-or-later

// What is looked for. The words may be a name, so they never stand in the address:
// they live in the state of the history. What is chosen in facets says nothing about
// a person, and stands in the address so that a link brings it again.
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { facetNames, type Choices, type FacetName } from './types';

export interface Question {
  q: string;
  exact: boolean;
  choices: Choices;
}

interface Words {
  q: string;
  exact: boolean;
}

const none: Words = { q: '', exact: false };
// What another page asks for, until the search page has opened.
let coming: Words | undefined;

/** The address of a search; its words are handed over by openSearch. */
export function searchPath(choices: Choices): string {
  const parts = new URLSearchParams();
  for (const name of facetNames) {
    const values = choices[name];
    if (values && values.length > 0) parts.set(name, values.join(','));
  }
  const text = parts.toString().replaceAll('%2C', ',');
  return text ? `/search?${text}` : '/search';
}

/** Opens the search page with a question. */
export function openSearch(route: (url: string) => void, question: Question): void {
  coming = { q: question.q, exact: question.exact };
  route(searchPath(question.choices));
}

function wordsOf(state: unknown): Words {
  const held = (state as { search?: Partial<Words> } | null)?.search;
  return { q: typeof held?.q === 'string' ? held.q : '', exact: held?.exact === true };
}

function choicesOf(query: Record<string, string>): Choices {
  const out: Choices = {};
  for (const name of facetNames) {
    const values = (query[name] ?? '').split(',').filter(Boolean).slice(0, 50);
    if (values.length > 0) out[name] = values;
  }
  return out;
}

/** The question of the page, and how to ask another. */
export function useQuestion() {
  const { query, url, route } = useLocation();
  const [words, setWords] = useState<Words>(() => coming ?? wordsOf(history.state));
  // The router writes the address and forgets the state beside it.
  useEffect(() => {
    coming = undefined;
    if (wordsOf(history.state).q !== words.q || wordsOf(history.state).exact !== words.exact) history.replaceState({ search: words }, '');
  }, [url, words]);
  useEffect(() => {
    const back = (event: PopStateEvent) => setWords(wordsOf(event.state));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);

  const choices = choicesOf(query);
  const ask = (next: Words) => {
    if (next.q === words.q && next.exact === words.exact) return;
    if (words.q !== '') history.pushState({ search: next }, '');
    setWords(next);
  };
  const choose = (next: Choices) => route(searchPath(next), true);
  const toggle = (name: FacetName, value: string, on: boolean, instead: readonly string[] = []) => {
    const kept = (choices[name] ?? []).filter((one) => one !== value && !instead.includes(one));
    choose({ ...choices, [name]: on ? [...kept, value] : kept });
  };
  const clear = () => {
    setWords(none);
    choose({});
  };
  return { q: words.q, exact: words.exact, choices, ask, toggle, choose, clear };
}

/** How many values are chosen in all facets. */
export function countOf(choices: Choices): number {
  return facetNames.reduce((sum, name) => sum + (choices[name]?.length ?? 0), 0);
}
