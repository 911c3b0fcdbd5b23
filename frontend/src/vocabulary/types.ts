// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about the vocabulary and the words of staff.
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type Concept = Schemas['ConceptView'];
export type Word = Schemas['WordView'];
export type Label = Schemas['LabelView'];
export type Trial = Schemas['TrialView'];
export type Link = Schemas['LinkView'];
export type Kind = Word['kind'];
