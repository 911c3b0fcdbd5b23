// SPDX-License-Identifier: AGPL-3.0-or-later

// Free time as weeks. Days are text, as the server spells them, and no zone shifts
// them: all arithmetic is in UTC.
import type { Window } from '../professionals/types';

export interface Week {
  /** Monday. */
  from: string;
  /** Sunday. */
  to: string;
}

const dayMs = 86_400_000;

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** The Monday of the week in which a day is (ISO 8601). */
export function monday(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** The weeks from the one of a day on. */
export function weeksFrom(day: string, count: number): Week[] {
  const first = monday(day);
  return Array.from({ length: count }, (_, i) => ({ from: addDays(first, 7 * i), to: addDays(first, 7 * i + 6) }));
}

/** How much of a week is free. */
export function cover(week: Week, windows: readonly Window[]): 'all' | 'some' | 'none' {
  const inside = windows.filter((one) => one.from && one.to && one.from <= week.to && one.to >= week.from);
  if (inside.length === 0) return 'none';
  for (let day = week.from; day <= week.to; day = addDays(day, 1)) if (!inside.some((one) => one.from <= day && one.to >= day)) return 'some';
  return 'all';
}

/** The periods in order, with those that touch or overlap joined; unfinished ones stay at the end. */
export function joined(windows: readonly Window[]): Window[] {
  const whole = windows.filter((one) => one.from && one.to && one.from <= one.to).map((one) => ({ ...one })).sort((a, b) => a.from.localeCompare(b.from));
  const out: Window[] = [];
  for (const one of whole) {
    const last = out.at(-1);
    if (last && one.from <= addDays(last.to, 1)) last.to = one.to > last.to ? one.to : last.to;
    else out.push(one);
  }
  return [...out, ...windows.filter((one) => !(one.from && one.to && one.from <= one.to))];
}

/** Adds the days of a period. Days that are over are left out: nobody can be free then any more. */
export function withPeriod(windows: readonly Window[], from: string, to: string, today: string): Window[] {
  const start = from < today ? today : from;
  return start > to ? [...windows] : joined([...windows, { from: start, to }]);
}

/** Takes the days of a period away. */
export function withoutPeriod(windows: readonly Window[], from: string, to: string): Window[] {
  return joined(windows.flatMap((one) => {
    if (!one.from || !one.to || one.from > to || one.to < from) return [one];
    return [...(one.from < from ? [{ ...one, to: addDays(from, -1) }] : []), ...(one.to > to ? [{ ...one, from: addDays(to, 1) }] : [])];
  }));
}

/** Repeats the free weeks of the coming weeks: the same weeks again, every so many weeks. */
export function repeated(windows: readonly Window[], every: number, times: number, today: string): Window[] {
  let out = [...windows];
  for (const one of joined(windows)) {
    if (!one.from || !one.to) continue;
    for (let i = 1; i <= times; i++) out = withPeriod(out, addDays(one.from, 7 * every * i), addDays(one.to, 7 * every * i), today);
  }
  return out;
}
