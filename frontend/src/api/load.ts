// SPDX-License-Identifier: AGPL-3.0-or-later
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { call, type Answer, type List } from './call';
import { problemOf, type Problem } from './problem';

/** What a page knows of what it asked for. */
export interface Load<T> {
  data: T | undefined;
  problem: Problem | undefined;
  loading: boolean;
  /** The version of what was loaded, for If-Match. */
  etag: string;
  /** Asks again and keeps showing what is there meanwhile. */
  reload: () => void;
  /** Puts what a change answered in place of what was loaded. */
  replace: (answer: Answer<T>) => void;
}

interface Held<T> {
  answer?: Answer<T>;
  problem?: Problem;
  loading: boolean;
}

/** Loads when the page opens and whenever one of deps changes; drops the answer of an older question. */
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<Answer<T>>, deps: readonly unknown[]): Load<T> {
  const [held, setHeld] = useState<Held<T>>({ loading: true });
  const [round, setRound] = useState(0);
  const asked = useRef(deps);
  const latest = useRef(ask);
  latest.current = ask;

  useEffect(() => {
    const controller = new AbortController();
    const changed = asked.current.some((one, i) => one !== deps[i]);
    asked.current = deps;
    // Data of another question must not be shown under this one's heading.
    setHeld((was) => (changed ? { loading: true } : { ...was, loading: true }));
    latest.current(controller.signal).then(
      (answer) => controller.signal.aborted || setHeld({ answer, loading: false }),
      (thrown: unknown) => controller.signal.aborted || setHeld({ problem: problemOf(thrown), loading: false }),
    );
    return () => controller.abort();
  }, [...deps, round]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  const replace = useCallback((answer: Answer<T>) => setHeld({ answer, loading: false }), []);
  return { data: held.answer?.data, etag: held.answer?.etag ?? '', problem: held.problem, loading: held.loading, reload, replace };
}

/** A list that grows by pages. */
export interface Pages<T> extends Load<T[]> {
  /** There is another page. */
  more: boolean;
  /** Loads it. */
  loadMore: () => Promise<void>;
}

/** Loads a list page by page: usePages<Need>('/needs', { state }). */
export function usePages<T>(path: string, query: Record<string, string | number | undefined> = {}): Pages<T> {
  const question = JSON.stringify([path, query]);
  const [tail, setTail] = useState<{ of: string; items: T[]; next: string } | undefined>();
  const first = useLoad<List<T>>((signal) => call('GET', path, { query, signal }), [question]);
  const own = tail?.of === question ? tail : undefined;
  const next = own ? own.next : (first.data?.next ?? '');

  const loadMore = async () => {
    const { data } = await call<List<T>>('GET', path, { query: { ...query, after: next } });
    setTail({ of: question, items: [...(own?.items ?? []), ...data.items], next: data.next });
  };
  const reload = () => {
    setTail(undefined);
    first.reload();
  };
  const items = first.data && [...first.data.items, ...(own?.items ?? [])];
  const replace = (answer: Answer<T[]>) => first.replace({ ...answer, data: { items: answer.data, next: '' } });
  return { ...first, data: items, more: next !== '', loadMore, reload, replace };
}
