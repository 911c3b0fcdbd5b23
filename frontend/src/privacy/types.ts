// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type Disclosed = Schemas['DisclosureView'];
export type Preview = Schemas['ErasurePreview'];
export type ErasureLine = Schemas['ErasureLine'];
export type Activity = Schemas['ActivityView'];

/** What a host may ask to be shown, in the order in which it is shown. */
export const disclosable = ['name', 'contact', 'cv', 'licences', 'birth', 'residence', 'accessibility'] as const;
