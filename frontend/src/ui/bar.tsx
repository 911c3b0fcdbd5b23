// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';

/** What one can do with what is chosen, at hand at the foot of the window while one reads on. */
export function ActionBar({ label, children }: { label: string; children: ComponentChildren }) {
  return <div class="action-bar" role="region" aria-label={label}>{children}</div>;
}
