// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import type { Load } from '../api/load';
import { t } from '../i18n';
import { LinkButton } from './button';
import { Empty } from './empty';
import { Loading } from './loading';
import { ProblemNotice } from './problem-notice';

interface Props<T> {
  load: Load<T>;
  /** What is being waited for, in words: "Loading the needs". */
  waiting?: string;
  children: (data: T) => ComponentChildren;
}

/** Shows the three states of a page: loading, problem, data. */
export function Loaded<T>({ load, waiting, children }: Props<T>) {
  const { data, problem, loading, reload } = load;
  if (data !== undefined && !problem) {
    return <div class={loading ? 'loaded loaded-again' : 'loaded'} aria-busy={loading || undefined}>{children(data)}</div>;
  }
  if (!problem) return <Loading label={waiting} />;
  if (problem.status === 404) {
    return <Empty title={t('problem.title.missing')} action={<LinkButton href="/">{t('shell.home')}</LinkButton>}>{t('problem.missing_text')}</Empty>;
  }
  return <ProblemNotice problem={problem} {...(problem.status === 403 ? {} : { onRetry: reload })} />;
}
