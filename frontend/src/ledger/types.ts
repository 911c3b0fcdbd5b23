// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about the ledger.
import type { components } from '../api/schema.gen';

export type Entry = components['schemas']['EntryView'];
export type Proof = components['schemas']['ProofView'];
