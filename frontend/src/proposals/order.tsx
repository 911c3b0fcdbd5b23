// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { announce, Button, ProblemNotice, Section, tell } from '../ui';

export interface Entry {
  id: string;
  name: string;
  body: ComponentChildren;
}

interface Props {
  entries: readonly Entry[];
  /** How many of them are in order already. */
  ordered: number;
  save: (ids: string[]) => Promise<void>;
  orderedTitle: string;
  othersTitle: string;
  othersLead: string;
  none: string;
}

/** Things to put in order with buttons: no dragging is needed. */
export function OrderList({ entries, ordered, save, ...words }: Props) {
  const [order, setOrder] = useState(() => entries.slice(0, ordered).map((one) => one.id));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const root = useRef<HTMLDivElement>(null);
  const chosen = order.map((id) => entries.find((one) => one.id === id)).filter((one) => one !== undefined);
  const others = entries.filter((one) => !order.includes(one.id));
  const change = (next: string[], said: string, focus: string) => {
    setOrder(next);
    announce(said);
    requestAnimationFrame(() => (root.current?.querySelector<HTMLElement>(`${focus}:not(:disabled)`) ?? root.current?.querySelector<HTMLElement>('button:not(:disabled)'))?.focus());
  };
  const move = (i: number, by: -1 | 1, { id, name }: Entry) => {
    const next = [...order];
    next.splice(i, 1);
    next.splice(i + by, 0, id);
    change(next, t('proposals.now_at', { name, number: number(i + by + 1) }), `[data-entry="${id}"] button`);
  };
  const send = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await save(order);
      tell(t('proposals.order_saved'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <div ref={root}>
      {problem && <ProblemNotice problem={problem} />}
      <Section title={words.orderedTitle}>
        {chosen.length === 0 ? <p>{words.none}</p> : (
          <ol class="order">
            {chosen.map((one, i) => (
              <li key={one.id} class="order-entry" data-entry={one.id}>
                <span class="order-number" aria-hidden="true">{number(i + 1)}</span>
                <span class="order-body">{one.body}</span>
                <span class="order-tools">
                  <Button small kind="quiet" icon="up" iconOnly disabled={i === 0} onClick={() => move(i, -1, one)}>{t('proposals.up', { name: one.name })}</Button>
                  <Button small kind="quiet" icon="down" iconOnly disabled={i === chosen.length - 1} onClick={() => move(i, 1, one)}>{t('proposals.down', { name: one.name })}</Button>
                  <Button small kind="quiet" icon="cross" iconOnly onClick={() => change(order.filter((id) => id !== one.id), t('proposals.left_out', { name: one.name }), `[data-entry="${one.id}"] button`)}>{t('proposals.leave_out', { name: one.name })}</Button>
                </span>
              </li>
            ))}
          </ol>
        )}
        <div class="order-save"><Button kind="primary" busy={busy} onClick={() => void send()}>{t('proposals.save_order')}</Button></div>
      </Section>
      {others.length > 0 && (
        <Section title={words.othersTitle} lead={words.othersLead}>
          <ul class="order">
            {others.map((one) => (
              <li key={one.id} class="order-entry" data-entry={one.id}>
                <span class="order-body">{one.body}</span>
                <span class="order-tools"><Button small icon="plus" onClick={() => change([...order, one.id], t('proposals.now_at', { name: one.name, number: number(order.length + 1) }), `[data-entry="${one.id}"] button`)}>{t('proposals.take_in')}<span class="hidden"> {one.name}</span></Button></span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
