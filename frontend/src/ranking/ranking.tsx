// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf } from '../api/problem';
import { t } from '../i18n';
import { period } from '../i18n/format';
import '../needs/needs.css';
import type { Need } from '../needs/types';
import { daysWords, needPath, NeedState, postWords } from '../needs/words';
import { WatchNeed } from '../savedsearches/save';
import { Bdi, Button, Empty, LinkButton, Loaded, Notice, PageHeader, Section, tell, useFilters } from '../ui';
import { Candidates } from './candidates';
import { Funnel } from './funnel';
import './ranking.css';
import type { Loosening, Ranking } from './types';
import { WithVocabulary } from './vocabulary';

const first = 50;
const last = 200;

/** Who suits a need, and why: the conditions first, then the order with its reasons. */
export default function RankingPage() {
  const { ref = '' } = useRoute().params;
  const { get, set } = useFilters();
  const limit = Math.min(Math.max(Number(get('limit')) || first, 1), last);
  const path = `/needs/${encodeURIComponent(ref)}`;
  const need = useLoad<Need>((signal) => call('GET', path, { signal }), [ref]);
  const ranking = useLoad<Ranking>((signal) => call('GET', `${path}/ranking`, { query: { limit }, signal }), [ref]);
  const loosening = useLoad<List<Loosening>>((signal) => call('GET', `${path}/loosening`, { signal }), [ref]);
  const reload = () => {
    need.reload();
    ranking.reload();
    loosening.reload();
  };
  // Those who are read already stay in sight while more are on their way.
  const more = async () => {
    const wanted = Math.min(limit + first, last);
    ranking.replace(await call<Ranking>('GET', `${path}/ranking`, { query: { limit: wanted } }));
    set({ limit: String(wanted) });
  };
  return (
    <>
      <Head need={need.data} reference={ref} />
      <Loaded load={ranking} waiting={t('ranking.loading')}>
        {(data) => (
          <WithVocabulary candidates={data.candidates}>
            <Ranked ranking={data} need={need.data} loosening={loosening} onReload={reload} onMore={limit < last ? more : undefined} />
          </WithVocabulary>
        )}
      </Loaded>
    </>
  );
}

function Head({ need, reference }: { need: Need | undefined; reference: string }) {
  const crumbs = [{ href: '/needs', label: t('needs.title') }, { href: needPath(need ?? reference), label: need?.title ?? reference }];
  return (
    <PageHeader title={t('ranking.title')} crumbs={crumbs} over={<span dir="ltr">{need?.reference ?? reference}</span>}
      heading={need && <span lang={need.language}><Bdi>{need.title}</Bdi></span>} lead={t('ranking.lead')}
      facts={need && <><NeedState state={need.state} /><span><Bdi>{need.organisation.name}</Bdi></span><span>{period(need.startsOn, need.endsOn)}</span><span>{daysWords(need.days)}</span>{need.posts.map((one) => <span key={one.id}>{postWords(one)}</span>)}</>}
      actions={<>{need && <WatchNeed reference={need.reference} title={need.title} />}<LinkButton href={needPath(need ?? reference)}>{t('needs.read')}</LinkButton></>} />
  );
}

interface RankedProps {
  ranking: Ranking;
  need: Need | undefined;
  loosening: Load<List<Loosening>>;
  onReload: () => void;
  onMore: (() => Promise<void>) | undefined;
}

function Ranked({ ranking, need, loosening, onReload, onMore }: RankedProps) {
  return (
    <>
      {ranking.source === 'database' && <Notice tone="warning" title={t('ranking.rebuilding')}>{t('ranking.rebuilding_text')}</Notice>}
      <Section title={t('ranking.funnel')} lead={t('ranking.funnel_lead', { passed: ranking.passed, considered: ranking.considered })}>
        <Funnel ranking={ranking} loosening={loosening.data?.items} />
      </Section>
      <Section title={t('ranking.people')} lead={t('ranking.advice')} actions={<span class="muted small">{t('ranking.made_by', { algorithm: ranking.algorithm, position: ranking.indexPosition })}</span>}>
        {ranking.candidates.length === 0 ? <Nobody reference={ranking.need.reference} /> : (
          <>
            <Candidates ranking={ranking} need={need} onReload={onReload} />
            <More ranking={ranking} onMore={onMore} />
          </>
        )}
      </Section>
    </>
  );
}

function More({ ranking, onMore }: { ranking: Ranking; onMore: (() => Promise<void>) | undefined }) {
  const [busy, setBusy] = useState(false);
  const shown = ranking.candidates.length;
  const ask = async () => {
    setBusy(true);
    await onMore?.().catch((thrown: unknown) => tell(problemOf(thrown).text));
    setBusy(false);
  };
  return (
    <div class="show-more">
      <p class="muted" role="status">{t('ranking.shown', { shown, passed: ranking.passed })}</p>
      {shown < ranking.passed && onMore && <Button busy={busy} onClick={() => void ask()}>{t('ui.more.load')}</Button>}
    </div>
  );
}

function Nobody({ reference }: { reference: string }) {
  return <Empty title={t('ranking.nobody')} action={<LinkButton href={needPath(reference)}>{t('needs.read')}</LinkButton>}>{t('ranking.nobody_text')}</Empty>;
}
