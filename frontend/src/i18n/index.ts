// SPDX-License-Identifier: AGPL-3.0-or-later

// Strings in the language of the reader. A language is one file and is loaded when
// somebody chooses it, English too: nobody waits for a language that they do not
// read. Every folder may bring strings.<language>.json beside its screens; this
// folder brings the rest. A test holds that every language has every key.
import { computed, signal } from '@preact/signals';
import { Fragment, h, type ComponentChildren } from 'preact';

export type Language = 'en' | 'fr' | 'ar' | 'pt';
type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;
export type Messages = Record<string, string | Forms>;
type Values = Record<string, string | number>;

export const languages: readonly Language[] = ['en', 'fr', 'ar', 'pt'];

const files = import.meta.glob<Messages>(['./{en,fr,ar,pt}.json', '../*/strings.{en,fr,ar,pt}.json'], { import: 'default' });

const state = signal<{ language: Language; messages: Messages }>({ language: 'en', messages: {} });

/** The language of the screens. */
export const language = computed(() => state.value.language);
/** The writing direction of that language. */
export const direction = computed(() => directionOf(state.value.language));

function directionOf(of: Language): 'ltr' | 'rtl' {
  return of === 'ar' ? 'rtl' : 'ltr';
}

/** Loads a language and turns the whole page to it. */
export async function speak(wanted: Language): Promise<void> {
  const parts = await Promise.all(
    Object.entries(files)
      .filter(([file]) => file.endsWith(`/${wanted}.json`) || file.endsWith(`.${wanted}.json`))
      .map(([, load]) => load()),
  );
  state.value = { language: wanted, messages: Object.assign({}, ...parts) as Messages };
  document.documentElement.lang = wanted;
  document.documentElement.dir = directionOf(wanted);
}

/** Picks the language to start with: what was chosen here, else what the browser asks for. */
export function preferredLanguage(chosen: string | null, asked: readonly string[]): Language {
  for (const tag of [chosen ?? '', ...asked]) {
    const found = languages.find((one) => tag.toLowerCase().split('-')[0] === one);
    if (found) return found;
  }
  return 'en';
}

/** Tells whether a string exists, for keys that come from the server such as codes of problems. */
export function has(key: string): boolean {
  return key in state.value.messages;
}

/**
 * Returns the string of a key. `count` chooses among plural forms; {names} are
 * filled in, numbers in the way of the language.
 */
export function t(key: string, values: Values = {}): string {
  return find(key, values['count']).replace(/\{(\w+)\}/g, (hole, name: string) => shown(values[name], hole));
}

/** The same as t, for sentences that hold elements: <T k="home.lead" name={<Bdi>…</Bdi>} />. */
export function T({ k, count, ...parts }: { k: string; count?: number } & Record<string, ComponentChildren>) {
  const all: Record<string, ComponentChildren> = count === undefined ? parts : { ...parts, count: shown(count, '') };
  const pieces = find(k, count).split(/\{(\w+)\}/).map((piece, i) => (i % 2 ? (all[piece] ?? `{${piece}}`) : piece));
  return h(Fragment, null, ...pieces);
}

function find(key: string, count: string | number | undefined): string {
  const { language: own, messages } = state.value;
  const entry = messages[key];
  if (entry === undefined) {
    if (import.meta.env.DEV) console.error(`No string for the key ${key}.`);
    return key;
  }
  return typeof entry === 'string' ? entry : formOf(entry, own, count);
}

function formOf(forms: Forms, of: Language, count: string | number | undefined): string {
  const rule = new Intl.PluralRules(locales[of]).select(Number(count ?? 0));
  return forms[rule] ?? forms.other ?? '';
}

function shown(value: string | number | undefined, hole: string): string {
  if (value === undefined) return hole;
  if (typeof value === 'number') return new Intl.NumberFormat(locale()).format(value);
  return direction.value === 'rtl' || /[\u0590-\u08ff\ufb1d-\ufefc]/.test(value) ? isolate(value) : value;
}

// Unicode isolates keep a piece of the other direction from upsetting the
// sentence around it, also in attributes and titles where no element can.
function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

// British order of dates, Latin digits in Arabic, and the Portuguese of Europe
// and Africa, where nought is plural ("pt" alone is Brazil's).
const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr', ar: 'ar-u-nu-latn', pt: 'pt-PT' };

/** The locale for Intl. */
export function locale(): string {
  return locales[state.value.language];
}
