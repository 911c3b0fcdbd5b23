// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { problemOf, type Problem } from '../api/problem';
import type { components } from '../api/schema.gen';
import { has, t } from '../i18n';
import { Button, Notice, ProblemNotice, Table } from '../ui';

type Replayed = components['schemas']['Replayed'];

/** Computes a frozen ranking once more from what was frozen with it, and says whether the same came out. */
export function Replay({ id }: { id: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const [result, setResult] = useState<Replayed | undefined>();
  const ask = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      setResult((await call<Replayed>('GET', `/snapshots/${encodeURIComponent(id)}/replay`)).data);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <div class="stack replay">
      <div class="cluster"><Button busy={busy} onClick={() => void ask()}>{t('selection.replay')}</Button><span class="muted small">{t('selection.replay_text')}</span></div>
      {problem && <ProblemNotice problem={problem} focus onRetry={() => void ask()} />}
      <div role="status">{result && <Outcome result={result} />}</div>
    </div>
  );
}

function Outcome({ result }: { result: Replayed }) {
  const { replayable, reason, equal, compared, kept, differences, algorithm } = result;
  if (!replayable) return <Notice tone="info" title={t('selection.replay_not')}>{t(`selection.replay_not.${reason}`, { algorithm })}</Notice>;
  if (equal) return <Notice tone="success" title={t('selection.replay_equal')}>{t('selection.replay_equal_text', { count: compared })} {kept > 0 && t('selection.replay_kept', { count: kept })}</Notice>;
  return (
    <>
      <Notice tone="problem" title={t('selection.replay_differs')}>{t('selection.replay_differs_text')}</Notice>
      <Table caption={t('selection.replay_differences')} rows={differences.map((one, at) => ({ ...one, at }))} rowKey={(one) => String(one.at)} columns={[
        { key: 'person', header: t('selection.person'), names: true, cell: (one) => <span class="pseudonym" dir="ltr">{one.person}</span> },
        { key: 'what', header: t('ranking.criterion'), cell: (one) => whatWords(one.what) },
        { key: 'frozen', header: t('ranking.frozen'), cell: (one) => one.frozen },
        { key: 'replayed', header: t('selection.replayed'), cell: (one) => one.replayed },
      ]} />
    </>
  );
}

function whatWords(what: string): string {
  const known: Record<string, string> = { score: 'ranking.score', rank: 'selection.rank', headline: 'selection.replay_headline', lifts: 'ranking.lifts' };
  const key = known[what] ?? `ranking.criterion.${what}`;
  return has(key) ? t(key) : what;
}
