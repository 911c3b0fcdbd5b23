// SPDX-License-Identifier: AGPL-3.0-or-later

// The vocabulary: lists of codes with their names, and search while one types.
import { signal } from '@preact/signals';
import { call, type Answer, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import type { components } from '../api/schema.gen';
import { language } from '../i18n';
import type { Option } from '../ui';

type Schemas = components['schemas'];
export type Named = Schemas['NamedCode'];
export type Lists = Schemas['CodeLists'];

/** The line that ESCO asks for, once the vocabulary is used and holds ESCO; it stands in the footer. */
export const escoNotice = signal('');

// The lists change with a release only: one request a language is enough.
const asked = new Map<string, Promise<Answer<Lists>>>();

function listsIn(tag: string): Promise<Answer<Lists>> {
  let waiting = asked.get(tag);
  if (!waiting) {
    waiting = call<Lists>('GET', '/taxonomy/lists', { query: { language: tag }, anonymous: true });
    waiting.then(({ data }) => (escoNotice.value = data.esco?.notice ?? ''), () => asked.delete(tag));
    asked.set(tag, waiting);
  }
  return waiting;
}

/** The lists of codes, named in the reader's language. */
export function useLists(): Load<Lists> {
  const tag = language.value;
  return useLoad(() => listsIn(tag), [tag]);
}

/** Names of codes, by code; empty until the server has answered. */
export type Names = ReadonlyMap<string, string>;

const none: Names = new Map();

/** The names of skills and occupations in the reader's language. A page stays readable while they are on their way. */
export function useNames(codes: readonly string[]): Names {
  const tag = language.value;
  const wanted = [...new Set(codes.filter(Boolean))].sort().slice(0, 100).join(',');
  const load = useLoad<Names>(async (signal) => {
    if (!wanted) return { data: none, etag: '', status: 200 };
    const answer = await call<List<Named>>('GET', '/taxonomy/names', { query: { codes: wanted, language: tag }, signal, anonymous: true });
    return { ...answer, data: new Map(answer.data.items.map((one) => [one.code, one.name])) };
  }, [wanted, tag]);
  return load.data ?? none;
}

/** Turns a list of codes into what a Select offers. */
export function optionsOf(list: readonly Named[] | undefined): Option[] {
  return (list ?? []).map((one) => ({ value: one.code, label: one.name }));
}

/** Names a code of a list; the code itself where the list does not know it. */
export function nameIn(list: readonly Named[] | undefined, code: string): string {
  return list?.find((one) => one.code === code)?.name ?? code;
}

/** Finds skills by the words of a language; the synonym that was met stands beside the label. */
export async function findSkills(text: string, tag: string, signal: AbortSignal): Promise<Option[]> {
  const { data } = await call<List<Schemas['SkillSuggestion']>>('GET', '/taxonomy/skills', { query: { q: text, language: tag }, signal });
  return data.items.map((one) => ({ value: one.id, label: one.label, ...hintOf(one.matched, one.label) }));
}

/** Finds occupations of ISCO-08 by the words of a language. */
export async function findOccupations(text: string, tag: string, signal: AbortSignal): Promise<Option[]> {
  const { data } = await call<List<Schemas['OccupationSuggestion']>>('GET', '/taxonomy/occupations', { query: { q: text, language: tag }, signal });
  return data.items.map((one) => ({ value: one.code, label: one.title, hint: one.code }));
}

function hintOf(matched: string, label: string): { hint?: string } {
  return matched && matched.toLowerCase() !== label.toLowerCase() ? { hint: matched } : {};
}
