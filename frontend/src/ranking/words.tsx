// SPDX-License-Identifier: AGPL-3.0-or-later

// The criteria in words. The server sends the words of both sides as they stand;
// what is a code among them is spelt out here in the reader's language.
import { t } from '../i18n';
import { country, date, languageName, listed, number, period } from '../i18n/format';
import { floorWords } from '../needs/words';
import { nameIn, type Lists, type Names } from '../taxonomy/taxonomy';
import { Bdi } from '../ui';
import type { Criterion } from './types';
import { useVocabulary } from './vocabulary';

/** What a criterion is called in a table. */
export function criterionName({ name }: Pick<Criterion, 'name'>): string {
  return t(`ranking.criterion.${name}`);
}

interface EvidenceProps {
  criterion: Criterion;
  side: 'need' | 'person';
  /** The language that the need is written in. */
  lang?: string | undefined;
}

/** What one side says to a criterion. */
export function Evidence({ criterion, side, lang }: EvidenceProps) {
  const { lists } = useVocabulary();
  const text = criterion.evidence[side];
  if (!text) return <span class="muted">{t(side === 'person' ? 'ranking.says_nothing' : 'needs.not_asked')}</span>;
  const spelt = spell(criterion.name, text, lists);
  if (spelt !== undefined) return <Bdi>{spelt}</Bdi>;
  return <span lang={side === 'need' ? lang : undefined} class="quoted"><Bdi>{text}</Bdi></span>;
}

/** Spells out a text that holds codes; undefined for words that somebody wrote. */
export function spell(name: string, text: string, lists?: Lists): string | undefined {
  switch (name) {
    case 'language': return languageWords(text);
    case 'modality': return listed(text.split(', ').map((one) => t(`needs.modality.${one}`)));
    case 'experience': return /^\d+$/.test(text) ? t('ranking.years', { count: Number(text) }) : undefined;
    case 'availability': return availability(text);
    case 'occupation': return coded(text, (code) => t('ranking.isco', { code }));
    case 'education.level': return coded(text, (code) => nameIn(lists?.iscedLevels, code));
    case 'education.field': return coded(text, (code) => nameIn(lists?.iscedFields, code));
    case 'licence': return licence(text);
    case 'experience.recency': return post(text);
    case 'missions': return missions(text);
    default: return undefined;
  }
}

/** "fr B2/B1" as "French: B2 spoken, B1 written". */
export function languageWords(text: string): string {
  const found = /^(\S+) (\S+)\/(\S+)$/.exec(text);
  if (!found) return text;
  const level = (one: string | undefined) => (one && /^[ABC][12]$/.test(one) ? one : '');
  return floorWords({ language: found[1] ?? '', spoken: level(found[2]), written: level(found[3]) });
}

/** The same, as short as a line about a person needs it: "French B2/B1". */
export function languageShort(text: string, lists: Lists | undefined): string {
  const [code = '', spoken = '', written = ''] = text.split(/[ /]/);
  const name = nameIn(lists?.languages, code);
  return t('ranking.language_short', { name: name === code ? languageName(code) : name, level: spoken === written ? spoken : `${spoken}/${written}` });
}

// "2027-06-07 – 2027-07-16, 40": the period, and the days that are asked for or that the person stays at most.
function availability(text: string): string | undefined {
  const found = /^(\d{4}-\d\d-\d\d) – (\d{4}-\d\d-\d\d), (\d+)$/.exec(text);
  return found ? t('ranking.period_days', { period: period(found[1] ?? '', found[2] ?? ''), count: Number(found[3]) }) : undefined;
}

// A code, and the words that somebody wrote with it.
function coded(text: string, name: (code: string) => string): string | undefined {
  const found = /^(\d+)(?:\s+(.+))?$/.exec(text);
  if (!found?.[1]) return undefined;
  return found[2] ? t('ranking.with_code', { text: found[2], code: name(found[1]) }) : name(found[1]);
}

// "2221, 2027-04-25" on the need's side, "Council (GH), 2028-01-01" on the person's.
function licence(text: string): string | undefined {
  const found = /^(.*), (\d{4}-\d\d-\d\d|\?)$/.exec(text);
  if (!found) return undefined;
  const body = (found[1] ?? '').replace(/\(([A-Z]{2})\)$/, (_, code: string) => `(${country(code)})`);
  const what = /^\d{4}$/.test(body) ? t('ranking.isco', { code: body }) : body;
  return found[2] === '?' ? t('ranking.licence_open', { what }) : t('ranking.licence_until', { what, date: date(found[2] ?? '') });
}

// "2027-06-07" on the need's side, "2016-01-01 – 2024-06-30, Agronomo" on the person's; a post that is still held has no end.
function post(text: string): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return t('ranking.recency_need', { date: date(text) });
  const found = /^(\S*) – (\S*), (.*)$/.exec(text);
  if (!found) return undefined;
  const [, from = '', to = '', title = ''] = found;
  return to ? t('ranking.with_code', { text: title, code: from ? period(from, to) : date(to) }) : t('ranking.post_since', { title, date: date(from) });
}

// "2132" on the need's side, "2: 2026-03-01 2132 SN" on the person's: how many, and the last.
function missions(text: string): string | undefined {
  if (/^\d{4}$/.test(text)) return t('ranking.isco', { code: text });
  const found = /^(\d+): (\d{4}-\d\d-\d\d)?.*?([A-Z]{2})?$/.exec(text);
  if (!found?.[1]) return undefined;
  return t('ranking.missions_done', { count: Number(found[1]), country: found[3] ? country(found[3]) : '–', date: found[2] ? date(found[2]) : '–' });
}

/** The concept between the two sides, in the reader's words. */
export function conceptName({ name, concept, conceptLabel }: Criterion, lists?: Lists, names?: Names): string {
  if (name === 'occupation' || name === 'licence') return concept && occupationName(concept, names);
  if (name === 'language') return concept && languageName(concept);
  if (name === 'education.field') return concept && nameIn(lists?.iscedFields, concept);
  // Until the name has come: identifiers of skills are their English label, "agriculture.drip-irrigation".
  return names?.get(concept) ?? (conceptLabel || concept.replace(/^[a-z]+\./, '').replaceAll('-', ' '));
}

function occupationName(code: string, names: Names | undefined): string {
  const name = names?.get(code);
  return name ? t('ranking.isco_named', { name, code }) : t('ranking.isco', { code });
}

/** The points of a criterion: "132 of 180". */
export function points({ points: given, of }: Criterion): string {
  return t('ui.meter', { value: number(given), max: number(of) });
}
