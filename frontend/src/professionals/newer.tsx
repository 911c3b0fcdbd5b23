// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { Button, Section } from '../ui';
import { differing, type Field, type Fields, type ProfileText } from './types';
import { valueWords } from './values';
import { fieldName } from './words';

interface Props {
  /** What is saved now. */
  newest: ProfileText & { updatedAt: string };
  form: Fields<Field>;
  fields: readonly Field[];
}

/** Somebody else saved meanwhile: their words beside what was typed, to take over field by field. */
export function Newer({ newest, form, fields }: Props) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.focus(), [newest.updatedAt]);
  const different = differing(newest, form.values, fields);
  return (
    <div ref={root} tabIndex={-1} class="newer">
      <Section title={t('professionals.newer')} lead={t(different.length > 0 ? 'professionals.newer_text' : 'professionals.newer_same', { when: moment(newest.updatedAt) })}>
        <dl class="comments">
          {different.map((field) => (
            <div key={field}>
              <dt>{fieldName(field)}</dt>
              <dd>
                <p class="newer-text">{valueWords(field, newest[field])}</p>
                <Button small onClick={() => form.set(field, newest[field])}>{t('professionals.newer_take')}{' '}<span class="hidden">{fieldName(field)}</span></Button>
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}
