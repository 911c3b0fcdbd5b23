// SPDX-License-Identifier: AGPL-3.0-or-later

// Who is chosen for a need, kept while one goes to the comparison and back. It
// ends with the page: a choice is made in one sitting.
import { signal } from '@preact/signals';

const all = signal<Readonly<Record<string, readonly string[]>>>({});

/** The pseudonyms that are chosen for a need, in the order of choosing. */
export function chosenFor(reference: string): readonly string[] {
  return all.value[reference] ?? [];
}

/** Chooses others for a need. */
export function choose(reference: string, people: readonly string[]): void {
  all.value = { ...all.peek(), [reference]: people };
}

/** Where people stand side by side. */
export function comparePath(needPath: string, people: readonly string[]): string {
  return `${needPath}/compare?people=${people.join(',')}`;
}
