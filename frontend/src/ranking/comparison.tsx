// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { country, listed, number, period } from '../i18n/format';
import { Bdi, Status, Table, type Column } from '../ui';
import { differs } from './reasons';
import type { Candidate, Criterion } from './types';
import { useVocabulary } from './vocabulary';
import { criterionName, Evidence, languageShort, points } from './words';

interface Props {
  people: readonly Candidate[];
  /** The first is pinned: the others are told by how much they differ from it. */
  pinned: boolean;
  /** Only the rows in which people differ. */
  only: boolean;
  lang?: string | undefined;
}

interface Row {
  key: string;
  name: ComponentChildren;
  cells: ComponentChildren[];
  differs: boolean;
}

/** The criteria as rows and the people as columns; what differs is marked by a sign, a word and a rule. */
export function ComparisonTable({ people, pinned, only, lang }: Props) {
  const { lists } = useVocabulary();
  const plain = (key: string, name: string, of: (one: Candidate) => string): Row => {
    const texts = people.map(of);
    return { key, name, cells: texts.map((text) => <Bdi>{text || t('ranking.says_nothing')}</Bdi>), differs: new Set(texts).size > 1 };
  };
  const facts = [
    plain('residence', t('ranking.residence'), ({ summary }) => country(summary.residenceCountry)),
    plain('languages', t('ranking.languages'), ({ summary }) => listed(summary.languages.map((one) => languageShort(one, lists)))),
    plain('experience', t('needs.experience'), ({ summary }) => (summary.yearsExperience > 0 ? t('ranking.years_short', { count: summary.yearsExperience }) : '')),
    plain('available', t('ranking.available'), ({ summary }) => listed(summary.availability.map((one) => period(one.from, one.to)))),
    plain('longest', t('ranking.longest_stay'), ({ summary }) => (summary.longestDays > 0 ? t('needs.days', { count: summary.longestDays }) : '')),
    ...(people.some((one) => one.blocked?.length) ? [plain('blocked', t('ranking.not_met'), ({ blocked }) => (blocked?.length ? listed(blocked.map((one) => t(`ranking.condition.${one.condition}`))) : t('ranking.all_met')))] : []),
  ];
  const criteria = (people[0]?.criteria ?? []).map((first, place): Row => {
    const of = people.map((one) => one.criteria[place]);
    const most = Math.max(...of.map((one) => one?.points ?? 0));
    return {
      key: String(place), differs: differs(of),
      name: <>{criterionName(first)}<span class="muted under"><Evidence criterion={first} side="need" lang={lang} /></span></>,
      cells: of.map((one, i) => <Cell criterion={one} most={differs(of) && one?.points === most} against={pinned && i > 0 ? of[0] : undefined} />),
    };
  });
  const rows = [...criteria, ...facts].filter((row) => !only || row.differs);
  const columns: Column<Row>[] = [
    { key: 'criterion', header: t('ranking.criterion'), names: true, cell: (row) => <>{row.name}{row.differs && <span class="compare-differs">{t('ranking.differs')}</span>}</> },
    ...people.map((one, i): Column<Row> => ({ key: one.person, header: one.person, cell: (row) => <div class={row.differs ? 'compare-cell compare-marked' : 'compare-cell'}>{row.cells[i]}</div> })),
  ];
  if (rows.length === 0) return <p class="muted">{t('ranking.no_differences')}</p>;
  return <Table caption={t('ranking.comparing', { count: people.length })} columns={columns} rows={rows} rowKey={(row) => row.key} />;
}

function Cell({ criterion, most, against }: { criterion: Criterion | undefined; most: boolean; against: Criterion | undefined }) {
  if (!criterion) return <span class="muted">–</span>;
  const by = against ? criterion.points - against.points : 0;
  return (
    <>
      <p class="compare-fit">
        <Status fit={criterion.status} /> <span class="muted small">{points(criterion)}</span>
        {most && <span class="compare-most small">{t('ranking.most_points')}</span>}
        {by !== 0 && <span class="compare-by small" dir="ltr">{by > 0 ? `+${number(by)}` : `−${number(-by)}`}</span>}
      </p>
      <p class="small"><Evidence criterion={criterion} side="person" /></p>
    </>
  );
}
