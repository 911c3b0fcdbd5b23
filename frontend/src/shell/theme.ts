// SPDX-License-Identifier: AGPL-3.0-or-later
import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const key = 'sankofa.theme';

/** The theme that was chosen here; undefined follows the system. */
export const theme = signal<Theme | undefined>(stored());

function stored(): Theme | undefined {
  try {
    const found = localStorage.getItem(key);
    return found === 'light' || found === 'dark' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** What is shown at the moment, chosen or not. */
export function isDark(): boolean {
  return theme.value ? theme.value === 'dark' : (globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false);
}

/** Shows the other theme and remembers it on this device. */
export function toggleTheme(): void {
  theme.value = isDark() ? 'light' : 'dark';
  try {
    localStorage.setItem(key, theme.value);
  } catch {
    // Where storage is off the choice lasts as long as the page.
  }
}

/** Keeps the page in the chosen theme. */
export function followTheme(): void {
  effect(() => {
    if (theme.value) document.documentElement.dataset['theme'] = theme.value;
    else delete document.documentElement.dataset['theme'];
  });
}
