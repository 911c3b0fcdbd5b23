// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about teams and what they bring.
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];

export type Team = Schemas['TeamView'];
export type Outcome = Schemas['MemberOutcome'];
export type Good = Required<Schemas['GoodView']>;
export type Equipment = Omit<Schemas['EquipmentView'], 'items' | '$schema'> & { items: Good[] };
export type Evaluated = Schemas['EvaluatedView'];
