// SPDX-License-Identifier: AGPL-3.0-or-later

// Drafts stay on the device until the form is saved or the person signs out.
const prefix = 'sankofa.draft.';
const days = 14;

export interface Draft<V> {
  /** When it was written, in milliseconds. */
  at: number;
  /** The version of the record that the draft started from. */
  version: string;
  values: V;
}

function keyOf(user: string, form: string): string {
  return `${prefix}${user}.${form}`;
}

/** Keeps a draft; returns false when the device refuses (full, or storage is off). */
export function keepDraft<V>(user: string, form: string, draft: Draft<V>): boolean {
  try {
    localStorage.setItem(keyOf(user, form), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** Finds a draft that is not older than two weeks. */
export function findDraft<V>(user: string, form: string): Draft<V> | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(user, form)) ?? 'null') as Draft<V> | null;
    return draft && Date.now() - draft.at < days * 86_400_000 ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Drops one draft. */
export function dropDraft(user: string, form: string): void {
  drop((key) => key === keyOf(user, form));
}

/** Drops every draft of a person. */
export function dropDrafts(user: string): void {
  drop((key) => key.startsWith(`${prefix}${user}.`));
}

function drop(which: (key: string) => boolean): void {
  try {
    for (const key of Object.keys(localStorage)) if (which(key)) localStorage.removeItem(key);
  } catch {
    // Where storage is off there is nothing to drop.
  }
}
