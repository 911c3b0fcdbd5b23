// SPDX-License-Identifier: AGPL-3.0-or-later

// Single keys for those who go through long lists. They can be turned off, for
// people who dictate or whose hands slip (WCAG 2.2, 2.1.4).
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Button } from './button';
import { Checkbox } from './choices';
import { Dialog } from './dialog';

const place = 'sankofa.keys';

function remembered(): boolean {
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}

const on = signal(remembered());

function turn(to: boolean): void {
  on.value = to;
  try {
    localStorage.setItem(place, to ? 'on' : 'off');
  } catch {
    // Where storage is off the choice lasts as long as the page.
  }
}

export interface Key {
  key: string;
  /** What it does: "Open or close". */
  does: string;
  act: () => void;
}

// Where letters are typed, and in a dialog, no key means anything else.
const typing = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog';
// Enter has a meaning of its own on these.
const pressing = 'a, button, summary, input';

/** Listens to single keys while the page is open. */
export function useKeys(keys: readonly Key[]): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!on.peek() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(typing) || (event.key === 'Enter' && target.closest(pressing))) return;
      const found = latest.current.find((one) => one.key === event.key);
      if (!found) return;
      event.preventDefault();
      found.act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** Listens to the keys, and shows on demand or at "?" which there are and how to turn them off. */
export function Keys({ keys }: { keys: readonly Key[] }) {
  const [open, setOpen] = useState(false);
  const all = [...keys, { key: '?', does: t('ui.keys.help'), act: () => setOpen(true) }];
  useKeys(all);
  return (
    <>
      <Button kind="quiet" small class="keys-button" onClick={() => setOpen(true)}>{t('ui.keys')}</Button>
      <Dialog open={open} title={t('ui.keys')} onClose={() => setOpen(false)}>
        <dl class="keys">{all.map((one) => <div key={one.key}><dt><kbd>{one.key}</kbd></dt><dd>{one.does}</dd></div>)}</dl>
        <Checkbox id="keys-on" label={t('ui.keys.on')} help={t('ui.keys.on_help')} value={on.value} onChange={turn} />
      </Dialog>
    </>
  );
}
