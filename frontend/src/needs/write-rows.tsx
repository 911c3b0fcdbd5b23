// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import type { Form } from '../form';
import { t } from '../i18n';
import { findOccupations, findSkills, optionsOf, useLists } from '../taxonomy/taxonomy';
import { Checkbox, Combobox, NumberInput, RepeatableList, Select, TextArea, TextInput, type Option } from '../ui';
import type { Contribution, Counterpart, LanguageFloor, NeedCriterion, NeedText, Output, Position } from './types';

/** What each part of the form gets. */
export interface SectionProps {
  form: Form<NeedText>;
  /** The help of a field, and what the last return says about it. */
  help: (text: string, ...fields: string[]) => ComponentChildren;
}

const most = 40;

/** What shall exist at the end, each with how one will know. */
export function OutputRows({ form, help }: SectionProps) {
  return (
    <RepeatableList<Output> {...form.bind<Output[]>('outputs')} section most={most} ordered label={t('needs.section.outputs')} help={help(t('needs.help.outputs'), 'outputs')}
      fresh={() => ({ output: '', indicator: '' })} one={t('needs.output')} add={t('needs.add.output')} row={(_, i) => (
        <>
          <TextArea {...form.bind(`outputs[${i}].output`)} label={t('needs.output')} rows={2} maxLength={10_000} />
          <TextArea {...form.bind(`outputs[${i}].indicator`)} label={t('needs.indicator')} help={t('needs.help.indicator')} rows={2} maxLength={10_000} />
        </>
      )} />
  );
}

/** The local colleagues who learn. */
export function CounterpartRows({ form, help, least }: SectionProps & { least: number | undefined }) {
  const text = least ? t('needs.help.counterparts_least', { count: least }) : t('needs.help.counterparts');
  return (
    <RepeatableList<Counterpart> {...form.bind<Counterpart[]>('counterparts')} section most={most} label={t('needs.section.counterparts')} help={help(text, 'counterparts')}
      fresh={() => ({ function: '', unit: '' })} one={t('needs.counterpart')} add={t('needs.add.counterpart')} row={(_, i) => (
        <div class="form-row">
          <TextInput {...form.bind(`counterparts[${i}].function`)} label={t('needs.function')} maxLength={300} />
          <TextInput {...form.bind(`counterparts[${i}].unit`)} label={t('needs.unit')} optional maxLength={300} />
        </div>
      )} />
  );
}

/** The skills that are asked for: of the vocabulary, or in the host's words alone. */
export function CriteriaRows({ form, help }: SectionProps) {
  const find = async (text: string, signal: AbortSignal): Promise<Option[]> => [
    ...(await findSkills(text, form.values.language, signal)), { value: `words:${text}`, label: text, hint: t('needs.own_words') }];
  const pick = (i: number, picked: Option | null) => {
    const concept = picked && !picked.value.startsWith('words:') ? picked.value : '';
    form.set(`criteria[${i}].concept`, concept);
    form.set(`criteria[${i}].label`, picked?.label ?? '');
  };
  return (
    <RepeatableList<NeedCriterion> {...form.bind<NeedCriterion[]>('criteria')} section most={most} label={t('needs.criteria')} help={help(t('needs.help.criteria'), 'criteria')}
      fresh={() => ({ concept: '', label: '', required: true, weight: 3 })} one={t('needs.skill')} add={t('needs.add.criterion')} row={(row, i) => (
        <>
          <Combobox {...form.bind(`criteria[${i}].label`)} error={form.errors[`criteria[${i}].label`] ?? form.errors[`criteria[${i}].concept`]} label={t('needs.skill')} find={find}
            help={row.label && !row.concept ? t('needs.help.own_words') : undefined}
            value={row.label ? { value: row.concept || `words:${row.label}`, label: row.label } : null} onChange={(picked) => pick(i, picked)} />
          <div class="form-row">
            <Select {...form.bind(`criteria[${i}].required`)} label={t('needs.kind_of_wish')} value={row.required ? 'yes' : 'no'}
              onChange={(value) => form.set(`criteria[${i}].required`, value === 'yes')}
              options={[{ value: 'yes', label: t('needs.required') }, { value: 'no', label: t('needs.desirable') }]} />
            <Select {...form.bind(`criteria[${i}].weight`)} label={t('needs.weight')} value={String(row.weight)} onChange={(value) => form.set(`criteria[${i}].weight`, Number(value))}
              options={[1, 2, 3, 4, 5].map((one) => ({ value: String(one), label: t('needs.weight_option', { number: one, word: t(`needs.weight.${one}`) }) }))} />
          </div>
        </>
      )} />
  );
}

/** The languages of the work. */
export function LanguageRows({ form, help }: SectionProps) {
  const lists = useLists().data;
  const levels = (lists?.cefr ?? []).filter(Boolean).map((one) => ({ value: one, label: one }));
  return (
    <RepeatableList<LanguageFloor> {...form.bind<LanguageFloor[]>('languages')} section most={most} label={t('needs.languages')} help={help(t('needs.help.languages'), 'languages')}
      fresh={() => ({ language: '', spoken: 'B2', written: 'B1', required: true })} one={t('needs.language')} add={t('needs.add.language')} row={(row, i) => (
        <>
          <div class="form-row">
            <Select {...form.bind(`languages[${i}].language`)} label={t('needs.language')} options={optionsOf(lists?.languages)} empty={t('needs.choose')} />
            <Select {...form.bind(`languages[${i}].required`)} label={t('needs.kind_of_wish')} value={row.required ? 'yes' : 'no'}
              onChange={(value) => form.set(`languages[${i}].required`, value === 'yes')}
              options={[{ value: 'yes', label: t('needs.required') }, { value: 'no', label: t('needs.desirable') }]} />
          </div>
          <div class="form-row">
            <Select {...form.bind(`languages[${i}].spoken`)} label={t('needs.spoken')} options={levels} empty={t('needs.not_asked')} />
            <Select {...form.bind(`languages[${i}].written`)} label={t('needs.written')} options={levels} empty={t('needs.not_asked')} />
          </div>
        </>
      )} />
  );
}

/** The professions that the number of people is made of. */
export function PositionRows({ form, help }: SectionProps) {
  const { positions, language } = form.values;
  const change = (rows: Position[]) => {
    form.set('positions', rows);
    if (rows.length > 0) form.set('headcount', rows.reduce((sum, one) => sum + one.headcount, 0));
  };
  const put = (i: number, part: Partial<Position>) => change(positions.map((one, at) => (at === i ? { ...one, ...part } : one)));
  return (
    <RepeatableList<Position> {...form.bind<Position[]>('positions')} onChange={change} section most={most} optional label={t('needs.positions')} help={help(t('needs.help.positions'), 'positions')}
      fresh={() => ({ isco: '', title: '', headcount: 1, licenceRequired: false })} one={t('needs.position')} add={t('needs.add.position')} row={(row, i) => (
        <>
          <Combobox {...form.bind(`positions[${i}].isco`)} label={t('needs.position')} find={(text, signal) => findOccupations(text, language, signal)}
            value={row.isco ? { value: row.isco, label: row.title || row.isco } : null}
            onChange={(picked) => put(i, { isco: picked?.value ?? '', ...(picked && !row.title ? { title: picked.label } : {}) })} />
          <div class="form-row">
            <TextInput {...form.bind(`positions[${i}].title`)} label={t('needs.position_title')} maxLength={300} />
            <NumberInput {...form.bind<number>(`positions[${i}].headcount`)} label={t('needs.position_count')} value={row.headcount || null} onChange={(value) => put(i, { headcount: value ?? 0 })} />
          </div>
          <Checkbox {...form.bind<boolean>(`positions[${i}].licenceRequired`)} label={t('needs.field.licence')} />
        </>
      )} />
  );
}

const kinds = ['lodging', 'meals', 'local_transport', 'workspace', 'equipment', 'interpreter', 'security', 'other'];

/** What the host gives in kind. */
export function ContributionRows({ form, help }: SectionProps) {
  return (
    <RepeatableList<Contribution> {...form.bind<Contribution[]>('contributions')} section most={most} label={t('needs.section.contributions')} optional
      help={help(t('needs.help.contributions'), 'contributions')} fresh={() => ({ kind: 'lodging', description: '' })} one={t('needs.contribution')} add={t('needs.add.contribution')} row={(_, i) => (
        <div class="form-row">
          <Select {...form.bind(`contributions[${i}].kind`)} label={t('needs.contribution')} options={kinds.map((one) => ({ value: one, label: t(`needs.kind.${one}`) }))} />
          <TextInput {...form.bind(`contributions[${i}].description`)} label={t('needs.description')} optional />
        </div>
      )} />
  );
}
