// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];

export type Duplicate = Schemas['DuplicateView'];
export type Compared = Schemas['ComparedField'];
export type Merge = Schemas['MergeView'];
export type Case = Schemas['CaseView'];
export type CaseState = Case['state'];
export type Referees = Schemas['RefereesView'];
export type Reference = Schemas['ReferenceView'];
export type Confirmation = Schemas['ConfirmationView'];
export type Asked = Schemas['AskedView'];

export const relations = ['supervisor', 'colleague', 'teacher', 'client', 'council'] as const;
export const states: readonly CaseState[] = ['REQUESTED', 'SENT_TO_SOURCE', 'CONFIRMED', 'DISCREPANT', 'UNREACHABLE', 'EXPIRED'];
