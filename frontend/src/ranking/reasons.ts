// SPDX-License-Identifier: AGPL-3.0-or-later

// Which of many criteria are worth a word at first sight.
import type { Fit } from '../ui';
import type { Criterion, Excluded, Summary, Window } from './types';

// Words in common and the way of working say little about somebody.
const slight = new Set(['text', 'modality']);
// A gap of fewer points does not move anybody.
const leastGap = 15;

/** The criteria that speak most for a person, most points first. */
export function strongest(criteria: readonly Criterion[], most = 3): Criterion[] {
  return criteria.filter((one) => one.status === 'met' && !slight.has(one.name)).sort((a, b) => b.points - a.points).slice(0, most);
}

/** The criterion that costs a person most; none if nothing of weight is missing. */
export function gravestGap(criteria: readonly Criterion[]): Criterion | undefined {
  const gaps = criteria.filter((one) => one.status !== 'met' && !slight.has(one.name) && one.of - one.points >= leastGap);
  return gaps.sort((a, b) => b.of - b.points - (a.of - a.points))[0];
}

/** How many criteria have each fit. */
export function tally(criteria: readonly Criterion[]): Record<Fit, number> {
  const counts: Record<Fit, number> = { met: 0, partly: 0, missing: 0, unknown: 0 };
  for (const one of criteria) counts[one.status] += 1;
  return counts;
}

export interface Step {
  condition: string;
  removed: number;
  remaining: number;
}

/** The conditions in order, each with how many people it removed and how many were left. */
export function stepsOf(considered: number, excluded: readonly Excluded[]): Step[] {
  let remaining = considered;
  return excluded.map(({ condition, count }) => ({ condition, removed: count, remaining: (remaining -= count) }));
}

/** The same criterion of several people: by its place, as all are compared with one need. */
export function differs(row: readonly (Criterion | undefined)[]): boolean {
  return new Set(row.map((one) => (one ? `${one.status} ${one.points}` : ''))).size > 1;
}

const day = 86_400_000;

function at(value: string): number {
  return Date.parse(`${value}T00:00:00Z`);
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The days to propose for a person: the longest stretch of the need's period in which they are free, as long as they stay at most. */
export function proposedDays(need: { startsOn: string; endsOn: string }, summary: Pick<Summary, 'availability' | 'longestDays'>): Window {
  let best: { from: number; to: number } | undefined;
  for (const window of summary.availability) {
    const from = Math.max(at(window.from), at(need.startsOn));
    const to = Math.min(at(window.to), at(need.endsOn));
    if (from <= to && (!best || to - from > best.to - best.from)) best = { from, to };
  }
  if (!best) return { from: need.startsOn, to: need.endsOn };
  const longest = summary.longestDays > 0 ? best.from + (summary.longestDays - 1) * day : best.to;
  return { from: dateOf(best.from), to: dateOf(Math.min(best.to, longest)) };
}
