// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about placements.
import type { components } from '../api/schema.gen';

export type Placement = components['schemas']['PlacementView'];
