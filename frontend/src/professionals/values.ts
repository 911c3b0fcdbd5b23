// SPDX-License-Identifier: AGPL-3.0-or-later

// Any value of a profile in a few words: for what changed, and for what somebody
// else saved.
import { t } from '../i18n';
import { country, date, languageName, period } from '../i18n/format';
import { levelWords } from './read-lists';
import type { Education, Experience, Field, Language, Licence, Skill, Window } from './types';

const countries: readonly Field[] = ['originCountry', 'residenceCountry'];
const dates: readonly Field[] = ['birthDate', 'rightOfReturnUntil'];
const coded: readonly Field[] = ['originLink', 'residenceStatus', 'rightOfReturn', 'sex'];
const long = 200;

/** The value of a field in words; empty for none. */
export function valueWords(field: Field, value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.map((row) => rowWords(field, row)).join('\n') : t('ui.not_given');
  if (typeof value === 'boolean') return t(value ? 'professionals.yes' : 'professionals.no');
  const text = String(value ?? '');
  if (text === '' || text === '0') return t('ui.not_given');
  if (countries.includes(field)) return country(text);
  if (dates.includes(field)) return date(text);
  if (coded.includes(field)) return t(`professionals.${field}.${text}`);
  if (field === 'cvLanguage') return languageName(text);
  return text.length > long ? `${text.slice(0, long)}…` : text;
}

/** One row of a list in words. */
export function rowWords(field: Field, row: unknown): string {
  switch (field) {
    case 'skills': return skill(row as Skill);
    case 'languages': return joined(languageName((row as Language).language), levelWords(row as Language));
    case 'education': return joined((row as Education).title, (row as Education).institution, (row as Education).year > 0 && String((row as Education).year));
    case 'licences': return joined((row as Licence).body, (row as Licence).country && country((row as Licence).country), (row as Licence).validUntil && t('professionals.until_date', { date: date((row as Licence).validUntil) }));
    case 'experience': return joined((row as Experience).title, (row as Experience).employer);
    case 'availability': return period((row as Window).from, (row as Window).to);
    default: return String(row);
  }
}

function skill({ label, level, years }: Skill): string {
  return joined(label, level > 0 && t(`professionals.level.${level}`), years > 0 && t('professionals.years_count', { count: years }));
}

function joined(...words: (string | false)[]): string {
  return words.filter(Boolean).join(' · ');
}
