// SPDX-License-Identifier: AGPL-3.0-or-later

// Which of many reasons a person reads first.
import type { Criterion } from '../ranking/types';

interface Split {
  first: Criterion[];
  rest: Criterion[];
}

const firstGains = 4;
const firstGaps = 3;

/** What speaks for the person, the weightiest first. */
export function gains(criteria: readonly Criterion[]): Split {
  const met = criteria.filter((one) => one.status === 'met').sort((a, b) => b.points - a.points);
  return { first: met.slice(0, firstGains), rest: met.slice(firstGains) };
}

/** What is missing, partly there or not said; what would raise the fit most comes first. */
export function open(criteria: readonly Criterion[]): Split {
  // That two texts share no words tells nobody what to do.
  const gaps = criteria.filter((one) => one.status !== 'met' && one.name !== 'text').sort((a, b) => b.of - b.points - (a.of - a.points));
  return { first: gaps.slice(0, firstGaps), rest: gaps.slice(firstGaps) };
}
