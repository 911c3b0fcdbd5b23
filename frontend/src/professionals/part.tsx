// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  title: string;
  /** What is in it, for those who do not open it: "3 skills". */
  filled?: string | undefined;
  /** Something in it needs attention: it opens, and stays open. */
  wrong: boolean;
  open?: boolean;
  children: ComponentChildren;
}

/** A part of a long form that folds away. */
export function FoldedPart({ title, filled, wrong, open: first = false, children }: Props) {
  const [open, setOpen] = useState(first);
  // A link of the error summary cannot lead into what is closed.
  if (wrong && !open) setOpen(true);
  return (
    <details class="disclosure fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><span class="fold-title">{title}</span>{filled && <span class="fold-filled">{filled}</span>}</summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}

/** Tells whether one of the errors stands in one of the fields. */
export function concerns(errors: Record<string, string>, fields: readonly string[]): boolean {
  return Object.keys(errors).some((path) => fields.includes(path.replace(/[[.].*$/, '')));
}
