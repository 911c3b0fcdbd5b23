// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Change, Field } from '../professionals/types';
import { rowWords, valueWords } from '../professionals/values';

export interface Difference {
  kind: 'before' | 'after' | 'added' | 'removed' | 'order';
  text: string;
}

const flags: readonly string[] = ['onsite', 'virtual', 'hybrid'];
const lists: readonly string[] = ['skills', 'languages', 'education', 'licences', 'experience', 'availability'];

/** What a change did: both values of a field, or the rows that came and went. */
export function differences(change: Pick<Change, 'field' | 'before' | 'after'>): Difference[] {
  const field = change.field as Field;
  if (lists.includes(field)) return ofRows(field, rowsOf(change.before), rowsOf(change.after));
  if (flags.includes(field)) return [{ kind: 'before', text: valueWords(field, change.before === 'true') }, { kind: 'after', text: valueWords(field, change.after === 'true') }];
  const nothing = (text: string) => text === '' || text === '0';
  return [
    ...(nothing(change.before) ? [] : [{ kind: nothing(change.after) ? 'removed' : 'before', text: valueWords(field, change.before) } as const]),
    ...(nothing(change.after) ? [] : [{ kind: nothing(change.before) ? 'added' : 'after', text: valueWords(field, change.after) } as const]),
  ];
}

function rowsOf(text: string): unknown[] {
  try {
    const rows: unknown = JSON.parse(text || '[]');
    return Array.isArray(rows) ? rows : [];
  } catch {
    return []; // An older entry that is no list any more.
  }
}

function ofRows(field: Field, before: readonly unknown[], after: readonly unknown[]): Difference[] {
  const [old, now] = [before.map((row) => JSON.stringify(row)), after.map((row) => JSON.stringify(row))];
  const removed = before.filter((_, i) => !now.includes(old[i] ?? '')).map((row): Difference => ({ kind: 'removed', text: rowWords(field, row) }));
  const added = after.filter((_, i) => !old.includes(now[i] ?? '')).map((row): Difference => ({ kind: 'added', text: rowWords(field, row) }));
  if (removed.length + added.length > 0) return [...removed, ...added];
  return [{ kind: 'order', text: valueWords(field, after) }];
}

/** What one writer changed at one moment. */
export interface Occasion {
  at: string;
  by: string;
  organisation: string;
  changes: Change[];
}

/** Puts together what was saved together. */
export function occasions(changes: readonly Change[]): Occasion[] {
  const found: Occasion[] = [];
  for (const change of changes) {
    const last = found.at(-1);
    if (last && last.at === change.at && last.by === change.by && last.organisation === change.organisation) last.changes.push(change);
    else found.push({ at: change.at, by: change.by, organisation: change.organisation, changes: [change] });
  }
  return found;
}
