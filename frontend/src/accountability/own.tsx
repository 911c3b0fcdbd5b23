// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, newKey, type List } from '../api/call';
import { useLoad, usePages } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { date, moment } from '../i18n/format';
import type { Suiting } from '../professionals/suiting';
import type { Candidacy } from '../selection/types';
import { Badge, Bdi, Button, DefinitionList, Loaded, Notice, ProblemNotice, Select, ShowMore, tell, TextArea, useFilters } from '../ui';
import { Told } from './reviews';
import type { MyBreach, RankingReview } from './types';

/** What happened to the person's data, where they were told of something; else nothing. */
export function MyBreaches() {
  const { data } = useLoad<List<MyBreach>>((signal) => call('GET', '/me/breaches', { signal }), []);
  return (
    <>
      {data?.items.map((one) => (
        <Notice key={one.toldAt + one.title} tone="warning" title={t('accountability.my_breach')}>
          <p><Bdi>{one.words}</Bdi></p>
          <DefinitionList facts={[{ term: t('accountability.period'), value: `${moment(one.from)} – ${moment(one.to)}` }, one.measures !== '' && { term: t('accountability.measures'), value: <Bdi>{one.measures}</Bdi> }]} />
        </Notice>
      ))}
    </>
  );
}

/** That people are ranked, how, and how to have a person look again. */
export function Doubting() {
  const load = usePages<RankingReview>('/ranking-reviews');
  return (
    <>
      <p>{t('accountability.ranked_text')}</p>
      <Loaded load={load} waiting={t('accountability.loading')}>
        {(items) => (
          <>
            <ul>
              {items.map((one) => (
                <li class="consent" key={one.id}>
                  <h3><Bdi>{one.need.title || one.need.reference}</Bdi></h3>
                  <p>{one.state === 'ANSWERED' ? <Badge tone="good">{t('accountability.review.ANSWERED')}</Badge> : <Badge tone="caution">{t('accountability.answer_until', { when: date(one.answerBy.slice(0, 10)) })}</Badge>}</p>
                  <Told review={one} />
                </li>
              ))}
            </ul>
            <ShowMore shown={items.length} more={load.more} loadMore={load.loadMore} />
            <Ask open={items.filter((one) => one.state === 'OPEN').map((one) => one.need.reference)} onAsked={load.reload} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Ask({ open, onAsked }: { open: string[]; onAsked: () => void }) {
  const { get } = useFilters();
  const suiting = useLoad<List<Suiting>>((signal) => call('GET', '/me/needs', { signal }), []);
  const candidacies = useLoad<List<Candidacy>>((signal) => call('GET', '/candidacies', { query: { limit: 100 }, signal }), []);
  const [need, setNeed] = useState(() => get('need'));
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const named = new Map([...(candidacies.data?.items ?? []), ...(suiting.data?.items ?? [])].map(({ need: { reference, title } }) => [reference, title]));
  const ask = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await call('POST', '/ranking-reviews', { idempotencyKey: newKey(), body: { need, words } });
      setNeed('');
      setWords('');
      tell(t('accountability.asked'));
      onAsked();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  const wrong = (name: string) => problem?.fields.find((one) => one.field === name)?.message;
  const choices = [...named].filter(([reference]) => !open.includes(reference));
  if (choices.length === 0) return null;
  return (
    <form class="form" id="ranking" onSubmit={(event) => void ask(event)}>
      {problem && <ProblemNotice problem={problem} focus />}
      <Select id="doubt-need" label={t('accountability.doubt_need')} value={need} onChange={setNeed} width="full" empty={t('accountability.choose')} error={wrong('need')}
        options={choices.map(([reference, title]) => ({ value: reference, label: `${title} (${reference})` }))} />
      <TextArea id="doubt-words" label={t('accountability.doubt')} help={t('accountability.doubt_help')} value={words} onChange={setWords} rows={3} maxLength={2000} error={wrong('words')} />
      <div class="form-actions"><Button type="submit" busy={busy} disabled={need === ''}>{t('accountability.ask')}</Button></div>
    </form>
  );
}
