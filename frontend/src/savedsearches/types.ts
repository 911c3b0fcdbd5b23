// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type SavedSearch = Schemas['SavedSearchView'];
export type Alert = Schemas['AlertView'];
export type Frequency = SavedSearch['frequency'];

export const frequencies: readonly Frequency[] = ['none', 'instant', 'daily', 'weekly'];
