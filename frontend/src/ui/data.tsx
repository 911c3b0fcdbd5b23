// SPDX-License-Identifier: AGPL-3.0-or-later
import { Fragment, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { Button } from './button';
import { ProblemNotice } from './problem-notice';

export interface Fact {
  term: string;
  value: ComponentChildren;
}

/** Facts as term and value, ruled like a register. A value that is not there is said to be so. */
export function DefinitionList({ facts }: { facts: readonly (Fact | false | null | undefined)[] }) {
  return (
    <dl class="facts">
      {facts.map((one) => one && (
        <Fragment key={one.term}>
          <dt>{one.term}</dt>
          <dd>{one.value || one.value === 0 ? one.value : <span class="muted">{t('ui.not_given')}</span>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** A name, or other words whose direction is not known, kept apart from the words around it. */
export function Bdi({ children }: { children: ComponentChildren }) {
  return <bdi>{children}</bdi>;
}

/** Shows how much is shown and loads the next page. */
export function ShowMore({ shown, more, loadMore }: { shown: number; more: boolean; loadMore: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const load = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await loadMore();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <div class="show-more">
      <p class="muted" role="status">{t(more ? 'ui.more.shown' : 'ui.more.all', { count: shown })}</p>
      {more && <Button busy={busy} onClick={() => void load()}>{t('ui.more.load')}</Button>}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
