// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';
import { number } from '../i18n/format';
import { t } from '../i18n';

type Schemas = components['schemas'];
export type Paper = Schemas['DocumentView'];
export type Suggestion = Schemas['SuggestionView'];
export type Reading = Omit<Schemas['ReadingView'], 'suggestions'> & { suggestions: Suggestion[] };
export type Feed = Schemas['FeedView'];
export type MeterView = Schemas['MeterView'];

/** What papers may be; the server looks at the bytes. */
export const papers = '.pdf,.jpg,.jpeg,.png,.docx,.odt';
export const curricula = '.pdf,.docx,.odt,.txt,.json,.xml';

/** Where a document is fetched to be saved. */
export const documentHref = (id: string) => `/api/v1/me/documents/${id}`;

/** How large a file is, in words. */
export function sizeWords(bytes: number): string {
  return bytes < 1024 * 1024 ? t('me.file.kilobytes', { size: number(Math.max(1, Math.round(bytes / 1024))) }) : t('me.file.megabytes', { size: number(Math.round(bytes / 104857.6) / 10) });
}
