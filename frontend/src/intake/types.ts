// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type ImportRow = Schemas['ImportRow'];
export type Import = Schemas['ImportView'];
export type Settings = Schemas['ImportSettings'];
export type Check = Schemas['ImportCheck'];
export type Preview = Schemas['ImportPreview'];
export type Problem = Schemas['ImportProblem'];
export type Counts = Schemas['ImportCounts'];
export type ImportColumn = Schemas['ImportColumn'];

/** What a column can be about, in the order of the list. */
export const fields = ['givenName', 'familyName', 'fullName', 'email', 'phone', 'sex', 'birthDate', 'originCountry', 'originLink', 'residenceCountry', 'residencePlace',
  'residenceStatus', 'occupation', 'yearsExperience', 'employer', 'skills', 'languages', 'languageLevel', 'educationLevel', 'educationField', 'institution', 'educationYear',
  'licenceBody', 'licenceNumber', 'summary', 'modality', 'availableFrom', 'availableTo'] as const;

export const outcomes = ['new', 'updated', 'same', 'duplicates', 'invalid'] as const;

/** How a person may be linked to the country of origin. */
export const links = ['born', 'citizen', 'parent', 'grandparent', 'spouse'] as const;
