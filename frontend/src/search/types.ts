// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type Findings = Schemas['Findings'];
export type Hit = Schemas['Hit'];
export type Facet = Schemas['Facet'];
export type FacetValue = Schemas['Value'];
export type Understood = Schemas['Understood'];
export type Excerpt = Schemas['Excerpt'];
export type Choices = Schemas['FacetChoices'];
export type FacetName = Facet['name'];

/** The facets, in the order of the screen. */
export const facetNames = ['group', 'occupation', 'skill', 'language', 'residence', 'years', 'month', 'modality', 'licence', 'evidence'] as const satisfies readonly FacetName[];
