// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef } from 'preact/hooks';
import type { Form } from '../form';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { Bdi, Button, Section } from '../ui';
import { fieldName } from './fields';
import { textFields, type Need, type NeedText } from './types';

/** The fields in which the newest version differs from what was typed here. */
export function differing(newest: NeedText, typed: NeedText): (keyof NeedText)[] {
  return textFields.filter((field) => JSON.stringify(newest[field]) !== JSON.stringify(typed[field]));
}

/** Somebody else saved meanwhile: their text beside what was typed, to take over field by field. */
export function Newer({ newest, form }: { newest: Need; form: Form<NeedText> }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.focus(), []);
  const fields = differing(newest, form.values);
  return (
    <div ref={root} tabIndex={-1} class="newer">
      <Section title={t('needs.newer')} lead={t(fields.length > 0 ? 'needs.newer_text' : 'needs.newer_same', { when: moment(newest.updatedAt) })}>
        <dl class="comments">
          {fields.map((field) => (
            <div key={field}>
              <dt>{fieldName(field)}</dt>
              <dd>
                <p class="newer-text"><Bdi>{shown(newest[field])}</Bdi></p>
                <Button small onClick={() => form.set(field, newest[field])}>{t('needs.newer_take')}<span class="hidden"> {fieldName(field)}</span></Button>
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}

/** A value as lines of text, enough to tell whose it is. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map((row) => Object.values(row as object).filter((one) => typeof one === 'string' && one !== '').join(' – ')).join('\n') || t('ui.not_given');
  if (typeof value === 'boolean') return t(value ? 'needs.yes' : 'needs.no');
  return String(value ?? '') || t('ui.not_given');
}
