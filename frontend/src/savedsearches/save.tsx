// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, newKey } from '../api/call';
import { problemOf, textOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import type { Question } from '../search/question';
import { Button, Checkbox, Dialog, ProblemNotice, RadioGroup, Select, tell, TextInput } from '../ui';
import { frequencies, type Frequency, type SavedSearch } from './types';

/** What is asked when something is saved. */
interface Wanted {
  name: string;
  shared: boolean;
  pinned: boolean;
  frequency: Frequency;
  best: number;
}

/** Everything that the server wants of a saved search. */
export function bodyOf(question: Question, wanted: Wanted, need = ''): unknown {
  const { name, shared, pinned, frequency } = wanted;
  return { kind: need ? 'need' : 'people', name, q: question.q, facets: question.choices, exact: question.exact, need, best: need ? wanted.best : 0, shared, pinned, frequency };
}

export const nothing: Question = { q: '', exact: false, choices: {} };

/** Saves what is being looked for under a name. */
export function SaveSearch({ question }: { question: Question }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small onClick={() => setOpen(true)}>{t('savedsearches.save')}</Button>
      {open && (
        <SaveDialog title={t('savedsearches.save_title')} initial={{ name: question.q.slice(0, 100), shared: false, pinned: false, frequency: 'instant', best: 0 }} onClose={() => setOpen(false)}
          onSave={async (wanted, key) => {
            await call<SavedSearch>('POST', '/saved-searches', { body: bodyOf(question, wanted), idempotencyKey: key });
            tell(t('savedsearches.saved'));
          }} />
      )}
    </>
  );
}

/** Watches who comes among the best for a need. */
export function WatchNeed({ reference, title }: { reference: string; title: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('savedsearches.watch')}</Button>
      {open && (
        <SaveDialog need title={t('savedsearches.watch_title')} initial={{ name: title.slice(0, 100), shared: false, pinned: false, frequency: 'instant', best: 10 }} onClose={() => setOpen(false)}
          onSave={async (wanted, key) => {
            await call<SavedSearch>('POST', '/saved-searches', { body: bodyOf(nothing, wanted, reference), idempotencyKey: key });
            tell(t('savedsearches.watched'));
          }} />
      )}
    </>
  );
}

interface DialogProps {
  title: string;
  initial: Wanted;
  need?: boolean;
  onSave: (wanted: Wanted, key: string) => Promise<void>;
  onClose: () => void;
}

export function SaveDialog({ title, initial, need, onSave, onClose }: DialogProps) {
  const [wanted, setWanted] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const [key] = useState(newKey);
  const set = (changes: Partial<Wanted>) => setWanted({ ...wanted, ...changes });
  const wrong = (field: string) => {
    const found = problem?.fields.find((one) => one.field === field);
    return found && textOf(found.code, found.message);
  };
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onSave(wanted, key);
      onClose();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  const known = problem?.fields.some((one) => ['name', 'frequency', 'best'].includes(one.field));
  return (
    <Dialog open title={title} onClose={onClose} actions={<><Button kind="primary" busy={busy} onClick={() => void save()}>{t('savedsearches.save_it')}</Button><Button onClick={onClose}>{t('savedsearches.cancel')}</Button></>}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        {problem && !known && <ProblemNotice problem={problem} />}
        <TextInput id="save-name" label={t('savedsearches.name')} value={wanted.name} maxLength={100} error={wrong('name')} onChange={(name) => set({ name })} />
        {need && <Select id="save-best" label={t('savedsearches.best')} width="short" value={String(wanted.best)} error={wrong('best')} onChange={(best) => set({ best: Number(best) })}
          options={[3, 5, 10, 20, 50].map((n) => ({ value: String(n), label: t('savedsearches.best_of', { count: n }) }))} />}
        <RadioGroup id="save-frequency" label={t('savedsearches.frequency')} value={wanted.frequency} error={wrong('frequency')} onChange={(frequency) => set({ frequency: frequency as Frequency })}
          options={frequencies.map((one) => ({ value: one, label: t(`savedsearches.frequency.${one}`) }))} />
        <div>
          <Checkbox id="save-pinned" label={t('savedsearches.pin')} value={wanted.pinned} onChange={(pinned) => set({ pinned })} />
          <Checkbox id="save-shared" label={t('savedsearches.share')} help={t('savedsearches.share_help')} value={wanted.shared} onChange={(shared) => set({ shared })} />
        </div>
      </form>
    </Dialog>
  );
}
