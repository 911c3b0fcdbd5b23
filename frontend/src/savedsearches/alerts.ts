// SPDX-License-Identifier: AGPL-3.0-or-later

// How many alerts wait. One number for the whole page, asked for now and then.
import { signal } from '@preact/signals';
import { call } from '../api/call';

export const unread = signal(0);

/** Asks how many alerts wait; a server that cannot say changes nothing. */
export async function countAlerts(): Promise<void> {
  try {
    unread.value = (await call<{ unread: number }>('GET', '/alerts/count', { anonymous: true })).data.unread;
  } catch {
    // The number is a courtesy; it is asked for again.
  }
}

/** Marks alerts as read: those named, or all. */
export async function markRead(ids: readonly string[]): Promise<void> {
  unread.value = (await call<{ unread: number }>('POST', '/alerts/read', { body: { ids } })).data.unread;
}
