// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Button } from './button';
import { Fieldset } from './choices';
import type { FieldProps } from './field';
import { announce } from './live';

interface Props<R> extends FieldProps {
  name?: string;
  value: readonly R[] | undefined;
  onChange: (items: R[]) => void;
  /** A new, empty row. */
  fresh: () => R;
  /** What one row is called: "Task". Its number is added. */
  one: string;
  /** The words on the button that adds: "Add a task". */
  add: string;
  row: (item: R, index: number) => ComponentChildren;
  /** The order means something: rows can be moved. */
  ordered?: boolean;
  most?: number;
  section?: boolean;
}

/** Rows that can be added, removed and moved, with the focus where one goes on. */
export function RepeatableList<R>({ value: items = [], onChange, fresh, one, add, row, ordered, most = 50, section, ...field }: Props<R>) {
  const keys = useKeys(items.length);
  const root = useRef<HTMLDivElement>(null);
  const focus = useFocusAfter(root);
  const nameOf = (i: number) => t('ui.repeat.row', { name: one, number: i + 1 });

  const append = () => {
    keys.append();
    onChange([...items, fresh()]);
    focus(`[data-row="${items.length}"] :is(input,select,textarea)`);
  };
  const remove = (i: number) => {
    keys.remove(i);
    onChange(items.filter((_, at) => at !== i));
    announce(t('ui.repeat.removed', { name: nameOf(i) }));
    focus(items.length > 1 ? `[data-row="${Math.min(i, items.length - 2)}"] [data-remove] button` : '[data-add] button');
  };
  const move = (i: number, by: -1 | 1) => {
    const order = items.map((_, at) => at);
    [order[i], order[i + by]] = [i + by, i];
    keys.arrange(order);
    onChange(order.map((at) => items[at] as R));
    announce(t('ui.repeat.moved', { name: one, number: i + by + 1 }));
    // At the end of the list that button is off: the other one is next best.
    const tools = `[data-row="${i + by}"] [data-move`;
    focus(`${tools}="${by}"] button:not(:disabled)`, `${tools}] button:not(:disabled)`);
  };

  return (
    <Fieldset {...field} section={section}>
      <div ref={root} class="repeat">
        {items.map((item, i) => (
          <div key={keys.at(i)} class="repeat-row" data-row={i} role="group" aria-label={nameOf(i)}>
            <span class="repeat-number" aria-hidden="true">{i + 1}</span>
            <div class="repeat-fields">{row(item, i)}</div>
            <div class="repeat-tools">
              {ordered && <span data-move="-1"><Button small kind="quiet" icon="up" iconOnly disabled={i === 0} onClick={() => move(i, -1)}>{t('ui.repeat.up', { name: nameOf(i) })}</Button></span>}
              {ordered && <span data-move="1"><Button small kind="quiet" icon="down" iconOnly disabled={i === items.length - 1} onClick={() => move(i, 1)}>{t('ui.repeat.down', { name: nameOf(i) })}</Button></span>}
              <span data-remove><Button small kind="quiet" icon="cross" iconOnly onClick={() => remove(i)}>{t('ui.repeat.remove', { name: nameOf(i) })}</Button></span>
            </div>
          </div>
        ))}
        {items.length < most && <div data-add><Button small icon="plus" onClick={append}>{add}</Button></div>}
      </div>
    </Fieldset>
  );
}

// Rows have no identity of their own; these keys keep each row's elements with it.
function useKeys(length: number) {
  const keys = useRef<number[]>([]);
  const last = useRef(0);
  while (keys.current.length < length) keys.current.push(++last.current);
  keys.current.length = length;
  return {
    at: (i: number) => keys.current[i],
    append: () => void keys.current.push(++last.current),
    remove: (i: number) => void keys.current.splice(i, 1),
    arrange: (order: number[]) => void (keys.current = order.map((i) => keys.current[i] as number)),
  };
}

function useFocusAfter(root: { current: HTMLElement | null }): (...selectors: string[]) => void {
  const [wanted, setWanted] = useState<string[]>([]);
  useEffect(() => {
    for (const selector of wanted) {
      const found = root.current?.querySelector<HTMLElement>(selector);
      if (found) return found.focus();
    }
  }, [wanted]);
  return (...selectors) => setWanted(selectors);
}
