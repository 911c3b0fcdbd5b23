// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about needs. The generated types leave open what a request
// may leave out; an answer is always whole.
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];

export type Output = Required<Schemas['OutputView']>;
export type Counterpart = Required<Schemas['CounterpartView']>;
export type NeedCriterion = Required<Schemas['CriterionView']>;
export type LanguageFloor = Required<Schemas['FloorView']>;
export type Contribution = Required<Schemas['ContributionView']>;
export type Position = Required<Schemas['PositionView']>;
export type Post = Schemas['PostView'];
export type Remark = Schemas['CommentView'];
export type Review = Schemas['ReviewView'];
export type NeedTemplate = Schemas['TemplateView'];
export type Coverage = Schemas['RelayView'];
export type Burden = Schemas['BurdenView'];
export type NeedCan = Schemas['NeedCan'];

interface Lists {
  outputs: Output[];
  counterparts: Counterpart[];
  criteria: NeedCriterion[];
  languages: LanguageFloor[];
  contributions: Contribution[];
  positions: Position[];
}

/** A need as one reader may see it, with what they may do next. */
export type Need = Omit<Schemas['NeedView'], keyof Lists | '$schema'> & Lists;

/** The fields that the host writes, in the order in which they are read. */
export const textFields = [
  'title', 'language', 'sector', 'prioritySector', 'background', 'objectives', 'outputs', 'counterparts', 'isco', 'occupationTitle', 'criteria',
  'languages', 'yearsExperience', 'educationLevel', 'educationField', 'licenceRequired', 'regulator', 'startsOn', 'endsOn', 'shortestDays', 'modality',
  'positions', 'headcount', 'relay', 'overlapDays', 'country', 'dutyStation', 'unit', 'supervisor', 'contributions', 'nonSubstitution',
] as const satisfies readonly (keyof Need)[];

/** What the host writes. */
export type NeedText = Pick<Need, (typeof textFields)[number]>;

/** An empty need. */
export function emptyNeed(language: string): NeedText {
  return {
    title: '', language, sector: '', isco: '', occupationTitle: '', background: '', objectives: '', country: '', dutyStation: '', unit: '', supervisor: '',
    startsOn: '', endsOn: '', shortestDays: 0, modality: 'onsite', headcount: 1, relay: false, overlapDays: 0, yearsExperience: 0, educationLevel: 0, educationField: '',
    licenceRequired: false, regulator: '', nonSubstitution: false, prioritySector: '', outputs: [], counterparts: [], criteria: [], languages: [], contributions: [], positions: [],
  };
}

/** The part of a need that its host writes. */
export function textOf(need: NeedText): NeedText {
  return Object.fromEntries(textFields.map((field) => [field, need[field]])) as unknown as NeedText;
}
