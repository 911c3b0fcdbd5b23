// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about who suits a need, and why.
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];

export type Criterion = Schemas['Criterion'];
export type Window = Schemas['Period'];
export type Summary = Schemas['Summary'];
export type Candidate = Schemas['Candidate'];
export type Excluded = Schemas['Excluded'];
export type Ranking = Schemas['Ranking'];

/** A ranking as it was frozen at a shortlist: everybody who passed is in it. */
export interface FrozenRanking extends Ranking {
  others?: { rank: number; person: string; score: number }[];
}
