// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { languageName, number } from '../i18n/format';
import { Badge, type Tone } from '../ui';
import type { LanguageFloor, Need, Post } from './types';

const tones: Record<string, Tone> = {
  SUBMITTED: 'accent', RETURNED: 'caution', VALIDATED: 'accent', APPROVED: 'accent', PUBLISHED: 'good', IN_SELECTION: 'accent', PARTLY_FILLED: 'accent',
  FILLED: 'good', UNDERWAY: 'good', DELIVERED: 'good', REJECTED: 'bad', SUSPENDED: 'caution', CANCELLED: 'bad', STOOD_DOWN: 'bad',
};

/** The state of a need: a word in a frame. */
export function NeedState({ state }: { state: string }) {
  return <Badge tone={tones[state] ?? 'neutral'}>{t(`needs.state.${state}`)}</Badge>;
}

/** A language with its floors: "French: spoken B2, written B1". */
export function floorWords({ language, spoken, written }: Pick<LanguageFloor, 'language' | 'spoken' | 'written'>): string {
  const name = languageName(language);
  if (spoken && written) return spoken === written ? t('needs.floor.same', { name, level: spoken }) : t('needs.floor.both', { name, spoken, written });
  if (spoken) return t('needs.floor.spoken', { name, level: spoken });
  return written ? t('needs.floor.written', { name, level: written }) : name;
}

/** How much of a profession is found: "3 of 5 nurses". The host's word keeps its own direction. */
export function postWords({ filled, headcount, title }: Post): string {
  return t('needs.position_of', { filled: number(filled), all: number(headcount), title: `\u2068${title}\u2069` });
}

/** How many days, as a word of the language. */
export function daysWords(days: number): string {
  return t('needs.days', { count: days });
}

/** The address of a need's page. */
export function needPath(need: Pick<Need, 'reference'> | string, page = ''): string {
  const reference = typeof need === 'string' ? need : need.reference;
  return `/needs/${encodeURIComponent(reference)}${page}`;
}

/** A text of several paragraphs, in its own language and direction. */
export function Paragraphs({ text, lang }: { text: string; lang?: string }) {
  return <>{text.split(/\n\s*\n/).map((one, i) => <p key={i} dir="auto" lang={lang} class="prose">{one}</p>)}</>;
}
