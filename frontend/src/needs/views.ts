// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Role } from '../session/session';

/** A way of looking at the list of needs: the states that it shows. */
export interface NeedsView {
  id: string;
  states: readonly string[];
}

const all: NeedsView = { id: 'all', states: [] };
const open: NeedsView = { id: 'open', states: ['PUBLISHED'] };
const selection: NeedsView = { id: 'selection', states: ['CLOSED', 'IN_SELECTION', 'PARTLY_FILLED'] };
const filled: NeedsView = { id: 'filled', states: ['FILLED', 'UNDERWAY', 'DELIVERED', 'CLOSED_OUT'] };

/** The views of a role. What waits for the role comes first: it is why they come. */
export function viewsFor(role: Role | undefined): readonly NeedsView[] {
  switch (role) {
    case 'host':
      return [all, { id: 'mine', states: ['DRAFT', 'RETURNED'] }, { id: 'review', states: ['SUBMITTED', 'VALIDATED', 'APPROVED'] }, open, selection, filled];
    case 'ministry':
      return [{ id: 'validate', states: ['SUBMITTED'] }, { id: 'validated', states: ['VALIDATED', 'APPROVED'] }, open, selection, filled, all];
    case 'coordinator':
      return [{ id: 'approve', states: ['VALIDATED', 'APPROVED'] }, open, selection, filled, { id: 'ministry', states: ['SUBMITTED', 'RETURNED'] }, all];
    default:
      return [all];
  }
}
