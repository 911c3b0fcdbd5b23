// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Form } from '../form';
import { t } from '../i18n';
import { session, type Programme } from '../session/session';
import { findOccupations, nameIn, optionsOf, useLists } from '../taxonomy/taxonomy';
import { Checkbox, Combobox, DateInput, Fieldset, NumberInput, RadioGroup, Select, TextArea, TextInput } from '../ui';
import { RemarksOn } from './remarks';
import type { NeedText, Remark } from './types';
import { ContributionRows, CounterpartRows, CriteriaRows, LanguageRows, OutputRows, PositionRows, type SectionProps } from './write-rows';

interface Props {
  form: Form<NeedText>;
  remarks: readonly Remark[];
  programme: Programme | undefined;
}

/** The whole form, in the order in which one thinks about a need. */
export function FormSections({ form, remarks, programme }: Props) {
  const help: SectionProps['help'] = (text, ...fields) => {
    const asked = remarks.some((one) => fields.includes(one.field.replace(/[[.].*$/, '')));
    if (!asked) return text || undefined;
    return <>{text && <span>{text}</span>}<RemarksOn remarks={remarks} fields={fields} /></>;
  };
  const least = (programme ?? session.value?.acting?.programme)?.minimumCounterparts;
  return (
    <>
      <About form={form} help={help} />
      <OutputRows form={form} help={help} />
      <CounterpartRows form={form} help={help} least={least} />
      <Person form={form} help={help} />
      <PositionRows form={form} help={help} />
      <CriteriaRows form={form} help={help} />
      <LanguageRows form={form} help={help} />
      <Stay form={form} help={help} />
      <ContributionRows form={form} help={help} />
      <Declarations form={form} help={help} />
    </>
  );
}

function About({ form, help }: SectionProps) {
  const lists = useLists().data;
  return (
    <Fieldset id={`${form.id}-about`} label={t('needs.section.about')} section>
      <TextInput {...form.bind('title')} label={t('needs.field.title')} help={help(t('needs.help.title'), 'title')} maxLength={300} />
      <div class="form-row">
        <Select {...form.bind('language')} label={t('needs.written_in')} help={help('', 'language')} options={optionsOf(lists?.languages)} empty={t('needs.choose')} />
        <Select {...form.bind('sector')} label={t('needs.sector')} help={help('', 'sector')} options={optionsOf(lists?.sectors)} empty={t('needs.choose')} />
      </div>
      <TextArea {...form.bind('background')} label={t('needs.background')} help={help(t('needs.help.background'), 'background')} rows={6} maxLength={10_000} />
      <TextArea {...form.bind('objectives')} label={t('needs.objectives')} help={help(t('needs.help.objectives'), 'objectives')} rows={5} maxLength={10_000} />
      <TextInput {...form.bind('prioritySector')} label={t('needs.priority')} help={help(t('needs.help.priority'), 'prioritySector')} optional maxLength={300} />
    </Fieldset>
  );
}

function Person({ form, help }: SectionProps) {
  const lists = useLists().data;
  const { isco, occupationTitle, language, licenceRequired, positions } = form.values;
  const wordsFor = isco ? { value: isco, label: occupationTitle ? t('needs.isco_with', { code: isco, title: occupationTitle }) : isco } : null;
  return (
    <Fieldset id={`${form.id}-person`} label={t('needs.section.person')} section>
      <TextInput {...form.bind('occupationTitle')} label={t('needs.field.occupation_title')} help={help(t('needs.help.occupation_title'), 'occupationTitle')} optional maxLength={300} />
      <Combobox {...form.bind('isco')} label={t('needs.occupation')} help={help(t('needs.help.isco'), 'isco')} value={wordsFor}
        find={(text, signal) => findOccupations(text, language, signal)}
        onChange={(picked) => {
          form.set('isco', picked?.value ?? '');
          if (picked && !form.values.occupationTitle) form.set('occupationTitle', picked.label);
        }} />
      <div class="form-row">
        <NumberInput {...count(form, 'yearsExperience')} label={t('needs.field.experience')} help={help('', 'yearsExperience')} unit={t('needs.unit_years')} optional />
        <Select {...form.bind('educationLevel')} value={form.values.educationLevel > 0 ? String(form.values.educationLevel) : ''} label={t('needs.education')} optional
          help={help('', 'educationLevel')} onChange={(value) => form.set('educationLevel', Number(value))} options={optionsOf(lists?.iscedLevels.filter((one) => one.code !== '0'))} empty={t('needs.not_asked')} />
      </div>
      <Select {...form.bind('educationField')} label={t('needs.education_field')} help={help('', 'educationField')} optional options={optionsOf(lists?.iscedFields)} empty={t('needs.not_asked')} width="full" />
      <Checkbox {...form.bind<boolean>('licenceRequired')} label={t('needs.field.licence')} help={help(t('needs.help.licence'), 'licenceRequired')} />
      {(licenceRequired || positions.some((one) => one.licenceRequired)) && <TextInput {...form.bind('regulator')} label={t('needs.field.regulator')} help={help(t('needs.help.regulator'), 'regulator')} maxLength={300} />}
    </Fieldset>
  );
}

function Stay({ form, help }: SectionProps) {
  const lists = useLists().data;
  const host = session.value?.acting?.organisation.country ?? '';
  return (
    <Fieldset id={`${form.id}-when`} label={t('needs.section.when')} section>
      <div class="form-row">
        <DateInput {...form.bind('startsOn')} label={t('needs.first_day')} help={help('', 'startsOn')} />
        <DateInput {...form.bind('endsOn')} label={t('needs.last_day')} help={help('', 'endsOn')} min={form.values.startsOn} />
      </div>
      <NumberInput {...count(form, 'shortestDays')} label={t('needs.shortest')} help={help(t('needs.help.shortest'), 'shortestDays')} unit={t('needs.unit_days')} optional />
      <RadioGroup {...form.bind('modality')} label={t('needs.modality')} help={help('', 'modality')}
        options={['onsite', 'hybrid', 'virtual'].map((one) => ({ value: one, label: t(`needs.modality.${one}`), hint: t(`needs.modality_help.${one}`) }))} />
      <NumberInput {...count(form, 'headcount')} label={t('needs.headcount')} help={help(form.values.positions.length > 0 ? t('needs.headcount_sum') : '', 'headcount')} />
      <Checkbox {...form.bind<boolean>('relay')} label={t('needs.field.relay')} help={help(t('needs.help.relay'), 'relay')} />
      {form.values.relay && <NumberInput {...count(form, 'overlapDays')} label={t('needs.field.overlap')} help={help(t('needs.help.overlap'), 'overlapDays')} unit={t('needs.unit_days')} />}
      <TextInput {...form.bind('dutyStation')} label={t('needs.duty_station')} help={help(t('needs.help.duty_station'), 'dutyStation')} maxLength={300} />
      <Select {...form.bind('country')} label={t('needs.country')} help={help('', 'country')} optional options={optionsOf(lists?.countries)}
        empty={t('needs.country_of_host', { country: nameIn(lists?.countries, host) })} />
      <div class="form-row">
        <TextInput {...form.bind('unit')} label={t('needs.unit')} help={help('', 'unit')} optional maxLength={300} />
        <TextInput {...form.bind('supervisor')} label={t('needs.supervisor')} help={help(t('needs.help.supervisor'), 'supervisor')} maxLength={300} />
      </div>
    </Fieldset>
  );
}

function Declarations({ form, help }: SectionProps) {
  return (
    <Fieldset id={`${form.id}-declarations`} label={t('needs.section.declarations')} section>
      <Checkbox {...form.bind<boolean>('nonSubstitution')} label={t('needs.field.non_substitution')} help={help(t('needs.help.non_substitution'), 'nonSubstitution')} />
    </Fieldset>
  );
}

/** A number of the form that is 0 while the field is empty. */
function count(form: Form<NeedText>, path: keyof NeedText) {
  const bound = form.bind<number>(path);
  return { ...bound, value: bound.value || null, onChange: (value: number | null) => bound.onChange(value ?? 0) };
}
