// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type Transfer = Schemas['TransferView'];
export type Breach = Schemas['BreachView'];
export type MyBreach = Schemas['MyBreachView'];
export type Assessment = Schemas['ImpactView'];
export type RankingReview = Schemas['RankingReviewView'];

export const bases = ['adequacy', 'standard_clauses', 'agreement', 'consent', 'public_interest'] as const;
export const contracts = ['memorandum', 'programme_agreement', 'standard_clauses', 'processor_contract', 'administrative_arrangement', 'other'] as const;
export const risks = ['none', 'risk', 'high'] as const;
export const outcomes = ['low', 'mitigated', 'high'] as const;
