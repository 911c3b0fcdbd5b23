// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from 'preact/hooks';
import { newKey } from '../api/call';
import { problemOf, textOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { session } from '../session/session';
import { dropDraft, findDraft, keepDraft } from './draft';
import { guard } from './guard';
import { idOf, pathOf, valueAt, withValue } from './path';

export interface FormOptions<V> {
  /** Names the form and its draft: "need", or "need-7" for a record. */
  id: string;
  initial: V;
  /** Sends the values. The key is the same for the same values: pass it as idempotencyKey when something is made. */
  submit: (values: V, key: string) => Promise<unknown>;
  /** What can be said before asking the server: messages by path. Keep rules on the server. */
  check?: (values: V) => Record<string, string | undefined>;
  /** Keep a draft on this device. */
  draft?: boolean;
  /** The version of the record (its ETag), so that a draft of an older one is told apart. */
  version?: string;
  /** Send by itself a moment after the last change. */
  autosave?: boolean;
}

/** What a control needs: spread it over a TextInput, a Select, … */
export interface Bound<T> {
  id: string;
  name: string;
  value: T;
  error: string | undefined;
  onChange: (value: T) => void;
}

/** `waiting`: kept on the device until the network is back. `unfinished`: kept there until it can be saved. */
export type SaveState = 'clean' | 'changed' | 'drafted' | 'saving' | 'saved' | 'failed' | 'waiting' | 'unfinished';

export interface Form<V> {
  id: string;
  values: V;
  set: (path: string, value: unknown) => void;
  bind: <T = string>(path: string) => Bound<T>;
  /** Messages by path, from the server or from check. */
  errors: Record<string, string>;
  problem: Problem | undefined;
  state: SaveState;
  submit: (event?: Event) => Promise<boolean>;
  /** Starts over with other values, as after loading a newer version. */
  reset: (values: V) => void;
  /** Set when the form opened with a draft; `outdated` when the record has changed since. */
  restored: { at: number; outdated: boolean } | undefined;
  /** Throws the draft away and shows what was loaded. */
  discard: () => void;
  /** Counts failed attempts, so that the summary takes the focus each time. */
  attempts: number;
}

interface State<V> {
  values: V;
  errors: Record<string, string>;
  problem: Problem | undefined;
  state: SaveState;
  attempts: number;
  restored: Form<V>['restored'];
}

/** Holds the values of a form, its errors, its draft and its way to the server. */
export function useForm<V>(options: FormOptions<V>): Form<V> {
  const user = session.peek()?.user.id ?? 'nobody';
  const [held, setHeld] = useState<State<V>>(() => opened(options, user));
  // Submitting from an event handler must see the keystroke before it.
  const now = useRef(held);
  const change = (part: Partial<State<V>>) => setHeld((now.current = { ...now.current, ...part }));
  const latest = useRef(options);
  latest.current = options;
  const keys = useRef({ body: '', key: '' });

  const dirty = held.state === 'changed' || held.state === 'drafted' || held.state === 'failed';
  useEffect(() => (dirty ? guard(options.id) : undefined), [dirty, options.id]);
  useEffect(() => {
    if (held.state !== 'changed' || !options.draft) return;
    const timer = setTimeout(() => {
      const kept = keepDraft(user, options.id, { at: Date.now(), version: options.version ?? '', values: now.current.values });
      if (kept && now.current.state === 'changed') change({ state: 'drafted' });
    }, 600);
    return () => clearTimeout(timer);
  }, [held.values, held.state]);
  useEffect(() => {
    if (!options.autosave || (held.state !== 'changed' && held.state !== 'drafted')) return;
    const timer = setTimeout(() => void send(true), 1500);
    return () => clearTimeout(timer);
  }, [held.values, held.state === 'changed' || held.state === 'drafted']);
  useEffect(() => {
    if (held.state !== 'waiting') return;
    const again = () => void send(true);
    const timer = setInterval(again, 15_000);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [held.state]);

  const keyFor = (values: V) => {
    const body = JSON.stringify(values);
    if (keys.current.body !== body) keys.current = { body, key: newKey() };
    return keys.current.key;
  };

  const fail = (errors: Record<string, string>, problem: Problem | undefined, quiet: boolean) => {
    change({ errors, problem, state: 'failed', attempts: now.current.attempts + (quiet ? 0 : 1) });
    return false;
  };

  /** What could not be saved by itself stays on the device: until the network is back, or what is missing is there. */
  const postpone = (problem: Problem): boolean | undefined => {
    const state = problem.status === 0 ? 'waiting' : problem.fields.length > 0 && !problem.conflict ? 'unfinished' : undefined;
    if (!state) return undefined;
    keepDraft(user, options.id, { at: Date.now(), version: latest.current.version ?? '', values: now.current.values });
    change({ state });
    return false;
  };

  async function send(quiet: boolean): Promise<boolean> {
    if (now.current.state === 'saving') return false;
    const values = now.current.values;
    const missing = given(latest.current.check?.(values) ?? {});
    if (Object.keys(missing).length > 0) return quiet ? false : fail(missing, undefined, quiet);
    change({ state: 'saving', problem: undefined });
    try {
      await latest.current.submit(values, keyFor(values));
    } catch (thrown) {
      const problem = problemOf(thrown);
      const postponed = quiet ? postpone(problem) : undefined;
      if (postponed !== undefined) return postponed;
      return fail(errorsOf(problem), problem, quiet);
    }
    keys.current = { body: '', key: '' };
    dropDraft(user, options.id);
    // What was typed while the request was on its way is not saved yet.
    const same = now.current.values === values;
    change({ errors: {}, problem: undefined, restored: undefined, state: same ? 'saved' : 'changed' });
    return true;
  }

  const set = (path: string, value: unknown) => {
    const { values, state } = now.current;
    change({ values: withValue(values, path, value), errors: without(now.current.errors, path),
      state: state === 'saving' ? 'saving' : 'changed' });
  };

  const reset = (values: V) => change({ values, errors: {}, problem: undefined, restored: undefined, state: 'clean' });

  return {
    ...held,
    id: options.id,
    set,
    reset,
    bind: <T = string>(path: string): Bound<T> => ({
      id: idOf(options.id, path),
      name: path,
      value: valueAt(held.values, path) as T,
      error: held.errors[path],
      onChange: (value: T) => set(path, value),
    }),
    submit: (event) => {
      event?.preventDefault();
      return send(false);
    },
    discard: () => {
      dropDraft(user, options.id);
      reset(latest.current.initial);
    },
  };
}

function given(messages: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(messages).filter((one): one is [string, string] => Boolean(one[1])));
}

function opened<V>(options: FormOptions<V>, user: string): State<V> {
  const state: State<V> = { values: options.initial, errors: {}, problem: undefined, state: 'clean', attempts: 0, restored: undefined };
  const draft = options.draft ? findDraft<V>(user, options.id) : undefined;
  if (!draft || JSON.stringify(draft.values) === JSON.stringify(options.initial)) return state;
  const outdated = draft.version !== (options.version ?? '');
  return { ...state, values: draft.values, state: 'drafted', restored: { at: draft.at, outdated } };
}

function errorsOf(problem: Problem): Record<string, string> {
  return Object.fromEntries(problem.fields.map((one) => [pathOf(one.field), textOf(one.code, one.message) || t('form.invalid')]));
}

// A changed field is in order until the server says otherwise, and so are its parts.
function without(errors: Record<string, string>, path: string): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).filter(([at]) => at !== path && !at.startsWith(`${path}[`) && !at.startsWith(`${path}.`)));
}
