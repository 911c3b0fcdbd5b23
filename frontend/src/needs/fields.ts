// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { rootOf } from './remarks';

// The names of the fields as the screens show them.
const names: Record<string, string> = {
  title: 'needs.field.title', language: 'needs.written_in', sector: 'needs.sector', prioritySector: 'needs.priority', background: 'needs.background',
  objectives: 'needs.objectives', outputs: 'needs.section.outputs', counterparts: 'needs.section.counterparts', isco: 'needs.occupation',
  occupationTitle: 'needs.field.occupation_title', criteria: 'needs.criteria', languages: 'needs.languages', yearsExperience: 'needs.experience',
  educationLevel: 'needs.education', educationField: 'needs.education_field', licenceRequired: 'needs.licence', regulator: 'needs.field.regulator',
  startsOn: 'needs.first_day', endsOn: 'needs.last_day', shortestDays: 'needs.shortest', modality: 'needs.modality', headcount: 'needs.headcount', positions: 'needs.positions', relay: 'needs.field.relay', overlapDays: 'needs.field.overlap',
  country: 'needs.country', dutyStation: 'needs.duty_station', unit: 'needs.unit', supervisor: 'needs.supervisor',
  contributions: 'needs.section.contributions', nonSubstitution: 'needs.non_substitution',
};

/** What a field of a need is called; a row of a list is named with its number. */
export function fieldName(field: string): string {
  const key = names[rootOf(field)];
  if (!key) return field;
  const row = /\[(\d+)\]/.exec(field)?.[1];
  return row === undefined ? t(key) : t('needs.field.row', { name: t(key), number: Number(row) + 1 });
}
