// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about placements.
import type { Person } from '../selection/types';
import type { Organisation } from '../session/session';

export interface Placement {
  id: string;
  reference: string;
  version: number;
  state: string;
  need: { id: string; reference: string; title: string };
  candidacyId: string;
  organisation: Organisation;
  person: Person;
  from: string;
  to: string;
  days: number;
  modality: string;
  /** Why it was cancelled. */
  reason: string;
  can: { cancel: boolean };
  createdAt: string;
  updatedAt: string;
}
