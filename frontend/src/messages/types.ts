// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

export type Thread = components['schemas']['ThreadView'];
export type Line = Thread['lines'][number];
