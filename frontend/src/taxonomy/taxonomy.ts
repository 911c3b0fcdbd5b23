// SPDX-License-Identifier: AGPL-3.0-or-later

// The vocabulary: lists of codes with their names, and search while one types.
import { call, type Answer } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { language } from '../i18n';
import type { Option } from '../ui';

export interface Named {
  code: string;
  name: string;
}

export interface Lists {
  countries: Named[];
  languages: Named[];
  iscedLevels: Named[];
  iscedFields: Named[];
  sectors: Named[];
  cefr: string[];
}

interface Skill {
  id: string;
  label: string;
  matched: string;
  sector: string;
}

interface Occupation {
  code: string;
  title: string;
  matched: string;
}

// The lists change with a release only: one request a language is enough.
const asked = new Map<string, Promise<Answer<Lists>>>();

function listsIn(tag: string): Promise<Answer<Lists>> {
  let waiting = asked.get(tag);
  if (!waiting) {
    waiting = call<Lists>('GET', '/taxonomy/lists', { query: { language: tag }, anonymous: true });
    waiting.catch(() => asked.delete(tag));
    asked.set(tag, waiting);
  }
  return waiting;
}

/** The lists of codes, named in the reader's language. */
export function useLists(): Load<Lists> {
  const tag = language.value;
  return useLoad(() => listsIn(tag), [tag]);
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
  const { data } = await call<{ items: Skill[] }>('GET', '/taxonomy/skills', { query: { q: text, language: tag }, signal });
  return data.items.map((one) => ({ value: one.id, label: one.label, ...hintOf(one.matched, one.label) }));
}

/** Finds occupations of ISCO-08 by the words of a language. */
export async function findOccupations(text: string, tag: string, signal: AbortSignal): Promise<Option[]> {
  const { data } = await call<{ items: Occupation[] }>('GET', '/taxonomy/occupations', { query: { q: text, language: tag }, signal });
  return data.items.map((one) => ({ value: one.code, label: one.title, hint: one.code }));
}

function hintOf(matched: string, label: string): { hint?: string } {
  return matched && matched.toLowerCase() !== label.toLowerCase() ? { hint: matched } : {};
}
