// SPDX-License-Identifier: AGPL-3.0-or-later
import { signal } from '@preact/signals';
import { t } from '../i18n';
import { country, languageName as byBrowser, month } from '../i18n/format';
import type { FacetName, FacetValue } from './types';

/** The server's names of languages, once they are here: browsers do not know all of ours. */
export const languages = signal<ReadonlyMap<string, string>>(new Map());

/** Names a language in the reader's own. */
export function languageName(code: string): string {
  return languages.value.get(code) ?? byBrowser(code);
}

/** Names a value of a facet in the reader's language. */
export function valueName(facet: FacetName, { value, label }: Pick<FacetValue, 'value' | 'label'>): string {
  switch (facet) {
    case 'residence': return country(value);
    case 'month': return month(value);
    case 'language': return languageLevel(value);
    case 'years': return bandName(value);
    case 'modality': return t(`search.modality.${value}`);
    case 'licence': return t(`search.licence.${value}`);
    case 'evidence': return t(`search.evidence.${value}`);
    default: return label || value;
  }
}

/** "fr-B2" in words; the lowest level means any. */
export function languageLevel(value: string): string {
  const [code = '', level = ''] = value.split('-');
  return level === 'A1' || level === '' ? languageName(code) : t('search.language_level', { language: languageName(code), level });
}

function bandName(value: string): string {
  const [from = '', to = ''] = value.split('-');
  return to === '99' ? t('search.years_more', { from }) : t('search.years_band', { from, to });
}

/** "fr B2/B1" as a summary has it: spoken and written. */
export function languageShort(text: string): string {
  const [code = '', levels = ''] = text.split(' ');
  const [spoken = ''] = levels.split('/');
  return `${languageName(code)} ${spoken}`.trim();
}
