// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about candidacies, shortlists and frozen rankings.
import type { components } from '../api/schema.gen';
import type { FrozenRanking } from '../ranking/types';

type Schemas = components['schemas'];

export type Decision = Schemas['DecisionView'];
export type StepName = Decision['step'];
export type Person = Schemas['PersonView'];
export type Card = Schemas['Card'];
export type Candidacy = Schemas['CandidacyView'];
export type CandidacyFile = Schemas['CandidacyFile'];
export type Next = Schemas['NextStep'];
export type Lack = Schemas['NextLack'];
export type Sitting = Schemas['SittingView'];
export type AskedDecision = Schemas['DueDecisionView'];
export type ApprovalChain = Schemas['ChainView'];
export type SelectionRules = Schemas['RulesView'];
export type SnapshotSummary = Schemas['SnapshotSummary'];
export type Shortlist = Schemas['ShortlistView'];

/** A frozen ranking: the server hands it on word for word. */
export type Snapshot = Omit<Schemas['SnapshotView'], 'ranking'> & { ranking: FrozenRanking };
