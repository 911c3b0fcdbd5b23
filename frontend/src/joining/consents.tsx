// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import type { Notice } from '../professionals/types';
import { Checkbox, Loaded } from '../ui';
import { NoticeText, useNotices } from './notice';

/** A purpose that was ticked, with the text that was read. */
export interface Given {
  purpose: string;
  version: string;
  language: string;
}

/** Ticks a purpose or takes the tick away. */
export function ticked(given: readonly Given[], notice: Notice, on: boolean): Given[] {
  const others = given.filter((one) => one.purpose !== notice.purpose);
  return on ? [...others, { purpose: notice.purpose, version: notice.version, language: notice.language }] : others;
}

interface Props {
  id: string;
  value: readonly Given[];
  onChange: (given: Given[]) => void;
  errors: Record<string, string>;
}

/** One purpose after the other: what it means, in full, and a box of its own. Nothing is ticked before the person does. */
export function ConsentChoices({ id, value, onChange, errors }: Props) {
  const notices = useNotices();
  return (
    <Loaded load={notices} waiting={t('joining.loading_notices')}>
      {({ items }) => (
        <ul>
          {items.map((notice) => (
            <li key={notice.purpose} class="consent">
              <h3>{notice.title}</h3>
              <NoticeText notice={notice} />
              <div class="consent-tick">
                <Checkbox id={`${id}-consent-${notice.purpose}`} label={t(`joining.consent.${notice.purpose}`)} help={notice.required ? t('joining.consent_needed') : undefined}
                  value={value.some((one) => one.purpose === notice.purpose)} error={errorOf(errors, value, notice)} onChange={(on) => onChange(ticked(value, notice, on))} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

/** Says plainly what it means not to tick the one without which nobody is found. */
export function NotFound({ given }: { given: readonly Given[] }) {
  if (given.some((one) => one.purpose === 'registry_search')) return null;
  return <p class="muted">{t('joining.not_found')}</p>;
}

// The server names a consent by its place in what was sent.
function errorOf(errors: Record<string, string>, value: readonly Given[], notice: Notice): string | undefined {
  const at = value.findIndex((one) => one.purpose === notice.purpose);
  return at < 0 ? undefined : Object.entries(errors).find(([path]) => path.startsWith(`consents[${at}]`))?.[1];
}
