// SPDX-License-Identifier: AGPL-3.0-or-later

// How much waits for the reader, beside the overview in the navigation.
import { signal } from '@preact/signals';
import { call } from '../api/call';

export const waiting = signal({ count: 0, overdue: 0 });

/** Asks how much waits; a server that cannot say changes nothing. */
export async function countTasks(): Promise<void> {
  try {
    waiting.value = (await call<{ count: number; overdue: number }>('GET', '/tasks/count', { anonymous: true })).data;
  } catch {
    // The number is a courtesy; it is asked for again.
  }
}
