// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about needs.
import type { Organisation, Programme } from '../session/session';

export interface Output {
  output: string;
  indicator: string;
}

export interface Counterpart {
  function: string;
  unit: string;
}

export interface NeedCriterion {
  concept: string;
  label: string;
  required: boolean;
  weight: number;
}

export interface LanguageFloor {
  language: string;
  spoken: string;
  written: string;
  required: boolean;
}

export interface Contribution {
  kind: string;
  description: string;
}

/** What the host writes. */
export interface NeedText {
  title: string;
  language: string;
  sector: string;
  isco: string;
  occupationTitle: string;
  background: string;
  objectives: string;
  country: string;
  dutyStation: string;
  unit: string;
  supervisor: string;
  startsOn: string;
  endsOn: string;
  shortestDays: number;
  modality: string;
  headcount: number;
  yearsExperience: number;
  educationLevel: number;
  educationField: string;
  licenceRequired: boolean;
  regulator: string;
  nonSubstitution: boolean;
  prioritySector: string;
  outputs: Output[];
  counterparts: Counterpart[];
  criteria: NeedCriterion[];
  languages: LanguageFloor[];
  contributions: Contribution[];
}

export interface Remark {
  field: string;
  text: string;
}

export interface Review {
  round: number;
  step: 'validation' | 'approval';
  outcome: 'validated' | 'approved' | 'returned' | 'rejected';
  reason: string;
  comments: Remark[];
  by: string;
  organisation: string;
  at: string;
}

export interface NeedCan {
  edit: boolean;
  submit: boolean;
  duplicate: boolean;
  validate: boolean;
  return: boolean;
  reject: boolean;
  approve: boolean;
  publish: boolean;
  extend: boolean;
  close: boolean;
  reopen: boolean;
  cancel: boolean;
  rank: boolean;
  shortlist: boolean;
  nominate: boolean;
  apply: boolean;
}

export interface Need extends NeedText {
  id: string;
  reference: string;
  version: number;
  state: string;
  stateReason: string;
  demo: boolean;
  programme: Programme;
  organisation: Organisation;
  days: number;
  filled: number;
  outOfPriority: boolean;
  opensOn: string;
  closesOn: string;
  noticeLanguages: string[];
  round: number;
  reviews: Review[];
  can: NeedCan;
  createdAt: string;
  updatedAt: string;
}

/** The fields that the host writes, in the order in which they are read. */
export const textFields = [
  'title', 'language', 'sector', 'prioritySector', 'background', 'objectives', 'outputs', 'counterparts', 'isco', 'occupationTitle', 'criteria',
  'languages', 'yearsExperience', 'educationLevel', 'educationField', 'licenceRequired', 'regulator', 'startsOn', 'endsOn', 'shortestDays', 'modality',
  'headcount', 'country', 'dutyStation', 'unit', 'supervisor', 'contributions', 'nonSubstitution',
] as const satisfies readonly (keyof NeedText)[];

/** An empty need. */
export function emptyNeed(language: string): NeedText {
  return {
    title: '', language, sector: '', isco: '', occupationTitle: '', background: '', objectives: '', country: '', dutyStation: '', unit: '', supervisor: '',
    startsOn: '', endsOn: '', shortestDays: 0, modality: 'onsite', headcount: 1, yearsExperience: 0, educationLevel: 0, educationField: '',
    licenceRequired: false, regulator: '', nonSubstitution: false, prioritySector: '', outputs: [], counterparts: [], criteria: [], languages: [], contributions: [],
  };
}

/** The part of a need that its host writes. */
export function textOf(need: NeedText): NeedText {
  return Object.fromEntries(textFields.map((field) => [field, need[field]])) as unknown as NeedText;
}
