// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

export type Partner = components['schemas']['PartnerView'];
export type Application = components['schemas']['ApplicationView'];
export type Office = components['schemas']['OfficeView'];
export type Seat = components['schemas']['OfficeOffered'];
export type Referee = components['schemas']['RefereeNamed'];

/** The kinds of organisations that may ask to take part. */
export const kinds = ['association', 'host_institution', 'ministry', 'destination_ministry', 'donor', 'local_authority', 'professional_council', 'recruitment_agency', 'employer', 'data_office'] as const;

/** What a remark can be about, in the order of the form. */
export const fields = ['kind', 'name', 'country', 'place', 'website', 'summary', 'officerName', 'referees', 'papers'] as const;

/** What an organisation says of itself, as the form holds it. */
export interface Text {
  kind: string;
  name: string;
  country: string;
  place: string;
  website: string;
  summary: string;
  officerName: string;
  referees: Referee[];
}

export const noReferee = (): Referee => ({ name: '', organisation: '', contact: '' });
