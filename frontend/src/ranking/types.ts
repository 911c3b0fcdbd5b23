// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about who suits a need, and why.
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];

export type Criterion = Schemas['Criterion'];
export type Headline = Schemas['Headline'];
export type Lift = Schemas['Lift'];
export type Block = Schemas['Block'];
export type Window = Schemas['Period'];
export type Summary = Schemas['Summary'];
export type Candidate = Schemas['Candidate'];
export type Excluded = Schemas['Excluded'];
export type Ranking = Schemas['Ranking'];
export type Loosening = Schemas['Loosening'];
export type LooserTerms = Schemas['LooserTerms'];
export type Passage = Schemas['Passage'];

/** A candidate as a shortlist froze it; those of earlier rules have no headline and no lifts. */
export type FrozenCandidate = Omit<Candidate, 'headline' | 'lifts'> & Partial<Pick<Candidate, 'headline' | 'lifts'>>;

/** A ranking as it was frozen at a shortlist: everybody who passed is in it. */
export interface FrozenRanking extends Omit<Ranking, 'candidates'> {
  candidates: FrozenCandidate[];
  others?: { rank: number; person: string; score: number }[];
}
