// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  summary: ComponentChildren;
  open?: boolean | undefined;
  /** The body is made when it is first opened, for what is costly or has to be asked for. */
  lazy?: boolean;
  onToggle?: (open: boolean) => void;
  children: ComponentChildren;
}

/** More about something, opened on demand. */
export function Disclosure({ summary, open, lazy, onToggle, children }: Props) {
  const [opened, setOpened] = useState(open ?? false);
  const toggle = (event: { currentTarget: HTMLDetailsElement }) => {
    if (event.currentTarget.open) setOpened(true);
    onToggle?.(event.currentTarget.open);
  };
  return (
    <details class="disclosure" open={open} onToggle={toggle}>
      <summary>{summary}</summary>
      <div class="disclosure-body">{(!lazy || opened || open) && children}</div>
    </details>
  );
}
