// SPDX-License-Identifier: AGPL-3.0-or-later

// The fields of a profile outside its lists, each with the help that one needs.
import { t } from '../i18n';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import { Checkbox, DateInput, Fieldset, NumberInput, RadioGroup, RepeatableList, Select, TextArea, TextInput } from '../ui';
import type { Field, Fields, ProfileText, Window } from './types';
import { choices, fieldName, modalities, originLinks, residenceStatuses, rights, sexes } from './words';

/** A number of the form that is 0 while its field is empty. */
export function count(form: Fields<never>, path: string) {
  const bound = form.bind<number>(path);
  return { ...bound, value: bound.value || null, onChange: (value: number | null) => bound.onChange(value ?? 0) };
}

export function NameFields({ form }: { form: Fields<'givenName' | 'familyName'> }) {
  return (
    <div class="form-row">
      <TextInput {...form.bind('givenName')} label={fieldName('givenName')} maxLength={200} />
      <TextInput {...form.bind('familyName')} label={fieldName('familyName')} optional maxLength={200} />
    </div>
  );
}

export function EmailField({ form, help }: { form: Fields<'email'>; help?: string }) {
  return <TextInput {...form.bind('email')} type="email" label={fieldName('email')} help={help} maxLength={254} width="medium" />;
}

export function PersonFields({ form }: { form: Fields<'phone' | 'sex' | 'birthDate'> }) {
  return (
    <>
      <TextInput {...form.bind('phone')} type="tel" label={fieldName('phone')} help={t('professionals.help.phone')} optional width="medium" />
      <div class="form-row">
        <DateInput {...form.bind('birthDate')} label={fieldName('birthDate')} optional />
        <Select {...form.bind('sex')} label={fieldName('sex')} help={t('professionals.help.sex')} optional options={choices('sex', sexes)} empty={t('professionals.not_said')} />
      </div>
    </>
  );
}

export function OriginCountryField({ form }: { form: Fields<'originCountry'> }) {
  const lists = useLists().data;
  return <Select {...form.bind('originCountry')} label={fieldName('originCountry')} options={optionsOf(lists?.countries)} empty={t('professionals.choose_country')} />;
}

/** How one is tied to the country: it says who needs a visa, and nobody is ranked by it. */
export function OriginLinkField({ form }: { form: Fields<'originLink'> }) {
  return <Select {...form.bind('originLink')} label={fieldName('originLink')} optional options={choices('originLink', originLinks)} empty={t('professionals.not_said')} />;
}

export function ResidenceCountryField({ form }: { form: Fields<'residenceCountry'> }) {
  const lists = useLists().data;
  return <Select {...form.bind('residenceCountry')} label={fieldName('residenceCountry')} options={optionsOf(lists?.countries)} empty={t('professionals.choose_country')} />;
}

export function ResidenceFields({ form }: { form: Fields<'residencePlace' | 'residenceStatus' | 'rightOfReturn' | 'rightOfReturnUntil'> }) {
  const right = (value: string) => {
    form.set('rightOfReturn', value);
    // A last day makes sense with a yes only.
    if (value !== 'yes') form.set('rightOfReturnUntil', '');
  };
  return (
    <>
      <div class="form-row">
        <TextInput {...form.bind('residencePlace')} label={fieldName('residencePlace')} optional maxLength={200} />
        <Select {...form.bind('residenceStatus')} label={fieldName('residenceStatus')} optional options={choices('residenceStatus', residenceStatuses)} empty={t('professionals.not_said')} width="full" />
      </div>
      <RadioGroup {...form.bind('rightOfReturn')} onChange={right} label={fieldName('rightOfReturn')} help={t('professionals.help.rightOfReturn')} optional inline options={choices('rightOfReturn', rights)} />
      {form.values.rightOfReturn === 'yes' && (
        <DateInput {...form.bind('rightOfReturnUntil')} label={fieldName('rightOfReturnUntil')} help={t('professionals.help.rightOfReturnUntil')} optional />
      )}
    </>
  );
}

export function WorkFields({ form }: { form: Fields<'yearsExperience' | 'summary'> }) {
  return (
    <>
      <NumberInput {...count(form, 'yearsExperience')} label={fieldName('yearsExperience')} unit={t('professionals.unit_years')} optional />
      <TextArea {...form.bind('summary')} label={fieldName('summary')} help={t('professionals.help.summary')} optional rows={3} maxLength={2000} />
    </>
  );
}

type Stay = 'availability' | 'onsite' | 'virtual' | 'hybrid' | 'longestDays' | 'noticeDays';

/** When the person is free, for how long, and in which way they work. */
export function StayFields({ form }: { form: Fields<Stay> }) {
  return (
    <>
      <RepeatableList<Window> {...form.bind<Window[]>('availability')} label={fieldName('availability')} help={t('professionals.help.availability')} optional most={24}
        fresh={() => ({ from: '', to: '' })} one={t('professionals.one.availability')} add={t('professionals.add.availability')} row={(row, i) => (
          <div class="form-row">
            <DateInput {...form.bind(`availability[${i}].from`)} label={t('professionals.first_day')} />
            <DateInput {...form.bind(`availability[${i}].to`)} label={t('professionals.last_day')} min={row.from} />
          </div>
        )} />
      <Fieldset id={`${form.id}-modality`} label={t('professionals.modality')} help={t('professionals.help.modality')}>
        <div class="choices">
          {modalities.map((one) => <Checkbox key={one} {...form.bind<boolean>(one)} label={fieldName(one)} help={t(`professionals.help.${one}`)} />)}
        </div>
      </Fieldset>
      <div class="form-row">
        <NumberInput {...count(form, 'longestDays')} label={fieldName('longestDays')} help={t('professionals.help.longestDays')} unit={t('professionals.unit_days')} optional />
        <NumberInput {...count(form, 'noticeDays')} label={fieldName('noticeDays')} help={t('professionals.help.noticeDays')} unit={t('professionals.unit_days')} optional />
      </div>
    </>
  );
}

export function CvFields({ form }: { form: Fields<'cvText' | 'cvLanguage'> }) {
  const lists = useLists().data;
  return (
    <>
      <Select {...form.bind('cvLanguage')} label={fieldName('cvLanguage')} optional={!form.values.cvText} options={optionsOf(lists?.languages)} empty={t('professionals.choose')} />
      <TextArea {...form.bind('cvText')} label={fieldName('cvText')} help={t('professionals.help.cvText')} optional rows={10} maxLength={60_000} />
    </>
  );
}

/** How much of a part is filled in, in a few words; undefined when nothing is. */
export function filledWords(values: ProfileText, fields: readonly Field[]): string | undefined {
  const empty = (one: unknown) => one === '' || one === 0 || (Array.isArray(one) && one.length === 0) || typeof one === 'boolean';
  const lists = fields.map((name) => values[name]).filter((one) => Array.isArray(one));
  const rows = lists.reduce((sum, one) => sum + one.length, 0);
  if (rows > 0) return t('professionals.entries', { count: rows });
  const filled = fields.filter((name) => !empty(values[name])).length;
  return filled > 0 ? t('professionals.filled', { count: filled }) : undefined;
}
