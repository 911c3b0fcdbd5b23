// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type Proposal = Schemas['ProposalView'];
export type Summary = Schemas['ProposalSummary'];
export type Inputs = Schemas['ProposalInputs'];
export type Line = Schemas['ProposalLine'];
export type NeedRow = Schemas['ProposalNeed'];
export type Pin = Schemas['ProposalPin'];
export type PinCost = Schemas['ProposalPinCost'];
export type Change = Schemas['ProposalChange'];
export type Stable = Schemas['ProposalStable'];
export type Wishes = Schemas['WishesView'];
export type Favourites = Schemas['FavouritesView'];

/** Asks again with other inputs. */
export type Revise = (inputs: Inputs) => Promise<void>;

/** What a new proposal asks for before anybody has chosen. */
export const usual: Inputs = { currency: 'EUR', travel: 0, daily: 0, handover: 3, quotas: [], pins: [] };
