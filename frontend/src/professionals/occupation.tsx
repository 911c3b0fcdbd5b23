// SPDX-License-Identifier: AGPL-3.0-or-later
import { language, t } from '../i18n';
import { findOccupations } from '../taxonomy/taxonomy';
import { Button, Combobox, TextInput, type Option } from '../ui';
import { useOccupation, useSuggestions } from './occupations';
import type { Fields } from './types';

/** The occupation as one says it, and the group of ISCO-08 that it means. */
export function OccupationFields({ form }: { form: Fields<'occupationTitle' | 'isco'> }) {
  const { occupationTitle, isco } = form.values;
  const suggestions = useSuggestions(occupationTitle);
  return (
    <div class="occupation">
      <TextInput {...form.bind('occupationTitle')} label={t('professionals.field.occupationTitle')} help={t('professionals.help.occupationTitle')} maxLength={200} />
      {suggestions.length > 0 && (
        <div role="group" aria-labelledby={`${form.id}-suggested`} class="suggested">
          <p id={`${form.id}-suggested`} class="muted small">{t('professionals.suggested', { title: occupationTitle.trim() })}</p>
          <div class="cluster">
            {suggestions.map((one) => (
              <Button key={one.code} small pressed={one.code === isco} icon={one.code === isco ? 'check' : undefined} onClick={() => form.set('isco', one.code)}>
                {t('professionals.coded', { code: one.code, title: one.title })}
              </Button>
            ))}
          </div>
        </div>
      )}
      <IscoField form={form} path="isco" help={t('professionals.help.isco')} value={isco} optional />
    </div>
  );
}

interface IscoProps {
  form: Fields<never>;
  path: string;
  value: string;
  help?: string;
  label?: string;
  optional?: boolean;
}

/** A unit group of ISCO-08, found by typing. */
export function IscoField({ form, path, value, help, label, optional }: IscoProps) {
  const title = useOccupation(value);
  const chosen: Option | null = value ? { value, label: title ? t('professionals.coded', { code: value, title }) : value } : null;
  return (
    <Combobox {...form.bind(path)} label={label ?? t('professionals.field.isco')} help={help} optional={optional} value={chosen}
      find={(text, signal) => findOccupations(text, language.value, signal)} onChange={(picked) => form.set(path, picked?.value ?? '')} />
  );
}

/** A code with its title, for reading. */
export function IscoWords({ code }: { code: string }) {
  const title = useOccupation(code);
  return <>{title ? t('professionals.coded', { code, title }) : code}</>;
}
