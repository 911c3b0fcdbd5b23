// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { moment } from '../i18n/format';
import { t } from '../i18n';
import { Button } from '../ui/button';
import { ErrorSummary, type SummaryItem } from '../ui/error-summary';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem-notice';
import { SaveLine } from '../ui/save-line';
import type { Form } from './form';
import { idOf } from './path';

interface Props<V> {
  form: Form<V>;
  /** The word on the button: "Submit for validation". */
  action: string;
  /** More buttons beside it. */
  beside?: ComponentChildren;
  /** Loads the newest version after somebody else changed the record. */
  onReload?: () => void;
  children: ComponentChildren;
}

/** A form with everything around its fields: draft, conflict, summary of errors, button, state of saving. */
export function FormView<V>({ form, action, beside, onReload, children }: Props<V>) {
  const items = useSummary(form);
  const { problem } = form;
  return (
    <form class="form" noValidate onSubmit={(event) => void form.submit(event)}>
      {form.restored && (
        <Notice tone="info" title={t('form.draft.title')} action={<Button kind="quiet" onClick={form.discard}>{t('form.draft.discard')}</Button>}>
          {t(form.restored.outdated ? 'form.draft.outdated' : 'form.draft.text', { when: moment(new Date(form.restored.at).toISOString()) })}
        </Notice>
      )}
      {items.length > 0 && <ErrorSummary items={items} attempt={form.attempts} />}
      {problem && items.length === 0 && (
        <ProblemNotice key={form.attempts} problem={problem} focus
          {...(problem.conflict && onReload ? { onRetry: onReload, retry: t('problem.load_newest') } : problem.retryable ? { onRetry: () => void form.submit() } : {})} />
      )}
      {children}
      <div class="form-actions">
        <Button kind="primary" type="submit" busy={form.state === 'saving'}>{action}</Button>
        {beside}
        <SaveLine state={form.state} />
      </div>
    </form>
  );
}

// The labels are read from the page once it is drawn: they are the words that the reader sees.
function useSummary<V>(form: Form<V>): SummaryItem[] {
  const [items, setItems] = useState<SummaryItem[]>([]);
  useLayoutEffect(() => {
    setItems(Object.entries(form.errors).map(([path, message]) => itemOf(form.id, path, message)).sort(asOnPage));
  }, [form.errors]);
  return items;
}

// One mends from top to bottom, in whatever order the server complained.
function asOnPage(a: SummaryItem, b: SummaryItem): number {
  const [first, second] = [a, b].map((one) => (one.target ? document.getElementById(one.target) : null));
  if (!first || !second || first === second) return Number(!first) - Number(!second);
  return first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

function itemOf(form: string, path: string, message: string): SummaryItem {
  const id = idOf(form, path);
  const control = document.getElementById(id);
  if (!control) return { message };
  const label = document.querySelector(`label[for="${id}"] .field-name`) ?? control.querySelector(':scope > legend .field-name');
  return { message, target: id, label: label?.textContent ?? '' };
}
