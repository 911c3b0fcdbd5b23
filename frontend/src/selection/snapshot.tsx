// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { moment, number } from '../i18n/format';
import '../needs/needs.css';
import { needPath } from '../needs/words';
import { CandidateCard } from '../ranking/candidate';
import { Funnel } from '../ranking/funnel';
import '../ranking/ranking.css';
import type { FrozenRanking } from '../ranking/types';
import { WithVocabulary } from '../ranking/vocabulary';
import { Badge, Bdi, Button, DefinitionList, Disclosure, LinkButton, Loaded, Notice, PageHeader, Section, Table } from '../ui';
import { Replay } from './replay';
import './selection.css';
import type { Snapshot } from './types';

/** A ranking as it stood when a shortlist was made: what the choice rested on. */
export default function SnapshotPage() {
  const { id = '' } = useRoute().params;
  const load = useLoad<Snapshot>((signal) => call('GET', `/snapshots/${encodeURIComponent(id)}`, { signal }), [id]);
  const reference = load.data?.needReference;
  return (
    <>
      <PageHeader title={t('selection.frozen')} lead={t('selection.frozen_lead')} over={reference && <span dir="ltr">{reference}</span>}
        crumbs={[{ href: '/needs', label: t('needs.title') }, ...(reference ? [{ href: needPath(reference), label: load.data?.ranking.need.title ?? reference }] : [])]}
        actions={reference && <><Button icon="print" onClick={() => print()}>{t('ranking.print')}</Button><LinkButton href={needPath(reference, '/shortlist')}>{t('selection.shortlist')}</LinkButton></>} />
      <Loaded load={load} waiting={t('selection.loading')}>{(data) => <WithVocabulary candidates={data.ranking.candidates}><Frozen snapshot={data} /></WithVocabulary>}</Loaded>
    </>
  );
}

function Frozen({ snapshot }: { snapshot: Snapshot }) {
  const { ranking } = snapshot;
  return (
    <>
      {snapshot.intact
        ? <Notice tone="success" title={t('selection.intact')}>{t('selection.intact_text')}</Notice>
        : <Notice tone="problem" title={t('selection.not_intact')}>{t('selection.not_intact_text')}</Notice>}
      <Section title={t('selection.taken')}>
        <DefinitionList facts={[
          { term: t('selection.taken_at'), value: moment(snapshot.takenAt) },
          { term: t('selection.taken_by'), value: <Bdi>{snapshot.by}</Bdi> },
          { term: t('needs.need'), value: <a href={needPath(snapshot.needReference)}><Bdi>{ranking.need.title}</Bdi></a> },
          { term: t('selection.rules'), value: snapshot.algorithm },
          { term: t('selection.position'), value: number(snapshot.indexPosition) },
          { term: t('selection.sum'), value: <code class="sum" dir="ltr">{snapshot.sha256}</code> },
        ]} />
        <Replay id={snapshot.id} />
      </Section>
      <Section title={t('ranking.funnel')}><Funnel ranking={ranking} /></Section>
      <Section title={t('ranking.people')} lead={t('ranking.advice')} actions={<Badge>{t('ranking.frozen')}</Badge>}>
        <ol class="candidates">{ranking.candidates.map((one) => <CandidateCard key={one.person} candidate={one} />)}</ol>
        <Others ranking={ranking} />
      </Section>
    </>
  );
}

/** Those further down, with their scores alone. */
function Others({ ranking: { others = [] } }: { ranking: FrozenRanking }) {
  if (others.length === 0) return null;
  return (
    <Disclosure summary={t('selection.others', { count: others.length })}>
      <Table caption={t('selection.others', { count: others.length })} rows={others} rowKey={(one) => one.person} columns={[
        { key: 'rank', header: t('selection.rank'), number: true, cell: (one) => number(one.rank) },
        { key: 'person', header: t('selection.person'), names: true, cell: (one) => <span class="pseudonym" dir="ltr">{one.person}</span> },
        { key: 'score', header: t('ranking.score'), number: true, cell: (one) => number(one.score) },
      ]} />
    </Disclosure>
  );
}
