// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { describe, Field, type FieldProps } from './field';
import { Icon } from './icon';
import type { Option } from './inputs';
import { announce } from './live';

interface Props extends FieldProps {
  name?: string;
  value: Option | null | undefined;
  onChange: (value: Option | null) => void;
  /** Finds what may be meant, best first. */
  find: (text: string, signal: AbortSignal) => Promise<readonly Option[]>;
  /** Empty the field after a choice, to add the next one to a list. */
  clearOnPick?: boolean;
  /** How many letters before the first search. */
  least?: number;
}

/** A field that proposes while one types (ARIA combobox with a list box). */
export function Combobox({ value, onChange, find, clearOnPick, least = 2, name, ...field }: Props) {
  const [text, setText] = useState(value?.label ?? '');
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const search = useSearch(find, open && text.trim().length >= least ? text.trim() : '');
  // A choice among other proposals says nothing about these.
  const [mark, setMark] = useState<{ among: readonly Option[]; at: number }>({ among: [], at: -1 });
  const place = (of: typeof mark) => (of.among === search.found ? of.at : -1);
  const active = place(mark);
  const setActive = (next: (was: number) => number) => setMark((was) => ({ among: search.found, at: next(place(was)) }));
  const list = `${field.id}-list`;
  const showing = open && text.trim().length >= least;

  useEffect(() => setText(value?.label ?? ''), [value?.value, value?.label]);
  useEffect(() => {
    if (active >= 0) document.getElementById(`${list}-${active}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);

  const pick = (option: Option) => {
    setOpen(false);
    setText(clearOnPick ? '' : option.label);
    onChange(option);
    announce(t('ui.combobox.picked', { name: option.label }));
  };
  const leave = () => {
    setOpen(false);
    // Words that were not picked are no value: go back to what is.
    if (text.trim() === '' && value) onChange(null);
    else setText(clearOnPick ? '' : (value?.label ?? ''));
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => (showing ? setActive((was) => (was + 1) % Math.max(search.found.length, 1)) : setOpen(true)),
    ArrowUp: () => setActive((was) => (was <= 0 ? search.found.length - 1 : was - 1)),
    Enter: () => {
      const option = search.found[active];
      if (option) pick(option);
    },
    Escape: () => {
      setOpen(false);
      setText(value?.label ?? '');
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || (event.key !== 'ArrowDown' && !showing)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <Field {...field}>
      <div class="combobox">
        <input {...describe(field)} ref={input} class="input" name={name} type="text" role="combobox" dir="auto" autocomplete="off" spellcheck={false}
          aria-autocomplete="list" aria-expanded={showing} aria-controls={list} aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
          value={text} onKeyDown={onKeyDown} onBlur={leave} onInput={(event) => {
            setText(event.currentTarget.value);
            setOpen(true);
          }} />
        <Icon name="search" />
        <ul id={list} role="listbox" aria-label={field.label} class="combobox-list" hidden={!showing || search.found.length === 0}>
          {search.found.map((option, i) => (
            // Pressing must not take the focus from the field, or it closes before the choice arrives.
            <li key={option.value} id={`${list}-${i}`} role="option" aria-selected={i === active} class="combobox-option"
              onMouseDown={(event) => event.preventDefault()} onClick={() => pick(option)}>
              <bdi>{option.label}</bdi>
              {option.hint && <span class="combobox-hint">{option.hint}</span>}
            </li>
          ))}
        </ul>
        {showing && search.said && search.found.length === 0 && <p class="combobox-list combobox-none">{search.said}</p>}
      </div>
    </Field>
  );
}

function useSearch(find: Props['find'], text: string): { found: readonly Option[]; said: string } {
  const [result, setResult] = useState<{ found: readonly Option[]; said: string }>({ found: [], said: '' });
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    if (!text) return setResult({ found: [], said: '' });
    const controller = new AbortController();
    const timer = setTimeout(() => {
      latest.current(text, controller.signal).then(
        (found) => {
          if (controller.signal.aborted) return;
          const said = found.length === 0 ? t('ui.combobox.none', { text }) : t('ui.combobox.found', { count: found.length });
          announce(said);
          setResult({ found, said });
        },
        () => controller.signal.aborted || setResult({ found: [], said: t('ui.combobox.failed') }),
      );
    }, 150);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text]);
  return result;
}
