// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import { Button, Checkbox, RepeatableList, Select, type Option } from '../ui';
import { abilities, type Fields, type Language } from './types';
import { fieldName, levelled, sameLevel } from './words';

function freshLanguage(): Language {
  return { language: '', native: false, listening: '', reading: '', interaction: '', production: '', writing: '' };
}

/** Languages with a level of the Common European Framework for each ability. */
export function LanguageRows({ form }: { form: Fields<'languages'> }) {
  const lists = useLists().data;
  const levels = (lists?.cefr ?? []).map((one) => ({ value: one, label: t('professionals.cefr_option', { level: one, word: t(`professionals.cefr.${one}`) }) }));
  return (
    <RepeatableList<Language> {...form.bind<Language[]>('languages')} label={fieldName('languages')} help={t('professionals.help.languages')} optional most={20}
      fresh={freshLanguage} one={t('professionals.one.languages')} add={t('professionals.add.languages')} row={(row, i) => (
        <LanguageRow form={form} at={`languages[${i}]`} row={row} levels={levels} languages={optionsOf(lists?.languages)} />
      )} />
  );
}

interface RowProps {
  form: Fields<'languages'>;
  at: string;
  row: Language;
  levels: Option[];
  languages: Option[];
}

function LanguageRow({ form, at, row, levels, languages }: RowProps) {
  const same = sameLevel(row);
  const [apart, setApart] = useState(same === undefined);
  const native = (on: boolean) => {
    // Who grew up with a language has mastered it, unless they say otherwise.
    form.set(at, { ...(on && same === '' ? levelled(row, 'C2') : row), native: on });
  };
  return (
    <>
      <div class="form-row language-row">
        <Select {...form.bind(`${at}.language`)} label={t('professionals.language')} options={languages} empty={t('professionals.choose')} width="full" />
        {apart ? <span /> : (
          <Select {...form.bind(`${at}.listening`)} label={t('professionals.level_all')} value={same ?? ''} options={levels} empty={t('professionals.choose')} width="full"
            onChange={(level) => form.set(at, levelled(row, level))} />
        )}
      </div>
      {apart && (
        <div class="abilities">
          {abilities.map((ability) => (
            <Select key={ability} {...form.bind(`${at}.${ability}`)} label={t(`professionals.ability.${ability}`)} options={levels} empty={t('professionals.level_none')} width="full" />
          ))}
        </div>
      )}
      <div class="cluster">
        <Checkbox {...form.bind<boolean>(`${at}.native`)} onChange={native} label={t('professionals.native')} />
        {apart
          ? <Button small kind="quiet" onClick={() => { setApart(false); form.set(at, levelled(row, row.interaction || row.listening)); }}>{t('professionals.level_same')}</Button>
          : <Button small kind="quiet" onClick={() => setApart(true)}>{t('professionals.level_apart')}</Button>}
      </div>
    </>
  );
}
