// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

export interface Tab {
  id: string;
  label: ComponentChildren;
  content: () => ComponentChildren;
}

interface Props {
  label: string;
  tabs: readonly Tab[];
  current: string;
  onChange: (id: string) => void;
}

/** Views of one thing, one at a time. Arrows move in the direction of reading. */
export function Tabs({ label, tabs, current, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(tabs.findIndex((one) => one.id === current), 0);
  const go = (to: number) => {
    const tab = tabs[(to + tabs.length) % tabs.length];
    if (!tab) return;
    onChange(tab.id);
    list.current?.querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const forward = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  return (
    <div class="tabs">
      <div ref={list} class="tab-list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((one, i) => (
          <button key={one.id} type="button" role="tab" id={`tab-${one.id}`} class="tab" aria-selected={i === at} aria-controls={`panel-${one.id}`}
            tabIndex={i === at ? 0 : -1} onClick={() => onChange(one.id)}>{one.label}</button>
        ))}
      </div>
      {tabs.map((one, i) => (
        <div key={one.id} role="tabpanel" id={`panel-${one.id}`} class="tab-panel" aria-labelledby={`tab-${one.id}`} hidden={i !== at} tabIndex={0}>
          {i === at && one.content()}
        </div>
      ))}
    </div>
  );
}
