// SPDX-License-Identifier: AGPL-3.0-or-later

// How many notices wait. One number for the whole page, asked for now and then.
import { signal } from '@preact/signals';
import { call } from '../api/call';

export const waiting = signal(0);

/** Asks how many notices wait; a server that cannot say changes nothing. */
export async function countNews(): Promise<void> {
  try {
    waiting.value = (await call<{ unread: number }>('GET', '/me/notices/count', { anonymous: true })).data.unread;
  } catch {
    // The number is a courtesy; it is asked for again.
  }
}

/** Marks notices as read: those named, or all. */
export async function markNews(ids: readonly string[]): Promise<void> {
  waiting.value = (await call<{ unread: number }>('POST', '/me/notices/read', { body: { ids } })).data.unread;
}
