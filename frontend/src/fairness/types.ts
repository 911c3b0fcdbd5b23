// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about how groups fare, and about the scores.
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type Report = Schemas['FairnessView'];
export type FairTable = Schemas['FairTable'];
export type Group = Schemas['GroupView'];
export type Cell = Schemas['CellView'];
export type Rate = Schemas['RateView'];
export type Drift = Schemas['DriftView'];
export type Period = Schemas['PeriodView'];
export type Shown = Schemas['ShownView'];
export type ShownPerson = Schemas['ShownPersonView'];
export type Trained = Schemas['TrainedView'];
