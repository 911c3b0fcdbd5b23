// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about who suits a need, and why.
import type { Fit } from '../ui';

export type Relation = 'same' | 'narrower' | 'broader' | 'sibling' | 'words';
export type Source = 'skill' | 'experience' | 'cv';

export interface Criterion {
  /** A stable key: "skill.required", "language", … */
  name: string;
  status: Fit;
  points: number;
  of: number;
  /** The words on both sides. */
  evidence: { need: string; person: string };
  /** What both sides meet on, or what the need asks for. */
  concept: string;
  /** The concept in the reader's language. */
  conceptLabel?: string;
  relation?: Relation;
  source?: Source;
}

export interface Window {
  from: string;
  to: string;
}

export interface Summary {
  occupationTitle: string;
  isco: string;
  residenceCountry: string;
  languages: string[];
  yearsExperience: number;
  availability: Window[];
  longestDays: number;
}

export interface Candidate {
  rank: number;
  professionalId?: string;
  /** The pseudonym. */
  person: string;
  demo: boolean;
  score: number;
  outOf: number;
  criteria: Criterion[];
  summary: Summary;
  /** Where the person stands for this need already. */
  candidacyState?: string;
}

export interface Excluded {
  condition: string;
  count: number;
}

export interface Ranking {
  need: { id: string; reference: string; title: string; version: number };
  algorithm: string;
  indexPosition: number;
  source: 'index' | 'database';
  considered: number;
  passed: number;
  excluded: Excluded[];
  candidates: Candidate[];
}

/** A ranking as it was frozen at a shortlist: everybody who passed is in it. */
export interface FrozenRanking extends Ranking {
  others?: { rank: number; person: string; score: number }[];
}
