// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { erroneous } from './page';

export interface SummaryItem {
  message: string;
  /** The label of the field, so that the message makes sense up here. */
  label?: string;
  /** The id of the control. */
  target?: string;
}

/** Every error of a form on top of it, with links to the fields; takes the focus at each failed attempt. */
export function ErrorSummary({ items, attempt }: { items: readonly SummaryItem[]; attempt: number }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) element.current?.focus();
  }, [attempt]);
  useEffect(() => {
    erroneous.value = true;
    return () => void (erroneous.value = false);
  }, []);
  return (
    <div ref={element} class="error-summary" role="alert" aria-labelledby="error-summary-title" tabIndex={-1}>
      <h2 id="error-summary-title" class="error-summary-title">{t('ui.problem_summary')}</h2>
      <ul>
        {items.map((one, i) => <li key={i}><Line item={one} /></li>)}
      </ul>
    </div>
  );
}

function Line({ item }: { item: SummaryItem }) {
  const text = item.label ? t('ui.labelled', { label: item.label, text: item.message }) : item.message;
  if (!item.target) return <>{text}</>;
  const target = item.target;
  const go = (event: MouseEvent) => {
    const control = document.getElementById(target);
    if (!control) return;
    event.preventDefault();
    control.scrollIntoView?.({ block: 'center' });
    control.focus({ preventScroll: true });
  };
  return <a href={`#${target}`} onClick={go}>{text}</a>;
}
