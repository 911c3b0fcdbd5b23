// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type Delegation = Schemas['DelegationView'];
export type Colleague = Schemas['ColleagueView'];
