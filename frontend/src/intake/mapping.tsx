// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { problemOf, type Problem as Refusal } from '../api/problem';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import { Badge, Bdi, Checkbox, Fieldset, Notice, ProblemNotice, Section, Select, Table } from '../ui';
import { fields, links, type Import, type ImportColumn, type Settings } from './types';

interface Props { one: Import; load: Load<Import> }

/** How the file is read: what was detected, what is in doubt, and what each column is about. */
export function Columns({ one, load }: Props) {
  const [refusal, setRefusal] = useState<Refusal>();
  const lists = useLists().data;
  const change = async (settings: Partial<Settings>) => {
    setRefusal(undefined);
    try {
      load.replace(await call<Import>('PUT', `/imports/${one.id}`, { body: { ...one.settings, ...settings }, ifMatch: load.etag }));
    } catch (thrown) {
      setRefusal(problemOf(thrown));
    }
  };
  const choose = (column: ImportColumn, field: string, order = column.order) => change({
    columns: [...one.settings.columns.filter((other) => other.letter !== column.letter), { letter: column.letter, field, order, decimal: column.decimal }],
  });
  return (
    <>
      <Detected one={one} />
      {one.doubts.map((doubt) => (
        <Notice key={doubt.about + doubt.column} tone="warning" title={t(`intake.doubt.${doubt.about}`, { column: doubt.column })}>
          <Select id={`doubt-${doubt.about}-${doubt.column}`} label={t('intake.doubt_choose')} value="" empty={t('intake.choose_one')}
            options={[doubt.taken, ...doubt.others].map((value) => ({ value, label: doubt.about === 'order' ? t(`intake.order.${value}`) : value === '\t' ? '⇥' : value }))}
            onChange={(value) => {
              const column = one.columns.find((other) => other.letter === doubt.column);
              if (doubt.about === 'order' && column) void choose(column, column.field, value);
              else void change({ [doubt.about]: value });
            }} />
        </Notice>
      ))}
      {refusal && <ProblemNotice problem={refusal} />}
      <Section title={t('intake.columns')}>
        <p class="muted">{t('intake.columns_text')}</p>
        <Table caption={t('intake.columns')} rows={one.columns} rowKey={(column) => column.letter} columns={[
          { key: 'column', header: t('intake.column'), names: true, cell: (column) => <><span class="muted" dir="ltr">{column.letter}</span> <Bdi>{column.name || t('intake.no_name')}</Bdi>{column.twice && <> <Badge>{t('intake.twice')}</Badge></>}</> },
          { key: 'samples', header: t('intake.samples'), cell: (column) => <span class="muted small">{column.samples.map((sample, i) => <span key={sample}>{i > 0 && ' · '}<Bdi>{sample}</Bdi></span>)}</span> },
          { key: 'field', header: t('intake.about'), cell: (column) => (
            <Select id={`column-${column.letter}`} label={t('intake.about_column', { column: column.letter })} hideLabel width="full" value={column.field} empty={t('intake.left_out')}
              options={fields.map((field) => ({ value: field, label: t(`intake.field.${field}`) }))} onChange={(field) => void choose(column, field)} />
          ) },
          { key: 'sure', header: t('intake.sure'), number: true, cell: (column) => column.field === '' ? '–' : column.chosen ? t('intake.chosen') : t('intake.percent', { share: number(Math.round(Math.min(column.sure, 1000) / 10)) }) },
        ]} />
        <Fieldset id="import-everybody" label={t('intake.everybody')} help={t('intake.everybody_help')}>
          <div class="import-tools">
            {(['originCountry', 'residenceCountry'] as const).map((name) => (
              <Select key={name} id={`import-${name}`} label={t(`intake.field.${name}`)} value={one.settings[name]} empty={t('intake.not_said')}
                options={optionsOf(lists?.countries)} onChange={(code) => void change({ [name]: code })} />
            ))}
            <Select id="import-originLink" label={t('intake.field.originLink')} value={one.settings.originLink} empty={t('intake.not_said')}
              options={links.map((link) => ({ value: link, label: t(`intake.link.${link}`) }))} onChange={(originLink) => void change({ originLink })} />
          </div>
        </Fieldset>
        <Checkbox id="import-lenient" label={t('intake.lenient')} help={t('intake.lenient_help')} value={one.settings.lenient} onChange={(lenient) => void change({ lenient })} />
        <Checkbox id="import-add" label={t('intake.add_duplicates')} help={t('intake.add_duplicates_help')} value={one.settings.addDuplicates} onChange={(addDuplicates) => void change({ addDuplicates })} />
      </Section>
    </>
  );
}

/** What the file is, in one line, and what its owner should know about it. */
function Detected({ one }: { one: Import }) {
  const facts = [one.format.toUpperCase(), one.encoding, one.delimiter && t('intake.delimiter', { mark: one.delimiter === '\t' ? '⇥' : one.delimiter }), one.sheet, t('intake.header_row', { row: number(one.headerRow) })].filter(Boolean);
  return (
    <>
      <p class="muted">{facts.map((fact, i) => <span key={fact}>{i > 0 && ' · '}<Bdi>{fact}</Bdi></span>)}</p>
      {one.notes.map((note) => <p key={note.code} class="muted small">{t(`intake.note.${note.code}`, { count: note.count, n: number(note.count) })}</p>)}
    </>
  );
}
