// SPDX-License-Identifier: AGPL-3.0-or-later

// Education, licences and posts: rows that can be added and taken away.
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { optionsOf, useLists, type Named } from '../taxonomy/taxonomy';
import { DateInput, NumberInput, RepeatableList, Select, TextArea, TextInput } from '../ui';
import { count } from './fields';
import { IscoField } from './occupation';
import type { Education, Experience, Fields, Licence } from './types';
import { fieldName } from './words';

/** The fields of ISCED-F in detail; the broader groups repeat their names. */
export function detailed(fields: readonly Named[] | undefined, chosen: string): Named[] {
  return (fields ?? []).filter((one) => one.code.length === 4 || one.code === chosen);
}

export function EducationRows({ form }: { form: Fields<'education'> }) {
  const lists = useLists().data;
  const levels = lists?.iscedLevels.filter((one) => one.code !== '0');
  return (
    <RepeatableList<Education> {...form.bind<Education[]>('education')} label={fieldName('education')} help={t('professionals.help.education')} optional most={20}
      fresh={() => ({ level: -1, field: '', title: '', institution: '', country: '', year: 0 })} one={t('professionals.one.education')} add={t('professionals.add.education')} row={(row, i) => (
        <>
          <div class="form-row">
            <Select {...form.bind(`education[${i}].level`)} value={row.level < 0 ? '' : String(row.level)} onChange={(value) => form.set(`education[${i}].level`, value === '' ? -1 : Number(value))}
              label={t('professionals.education_level')} options={optionsOf(levels)} empty={t('professionals.choose')} width="full" />
            <Select {...form.bind(`education[${i}].field`)} label={t('professionals.education_field')} optional options={optionsOf(detailed(lists?.iscedFields, row.field))} empty={t('professionals.not_said')} width="full" />
          </div>
          <div class="form-row">
            <TextInput {...form.bind(`education[${i}].title`)} label={t('professionals.education_title')} optional maxLength={200} />
            <TextInput {...form.bind(`education[${i}].institution`)} label={t('professionals.institution')} optional maxLength={200} />
          </div>
          <div class="form-row">
            <Select {...form.bind(`education[${i}].country`)} label={t('professionals.country')} optional options={optionsOf(lists?.countries)} empty={t('professionals.not_said')} width="full" />
            <NumberInput {...count(form, `education[${i}].year`)} label={t('professionals.completed')} optional />
          </div>
        </>
      )} />
  );
}

export function LicenceRows({ form, document }: { form: Fields<'licences'>; document?: (row: number) => ComponentChildren }) {
  const lists = useLists().data;
  return (
    <RepeatableList<Licence> {...form.bind<Licence[]>('licences')} label={fieldName('licences')} help={t('professionals.help.licences')} optional most={20}
      fresh={() => ({ body: '', number: '', country: '', isco: '', validFrom: '', validUntil: '', goodStandingOn: '', documentId: '' })} one={t('professionals.one.licences')} add={t('professionals.add.licences')} row={(row, i) => (
        <>
          <div class="form-row">
            <TextInput {...form.bind(`licences[${i}].body`)} label={t('professionals.licence_body')} maxLength={200} />
            <Select {...form.bind(`licences[${i}].country`)} label={t('professionals.country')} options={optionsOf(lists?.countries)} empty={t('professionals.choose_country')} width="full" />
          </div>
          <div class="form-row">
            <TextInput {...form.bind(`licences[${i}].number`)} label={t('professionals.licence_number')} optional maxLength={200} code />
            <DateInput {...form.bind(`licences[${i}].goodStandingOn`)} label={t('professionals.good_standing')} optional />
          </div>
          <IscoField form={form} path={`licences[${i}].isco`} value={row.isco} label={t('professionals.licence_for')} optional />
          <div class="form-row">
            <DateInput {...form.bind(`licences[${i}].validFrom`)} label={t('professionals.valid_from')} optional />
            <DateInput {...form.bind(`licences[${i}].validUntil`)} label={t('professionals.valid_until')} help={t('professionals.help.validUntil')} optional min={row.validFrom} />
          </div>
          {document?.(i)}
        </>
      )} />
  );
}

/** The first or the last day of a month, as posts are remembered by the month. */
export function dayOfMonth(month: string, edge: 'first' | 'last'): string {
  const found = /^(\d{4})-(\d{2})$/.exec(month);
  if (!found) return month;
  if (edge === 'first') return `${month}-01`;
  return new Date(Date.UTC(Number(found[1]), Number(found[2]), 0)).toISOString().slice(0, 10);
}

export function ExperienceRows({ form }: { form: Fields<'experience'> }) {
  const lists = useLists().data;
  const month = (path: string, value: string, edge: 'first' | 'last') => ({ ...form.bind(path), value: value.slice(0, 7), month: true, onChange: (next: string) => form.set(path, dayOfMonth(next, edge)) });
  return (
    <RepeatableList<Experience> {...form.bind<Experience[]>('experience')} label={fieldName('experience')} help={t('professionals.help.experience')} optional most={30}
      fresh={() => ({ title: '', isco: '', employer: '', country: '', from: '', to: '', description: '' })} one={t('professionals.one.experience')} add={t('professionals.add.experience')} row={(row, i) => (
        <>
          <div class="form-row">
            <TextInput {...form.bind(`experience[${i}].title`)} label={t('professionals.post')} maxLength={200} />
            <TextInput {...form.bind(`experience[${i}].employer`)} label={t('professionals.employer')} optional maxLength={200} />
          </div>
          <div class="form-row">
            <DateInput {...month(`experience[${i}].from`, row.from, 'first')} label={t('professionals.from')} optional />
            <DateInput {...month(`experience[${i}].to`, row.to, 'last')} label={t('professionals.to')} help={t('professionals.help.to')} optional />
          </div>
          <div class="form-row">
            <Select {...form.bind(`experience[${i}].country`)} label={t('professionals.country')} optional options={optionsOf(lists?.countries)} empty={t('professionals.not_said')} width="full" />
            <IscoField form={form} path={`experience[${i}].isco`} value={row.isco} optional />
          </div>
          <TextArea {...form.bind(`experience[${i}].description`)} label={t('professionals.description')} optional rows={3} maxLength={5000} />
        </>
      )} />
  );
}
