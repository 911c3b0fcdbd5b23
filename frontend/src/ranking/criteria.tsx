// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { Status, Table } from '../ui';
import type { Criterion } from './types';
import { useVocabulary } from './vocabulary';
import { conceptName, criterionName, Evidence, points } from './words';

interface Props {
  criteria: readonly Criterion[];
  caption: string;
  lang?: string | undefined;
}

/** Every criterion with its points, the words on both sides and what lies between them. */
export function CriteriaTable({ criteria, caption, lang }: Props) {
  const rows = criteria.map((criterion, place) => ({ criterion, place }));
  return (
    <div class="criteria">
      <Table caption={caption} rows={rows} rowKey={(one) => String(one.place)} columns={[
        { key: 'name', header: t('ranking.criterion'), names: true, cell: ({ criterion }) => criterionName(criterion) },
        { key: 'fit', header: t('ranking.fit'), cell: ({ criterion }) => <Status fit={criterion.status} /> },
        { key: 'need', header: t('ranking.need_asks'), cell: ({ criterion }) => <Evidence criterion={criterion} side="need" lang={lang} /> },
        { key: 'person', header: t('ranking.person_says'), cell: ({ criterion }) => <PersonSays criterion={criterion} /> },
        { key: 'between', header: t('ranking.between'), cell: ({ criterion }) => <Between criterion={criterion} /> },
        { key: 'points', header: t('ranking.points'), number: true, cell: ({ criterion }) => <span class="nowrap">{points(criterion)}</span> },
      ]} />
    </div>
  );
}

function PersonSays({ criterion }: { criterion: Criterion }) {
  return (
    <span>
      <Evidence criterion={criterion} side="person" />
      {criterion.source && criterion.evidence.person && <span class="muted under">{t(`ranking.source.${criterion.source}`)}</span>}
    </span>
  );
}

/** How the two sides meet: on which concept, and how near. */
function Between({ criterion }: { criterion: Criterion }) {
  const { lists, names } = useVocabulary();
  const concept = conceptName(criterion, lists, names);
  const relation = criterion.relation;
  if (!concept && !relation) return <span class="muted">–</span>;
  return (
    <span>
      {concept && <span class="concept">{concept}</span>}
      {relation && <span class="muted under">{t(`ranking.relation.${relation}`)}</span>}
    </span>
  );
}
