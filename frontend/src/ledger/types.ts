// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about the ledger.
export interface Entry {
  number: number;
  at: string;
  /** An officer's name, or professional, invited, system. */
  by: string;
  organisation: string;
  /** What happened: "need.submitted". */
  name: string;
  /** What it happened to. */
  subject: string;
  /** Identifiers and names of fields; never personal values. */
  details: Record<string, unknown>;
}

export interface Proof {
  entries: number;
  intact: boolean;
  /** The first entry that does not continue the chain; 0 when it is whole. */
  brokenAt: number;
}
