// SPDX-License-Identifier: AGPL-3.0-or-later
import { language, t } from '../i18n';
import { LinkButton } from './button';

interface Props {
  /** The address of the export below the API, such as /needs/export. */
  path: string;
  /** What narrows the list now; the file is narrowed the same way. */
  query?: Record<string, string | undefined>;
}

/** Links to the list as a spreadsheet: what is shown, and no more than that. */
export function TakeAway({ path, query = {} }: Props) {
  const asked = new URLSearchParams({ language: language.value });
  for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value);
  return (
    <p class="cluster small">
      <span class="muted">{t('ui.take_away')}</span>
      {(['xlsx', 'csv'] as const).map((format) => <LinkButton key={format} kind="quiet" href={`/api/v1${path}?${asked.toString()}&format=${format}`} download>{format.toUpperCase()}</LinkButton>)}
    </p>
  );
}
