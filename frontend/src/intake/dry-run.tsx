// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { language, t } from '../i18n';
import { country, number } from '../i18n/format';
import { Badge, Bdi, LinkButton, Loaded, Notice, Section, Select, Table } from '../ui';
import type { Check, Import, Preview, Problem } from './types';
import { CountsLine, Progress } from './words';

/** What would happen: counts, the first rows as they will be, and everything that is wrong. */
export function DryRun({ one, onDecide }: { one: Import; onDecide: OnDecide }) {
  const load = useLoad<Check>((signal) => call('GET', `/imports/${one.id}/check`, { query: { language: language.value }, signal }), [one.id, one.version, language.value]);
  const waiting = load.data !== undefined && !load.data.ready;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(load.reload, 700);
    return () => clearInterval(timer);
  }, [waiting]);
  return (
    <Loaded load={load} waiting={t('intake.checking')}>
      {(check) => check.ready ? <Result one={one} check={check} onDecide={onDecide} /> : <Progress label={t('intake.checking')} value={check.looked} max={check.total} />}
    </Loaded>
  );
}

function Result({ one, check, onDecide }: { one: Import; check: Check; onDecide: OnDecide }) {
  return (
    <>
      <p class="muted">{t('intake.dry_run_text')}</p>
      <CountsLine counts={check.counts} />
      {check.wrong === 0 ? <Notice tone="success" title={t('intake.nothing_wrong')} /> : <Problems one={one} check={check} />}
      {check.duplicates.length > 0 && (
        <Section title={t('intake.duplicates')} lead={t('intake.duplicates_text')}><Rows caption={t('intake.duplicates')} rows={check.duplicates} decide={(row) => <Decide one={one} row={row} onDecide={onDecide} />} /></Section>
      )}
      <Section title={t('intake.first_rows')}><Rows caption={t('intake.first_rows')} rows={check.rows} /></Section>
      {check.links.length > 0 && <Links check={check} />}
    </>
  );
}

/** All problems at once, narrowed to a column where somebody wants that. */
function Problems({ one, check }: { one: Import; check: Check }) {
  const [column, setColumn] = useState('');
  const columns = [...new Map(check.problems.map((problem) => [problem.column, problem.header])).entries()];
  const shown = check.problems.filter((problem) => !column || problem.column === column);
  return (
    <Section title={t('intake.problems', { count: check.wrong, n: number(check.wrong) })}>
      <div class="import-tools">
        <Select id="problem-column" label={t('intake.problem_column')} value={column} empty={t('intake.all_columns')} onChange={setColumn}
          options={columns.filter(([letter]) => letter).map(([letter, header]) => ({ value: letter, label: `${letter} ${header}` }))} />
        <LinkButton href={`/api/v1/imports/${one.id}/errors?format=xlsx&language=${language.value}`} download>{t('intake.errors_file')}</LinkButton>
        <LinkButton href={`/api/v1/imports/${one.id}/errors?format=csv&language=${language.value}`} download>{t('intake.errors_csv')}</LinkButton>
      </div>
      <Table<Problem> caption={t('intake.problems', { count: check.wrong, n: number(check.wrong) })} rows={shown.slice(0, 200)} rowKey={(problem) => `${problem.row} ${problem.column} ${problem.code}`} columns={[
        { key: 'row', header: t('intake.row'), names: true, cell: (problem) => number(problem.row) },
        { key: 'column', header: t('intake.column'), cell: (problem) => <><span class="muted" dir="ltr">{problem.column}</span> <Bdi>{problem.header || (problem.field && t(`intake.field.${problem.field}`))}</Bdi></> },
        { key: 'value', header: t('intake.value'), cell: (problem) => <Bdi>{problem.value}</Bdi> },
        { key: 'reason', header: t('intake.reason'), cell: (problem) => <span dir="auto">{problem.message}</span> },
        { key: 'suggestion', header: t('intake.suggestion'), cell: (problem) => problem.suggestion && <Bdi>{problem.suggestion}</Bdi> },
      ]} />
      {shown.length > 200 && <p class="muted">{t('intake.more_in_file')}</p>}
    </Section>
  );
}

/** What a person decides of one row; empty: what holds for all. */
type OnDecide = (row: number, decision: string) => void;

const decisions = ['add', 'update', 'skip'] as const;

/** Somebody who may be here already: another person, the same one, or to be left out. */
function Decide({ one, row, onDecide }: { one: Import; row: Preview; onDecide: OnDecide }) {
  const decided = one.settings.rows?.find((other) => other.row === row.row)?.decision ?? '';
  // A row that repeats another of the same file has nobody to add to yet.
  const may = decisions.filter((decision) => decision !== 'update' || row.twinRow === 0);
  return <Select id={`decide-${row.row}`} label={t('intake.decide_row', { row: number(row.row) })} hideLabel width="full" value={decided} empty={t(one.settings.addDuplicates ? 'intake.decide.add' : 'intake.decide.skip')}
    options={may.filter((decision) => decision !== (one.settings.addDuplicates ? 'add' : 'skip')).map((decision) => ({ value: decision, label: t(`intake.decide.${decision}`) }))} onChange={(decision) => onDecide(row.row, decision)} />;
}

interface RowsProps {
  caption: string;
  rows: readonly Preview[];
  decide?: (row: Preview) => ComponentChildren;
}

function Rows({ caption, rows, decide }: RowsProps) {
  return (
    <Table<Preview> caption={caption} rows={rows} rowKey={(row) => String(row.row)} columns={[
      { key: 'row', header: t('intake.row'), cell: (row) => number(row.row) },
      { key: 'name', header: t('intake.field.fullName'), names: true, cell: (row) => <><Bdi>{`${row.profile.givenName} ${row.profile.familyName}`}</Bdi><span class="muted under" dir="ltr">{row.profile.email}</span></> },
      { key: 'outcome', header: t('intake.outcome'), cell: (row) => <><Badge>{t(`intake.row_outcome.${row.outcome}`)}</Badge>{row.reason && <span class="muted under">{t(`intake.why.${row.reason}`)}{row.twinRow > 0 && ` (${number(row.twinRow)})`}</span>}</> },
      ...(decide ? [{ key: 'decide', header: t('intake.decide'), cell: decide }] : []),
      { key: 'occupation', header: t('intake.field.occupation'), cell: (row) => <><Bdi>{row.profile.occupationTitle}</Bdi>{row.profile.isco && <span class="muted under" dir="ltr">ISCO {row.profile.isco}</span>}</> },
      { key: 'phone', header: t('intake.field.phone'), cell: (row) => <span dir="ltr">{row.profile.phone}</span> },
      { key: 'lives', header: t('intake.field.residenceCountry'), cell: (row) => row.profile.residenceCountry && country(row.profile.residenceCountry) },
    ]} />
  );
}

/** What titles, skills and subjects were taken for, the least sure first. */
function Links({ check }: { check: Check }) {
  return (
    <Section title={t('intake.links')}>
      <p class="muted">{t('intake.links_text')}</p>
      <Table caption={t('intake.links')} rows={check.links.slice(0, 50)} rowKey={(link) => link.field + link.words} columns={[
        { key: 'words', header: t('intake.words'), names: true, cell: (link) => <Bdi>{link.words}</Bdi> },
        { key: 'field', header: t('intake.about'), cell: (link) => t(`intake.field.${link.field}`) },
        { key: 'concept', header: t('intake.taken_for'), cell: (link) => link.concept ? <Bdi>{link.label}</Bdi> : <span class="muted">{t('intake.no_concept')}</span> },
        { key: 'sure', header: t('intake.sure'), number: true, cell: (link) => link.concept ? t('intake.percent', { share: number(Math.round(link.sure / 10)) }) : '–' },
        { key: 'rows', header: t('intake.in_rows'), number: true, cell: (link) => number(link.rows) },
      ]} />
    </Section>
  );
}
