// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Form } from '../form';
import { t } from '../i18n';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import { Bdi, Notice, RepeatableList, Select, TextArea, TextInput } from '../ui';
import { fields, kinds, noReferee, type Application, type Referee, type Text } from './types';

/** What an organisation says of itself. What was remarked stands above its field. */
export function OrganisationFields<V extends Text>({ form, remarks = [] }: { form: Form<V>; remarks?: Application['remarks'] }) {
  const lists = useLists().data;
  const remark = (field: string) => <Remarked remarks={remarks} field={field} />;
  return (
    <>
      {remark('kind')}
      <Select {...form.bind('kind')} label={t('partners.field.kind')} empty={t('partners.choose')} options={kinds.map((one) => ({ value: one, label: t(`partners.kind.${one}`) }))} />
      {remark('name')}
      <TextInput {...form.bind('name')} label={t('partners.field.name')} help={t('partners.help.name')} maxLength={200} />
      {remark('country')}{remark('place')}
      <div class="form-row">
        <Select {...form.bind('country')} label={t('partners.field.country')} options={optionsOf(lists?.countries)} empty={t('professionals.choose_country')} />
        <TextInput {...form.bind('place')} label={t('partners.field.place')} optional maxLength={200} />
      </div>
      {remark('website')}
      <TextInput {...form.bind('website')} type="url" label={t('partners.field.website')} help="https://example.org" optional maxLength={300} width="medium" />
      {remark('summary')}
      <TextArea {...form.bind('summary')} label={t('partners.field.summary')} help={t('partners.help.summary')} rows={5} maxLength={2000} />
      {remark('officerName')}
      <TextInput {...form.bind('officerName')} label={t('partners.field.officerName')} help={t('partners.help.officer')} maxLength={200} width="medium" />
      {remark('referees')}
      <RepeatableList {...form.bind<Referee[]>('referees')} section label={t('partners.field.referees')} help={t('partners.help.referees')} one={t('partners.referee')} add={t('partners.add_referee')} fresh={noReferee} most={4}
        row={(_, i) => (
          <>
            <TextInput {...form.bind(`referees[${i}].name`)} label={t('partners.referee_name')} maxLength={200} />
            <TextInput {...form.bind(`referees[${i}].organisation`)} label={t('partners.referee_organisation')} maxLength={200} />
            <TextInput {...form.bind(`referees[${i}].contact`)} label={t('partners.referee_contact')} help={t('partners.referee_contact_help')} maxLength={200} />
          </>
        )} />
    </>
  );
}

/** What is to be mended in one field, as the newest round says. */
export function Remarked({ remarks, field }: { remarks: Application['remarks']; field: string }) {
  const last = Math.max(0, ...remarks.map((one) => one.round));
  const found = remarks.find((one) => one.round === last && one.field === field);
  return found ? <Notice tone="warning" title={t('partners.please_mend', { field: fieldName(field) })}><Bdi>{found.words}</Bdi></Notice> : null;
}

/** The name of a field, as its label says. */
export function fieldName(field: string): string {
  return fields.some((one) => one === field) ? t(`partners.field.${field}`) : field;
}
