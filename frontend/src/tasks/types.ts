// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

export type Inbox = components['schemas']['InboxView'];
export type Task = Inbox['mine'][number];
