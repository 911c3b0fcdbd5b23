// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about candidacies, shortlists and frozen rankings.
import type { FrozenRanking } from '../ranking/types';
import type { Organisation } from '../session/session';

export type StepName = 'shortlist' | 'host_endorsement' | 'no_objection' | 'approval' | 'acceptance';

export interface Decision {
  step: StepName;
  outcome: 'yes' | 'no';
  reason: string;
  by: string;
  organisation: string;
  at: string;
}

export interface Person {
  pseudonym: string;
  /** Empty while the reader may not know it. */
  name: string;
  professionalId: string;
}

export interface CandidacyNeed {
  id: string;
  reference: string;
  title: string;
  state: string;
  version: number;
  organisation: Organisation;
  country: string;
  dutyStation: string;
  modality: string;
  startsOn: string;
  endsOn: string;
}

export interface CandidacyCan {
  dismiss: boolean;
  endorse: boolean;
  object: boolean;
  approve: boolean;
  answer: boolean;
  accept: boolean;
  decline: boolean;
  withdraw: boolean;
}

export interface Candidacy {
  id: string;
  version: number;
  /** Empty for the person and the association, who are told the status. */
  state: string;
  status: string;
  origin: 'ranking' | 'application' | 'nomination';
  association: string;
  statement: string;
  need: CandidacyNeed;
  person: Person;
  from: string;
  to: string;
  days: number;
  score: number;
  outOf: number;
  answerBy: string | null;
  endReason: string;
  decisions: Decision[];
  /** As it was at the shortlist; null while the reader may not see it. */
  profile: Card | null;
  placementReference: string;
  can: CandidacyCan;
  createdAt: string;
  updatedAt: string;
}

/** A profile as it was at the shortlist. */
export interface Card {
  pseudonym: string;
  givenName: string;
  familyName: string;
  originCountry: string;
  residenceCountry: string;
  occupationTitle: string;
  isco: string;
  yearsExperience: number;
  summary: string;
  cvText: string;
  cvLanguage: string;
  onsite: boolean;
  virtual: boolean;
  hybrid: boolean;
  longestDays: number;
  noticeDays: number;
  skills: { concept: string; label: string; level: number; years: number; lastUsed: number; evidence: string }[];
  languages: { language: string; native: boolean; listening: string; reading: string; interaction: string; production: string; writing: string }[];
  education: { level: number; field: string; title: string; institution: string; country: string; year: number }[];
  licences: { body: string; country: string; isco: string; validFrom: string; validUntil: string; goodStandingOn: string }[];
  experience: { title: string; isco: string; employer: string; country: string; from: string; to: string; description: string }[];
  availability: { from: string; to: string }[];
}

export interface SnapshotSummary {
  id: string;
  takenAt: string;
  by: string;
  algorithm: string;
  indexPosition: number;
  sha256: string;
  intact: boolean;
}

export interface Snapshot extends SnapshotSummary {
  needReference: string;
  ranking: FrozenRanking;
}

export interface Shortlist {
  snapshot: SnapshotSummary | null;
  items: Candidacy[];
}
