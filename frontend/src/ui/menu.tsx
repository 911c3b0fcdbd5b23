// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon';

interface Props {
  /** What is shown on the button. */
  label: ComponentChildren;
  /** What the button is called. */
  name: string;
  icon?: IconName;
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a panel below it. Escape, a click elsewhere or leaving with the keyboard closes it. */
export function Menu({ label, name, icon, children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useId();
  const close = () => setOpen(false);

  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) close();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      close();
      button.current?.focus();
    };
    document.addEventListener('click', elsewhere);
    document.addEventListener('focusin', elsewhere);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('click', elsewhere);
      document.removeEventListener('focusin', elsewhere);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);

  return (
    <div ref={root} class="menu">
      <button ref={button} type="button" class="menu-button" aria-expanded={open} aria-controls={panel} onClick={() => setOpen(!open)}>
        {icon && <Icon name={icon} />}
        <span class="hidden">{name}</span>{' '}
        <span class="menu-label">{label}</span>
        <Icon name="down" />
      </button>
      <div id={panel} class="menu-panel" hidden={!open}>{open && children(close)}</div>
    </div>
  );
}
