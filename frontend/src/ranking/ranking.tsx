// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { period } from '../i18n/format';
import '../needs/needs.css';
import type { Need } from '../needs/types';
import { daysWords, needPath, NeedState } from '../needs/words';
import { Bdi, Button, Empty, LinkButton, Loaded, Notice, PageHeader, Section, useFilters } from '../ui';
import { CandidateCard } from './candidate';
import { ChoiceBar } from './choice-bar';
import { Compare } from './compare';
import { Funnel } from './funnel';
import './ranking.css';
import { StripLegend } from './strip';
import type { Candidate, Ranking } from './types';
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
  const ranking = useLoad<Ranking>((signal) => call('GET', `${path}/ranking`, { query: { limit }, signal }), [ref, limit]);
  const reload = () => {
    need.reload();
    ranking.reload();
  };
  return (
    <>
      <Head need={need.data} reference={ref} />
      <Loaded load={ranking} waiting={t('ranking.loading')}>
        {(data) => (
          <WithVocabulary candidates={data.candidates}>
            <Ranked ranking={data} need={need.data} onReload={reload} onMore={limit < last ? () => set({ limit: String(Math.min(limit + first, last)) }) : undefined} />
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
      facts={need && <><NeedState state={need.state} /><span><Bdi>{need.organisation.name}</Bdi></span><span>{period(need.startsOn, need.endsOn)}</span><span>{daysWords(need.days)}</span></>}
      actions={<LinkButton href={needPath(need ?? reference)}>{t('needs.read')}</LinkButton>} />
  );
}

interface RankedProps {
  ranking: Ranking;
  need: Need | undefined;
  onReload: () => void;
  onMore: (() => void) | undefined;
}

function Ranked({ ranking, need, onReload, onMore }: RankedProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [comparing, setComparing] = useState(false);
  const people = chosen.flatMap((one) => ranking.candidates.filter((candidate) => candidate.person === one));
  const choose = (candidate: Candidate, on: boolean) => setChosen(on ? [...chosen, candidate.person] : chosen.filter((one) => one !== candidate.person));
  const most = need?.programme.shortlistMost ?? 5;
  if (comparing && people.length > 1) return <Compare people={people} lang={need?.language} onBack={() => setComparing(false)} />;
  return (
    <>
      {ranking.source === 'database' && <Notice tone="warning" title={t('ranking.rebuilding')}>{t('ranking.rebuilding_text')}</Notice>}
      <Section title={t('ranking.funnel')} lead={t('ranking.funnel_lead', { passed: ranking.passed, considered: ranking.considered })}><Funnel ranking={ranking} /></Section>
      <Section title={t('ranking.people')} lead={t('ranking.advice')} actions={<span class="muted small">{t('ranking.made_by', { algorithm: ranking.algorithm, position: ranking.indexPosition })}</span>}>
        {ranking.candidates.length === 0 ? <Nobody reference={ranking.need.reference} /> : (
          <>
            <StripLegend />
            <ol class="candidates">
              {ranking.candidates.map((one) => (
                <CandidateCard key={one.person} candidate={one} lang={need?.language} chosen={chosen.includes(one.person)}
                  onChoose={need?.can.rank && (chosen.length < most || chosen.includes(one.person)) ? (on) => choose(one, on) : undefined} />
              ))}
            </ol>
            <More ranking={ranking} onMore={onMore} />
          </>
        )}
      </Section>
      {people.length > 0 && need && (
        <ChoiceBar need={need} version={ranking.need.version} people={people} most={most} onClear={() => setChosen([])} onCompare={() => setComparing(true)} onReload={onReload} />
      )}
    </>
  );
}

function More({ ranking, onMore }: { ranking: Ranking; onMore: (() => void) | undefined }) {
  const shown = ranking.candidates.length;
  return (
    <div class="show-more">
      <p class="muted" role="status">{t('ranking.shown', { shown, passed: ranking.passed })}</p>
      {shown < ranking.passed && onMore && <Button onClick={onMore}>{t('ui.more.load')}</Button>}
    </div>
  );
}

function Nobody({ reference }: { reference: string }) {
  return <Empty title={t('ranking.nobody')} action={<LinkButton href={needPath(reference)}>{t('needs.read')}</LinkButton>}>{t('ranking.nobody_text')}</Empty>;
}
