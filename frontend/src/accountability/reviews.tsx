// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { usePages } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { date } from '../i18n/format';
import { needPath } from '../needs/words';
import '../professionals/professionals.css';
import { Badge, Bdi, Button, DefinitionList, Empty, LinkButton, Loaded, PageHeader, ProblemNotice, ShowMore, tell, TextArea, useFilters, Views } from '../ui';
import type { RankingReview } from './types';

/** People who doubt how they were ranked; the coordinator looks and answers in writing. */
export default function ReviewsPage() {
  const { get } = useFilters();
  const state = get('state') || 'OPEN';
  const load = usePages<RankingReview>('/ranking-reviews', { state });
  return (
    <>
      <PageHeader title={t('accountability.reviews')} lead={t('accountability.reviews_lead')} />
      <Views label={t('accountability.reviews')} current={state} views={['OPEN', 'ANSWERED'].map((one) => ({ id: one, href: `/ranking-reviews?state=${one}`, label: t(`accountability.review.${one}`) }))} />
      <Loaded load={load} waiting={t('accountability.loading')}>
        {(items) => items.length === 0 ? <Empty title={t('accountability.no_reviews')}>{t('accountability.no_reviews_text')}</Empty> : (
          <>
            <ul>{items.map((one) => <Row key={one.id} first={one} />)}</ul>
            <ShowMore shown={items.length} more={load.more} loadMore={load.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Row({ first }: { first: RankingReview }) {
  const [one, setOne] = useState(first);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const answer = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      setOne((await call<RankingReview>('POST', `/ranking-reviews/${one.id}/answer`, { ifMatch: `"${one.version}"`, body: { answer: words } })).data);
      tell(t('accountability.answered'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <li class="consent">
      <h2 class="person-name"><a href={needPath(one.need)}><Bdi>{one.need.title || one.need.reference}</Bdi></a></h2>
      <p><span dir="ltr">{one.pseudonym}</span>{' '}
        {one.state === 'ANSWERED' ? <Badge tone="good">{t('accountability.review.ANSWERED')}</Badge>
          : <Badge tone={one.overdue ? 'bad' : 'caution'}>{t('accountability.answer_by', { when: date(one.answerBy.slice(0, 10)) })}</Badge>}</p>
      <Told review={one} doubt={t('accountability.doubt_theirs')} />
      {problem && <ProblemNotice problem={problem} focus />}
      {one.can.answer && (
        <form class="form" onSubmit={(event) => void answer(event)}>
          <p><LinkButton href={`/needs/${one.need.reference}/compare?people=${one.pseudonym}`}>{t('accountability.see_reasons')}</LinkButton></p>
          <TextArea id={`answer-${one.id}`} label={t('accountability.answer')} help={t('accountability.answer_help')} value={words} onChange={setWords} rows={4} maxLength={4000} error={problem?.fields.find((f) => f.field === 'answer')?.message} />
          <div class="form-actions"><Button kind="primary" type="submit" busy={busy}>{t('accountability.answer_now')}</Button></div>
        </form>
      )}
    </li>
  );
}

/** What was doubted, and what was answered. */
export function Told({ review, doubt = t('accountability.doubt') }: { review: RankingReview; doubt?: string }) {
  return (
    <DefinitionList facts={[
      { term: t('accountability.asked_at'), value: date(review.askedAt.slice(0, 10)) },
      { term: doubt, value: <Bdi>{review.words || '–'}</Bdi> },
      review.answeredAt !== null && { term: t('accountability.answer_of', { when: date(review.answeredAt.slice(0, 10)) }), value: <Bdi>{review.answer}</Bdi> },
    ]} />
  );
}
