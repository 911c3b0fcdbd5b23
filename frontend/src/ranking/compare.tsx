// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Bdi, Button, Checkbox, Section, Status, Table, type Column } from '../ui';
import { differs } from './reasons';
import { ScoreStrip } from './strip';
import type { Candidate, Criterion } from './types';
import { criterionName, Evidence, points } from './words';

interface Props {
  people: readonly Candidate[];
  lang?: string | undefined;
  onBack: () => void;
}

interface Row {
  place: number;
  first: Criterion;
  of: (Criterion | undefined)[];
}

/** Two to five people side by side, criterion by criterion; what differs is marked. */
export function Compare({ people, lang, onBack }: Props) {
  const [only, setOnly] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.focus(), []);
  const all: Row[] = (people[0]?.criteria ?? []).map((first, place) => ({ place, first, of: people.map((one) => one.criteria[place]) }));
  const rows = only ? all.filter((row) => differs(row.of)) : all;
  const columns: Column<Row>[] = [
    { key: 'criterion', header: t('ranking.criterion'), names: true, cell: (row) => <Asked row={row} lang={lang} /> },
    ...people.map((person, i): Column<Row> => ({ key: person.person, header: person.person, cell: (row) => <Cell criterion={row.of[i]} marked={differs(row.of)} /> })),
  ];
  return (
    <div ref={root} tabIndex={-1} class="compare">
      <Section title={t('ranking.comparing', { count: people.length })}
        actions={<div class="cluster"><Button icon="print" onClick={() => print()}>{t('ranking.print')}</Button><Button icon="back" onClick={onBack}>{t('ranking.back')}</Button></div>}>
        <ul class="compare-people">
          {people.map((one) => (
            <li key={one.person}>
              <p class="compare-name"><span class="pseudonym" dir="ltr">{one.person}</span> <span class="muted">{t('ranking.rank', { rank: one.rank })}</span></p>
              <p><Bdi>{one.summary.occupationTitle}</Bdi></p>
              <ScoreStrip candidate={one} />
            </li>
          ))}
        </ul>
        <Checkbox id="compare-only" label={t('ranking.only_differences')} value={only} onChange={setOnly} />
        {rows.length === 0 ? <p class="muted">{t('ranking.no_differences')}</p> : <Table caption={t('ranking.comparing', { count: people.length })} columns={columns} rows={rows} rowKey={(row) => String(row.place)} />}
      </Section>
    </div>
  );
}

function Asked({ row, lang }: { row: Row; lang: string | undefined }) {
  return (
    <>
      {criterionName(row.first)}
      <span class="muted under"><Evidence criterion={row.first} side="need" lang={lang} /></span>
    </>
  );
}

function Cell({ criterion, marked }: { criterion: Criterion | undefined; marked: boolean }) {
  if (!criterion) return <span class="muted">–</span>;
  return (
    <div class={marked ? 'compare-cell compare-marked' : 'compare-cell'}>
      <p class="compare-fit"><Status fit={criterion.status} /> <span class="muted small">{points(criterion)}</span></p>
      <p class="small"><Evidence criterion={criterion} side="person" /></p>
    </div>
  );
}
