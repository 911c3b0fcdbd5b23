// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { problemOf, type Problem } from '../api/problem';
import { language, t } from '../i18n';
import { number } from '../i18n/format';
import { Badge, Bdi, Button, ProblemNotice, Section, Select, Table, TextArea, announce, type Column } from '../ui';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import type { Link, Trial } from './types';

/** Shows what a title, a skill or a text means to the program, and by which words. */
export function TryBox() {
  const lists = useLists().data;
  const [asked, setAsked] = useState({ text: '', language: '' });
  const [state, setState] = useState<{ trial?: Trial; problem?: Problem; busy?: boolean }>({});
  const show = async (event?: Event) => {
    event?.preventDefault();
    setState((was) => ({ ...was, busy: true }));
    try {
      const { data } = await call<Trial>('POST', '/vocabulary/try', { body: asked, query: { reader: language.value } });
      setState({ trial: data });
      announce(t('vocabulary.tried', { count: data.occupations.length + data.mentions.length }));
    } catch (thrown) {
      setState({ problem: problemOf(thrown) });
    }
  };
  return (
    <Section title={t('vocabulary.try')} lead={t('vocabulary.try_lead')}>
      <form class="form" noValidate onSubmit={(event) => void show(event)}>
        <TextArea id="try-text" label={t('vocabulary.try_text')} rows={2} maxLength={20000} value={asked.text} onChange={(text) => setAsked({ ...asked, text })} />
        <div class="vocabulary-try">
          <Select id="try-language" label={t('vocabulary.try_language')} optional options={optionsOf(lists?.languages)} empty={t('vocabulary.any_language')}
            value={asked.language} onChange={(tag) => setAsked({ ...asked, language: tag })} />
          <Button type="submit" busy={state.busy === true}>{t('vocabulary.try_action')}</Button>
        </div>
      </form>
      {state.problem && <ProblemNotice problem={state.problem} onRetry={() => void show()} />}
      {state.trial && <Result trial={state.trial} />}
    </Section>
  );
}

function Result({ trial: { occupations, skill, skills, fields, mentions } }: { trial: Trial }) {
  return (
    <div class="stack vocabulary-result">
      <h3>{t('vocabulary.as_title')}</h3>
      {occupations.length === 0 ? <p class="muted">{t('vocabulary.as_title_none')}</p>
        : <Table caption={t('vocabulary.as_title')} columns={columns} rows={occupations} rowKey={(one) => one.concept} />}
      <h3>{t('vocabulary.as_skill')}</h3>
      <p>{skill ? <><a href={hrefOf(skill)}>{skill.label}</a> {skill.local && <Local />}</> : <span class="muted">{t('vocabulary.as_skill_none')}</span>}</p>
      {!skill && skills.length > 0 && <Table caption={t('vocabulary.as_skills')} columns={columns} rows={skills} rowKey={(one) => one.concept} />}
      {fields.length > 0 && (
        <>
          <h3>{t('vocabulary.as_field')}</h3>
          <Table caption={t('vocabulary.as_field')} columns={fieldColumns} rows={fields} rowKey={(one) => one.concept} />
        </>
      )}
      <h3>{t('vocabulary.as_text')}</h3>
      {mentions.length === 0 ? <p class="muted">{t('vocabulary.as_text_none')}</p> : (
        <ul class="vocabulary-mentions">
          {mentions.map((one, i) => (
            <li key={i}><mark><Bdi>{one.words}</Bdi></mark> <a href={hrefOf({ kind: 'skill', concept: one.concept })}>{one.label}</a> {one.local && <Local />}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const columns: readonly Column<Link>[] = [
  { key: 'label', get header() { return t('vocabulary.kind.occupation'); }, names: true, cell: (one) => <a href={hrefOf(one)}>{one.label}<code class="muted under" dir="ltr">{one.concept}</code></a> },
  { key: 'matched', get header() { return t('vocabulary.matched'); }, cell: (one) => <><Bdi>{one.matched}</Bdi> {one.local && <Local />}</> },
  { key: 'weight', get header() { return t('vocabulary.weight'); }, number: true, cell: (one) => one.weight > 0 ? number(one.weight / 10, 1) : <span class="muted">{t('vocabulary.unweighed')}</span> },
];

const fieldColumns: readonly Column<Link>[] = [
  { key: 'label', get header() { return t('vocabulary.as_field'); }, names: true, cell: (one) => <>{one.label}<code class="muted under" dir="ltr">{one.concept}</code></> },
  ...columns.slice(1),
];

function hrefOf({ kind, concept }: { kind: string; concept: string }): string {
  return `/vocabulary?${new URLSearchParams({ kind, id: concept })}`;
}

function Local() {
  return <Badge tone="good">{t('vocabulary.origin.local')}</Badge>;
}
