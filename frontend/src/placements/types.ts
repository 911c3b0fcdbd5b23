// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about placements.
import type { components } from '../api/schema.gen';

export type Placement = components['schemas']['PlacementView'];
export type File = components['schemas']['PlacementFile'];
export type Next = components['schemas']['PlacementNext'];
export type Lack = components['schemas']['PlacementLack'];
export type Clearance = components['schemas']['ClearanceView'];
export type Guard = components['schemas']['GuardView'];
export type Due = components['schemas']['PlacementDue'];
export type Question = components['schemas']['PlacementQuestion'];
export type Report = components['schemas']['PlacementReport'];
export type Owed = components['schemas']['PlacementOwed'];
export type EvaluationLink = components['schemas']['EvaluationLinkView'];
export type Contacts = components['schemas']['ContactsView'];
export type Incident = components['schemas']['IncidentView'];
export type Present = components['schemas']['PresentView'];
export type Evacuation = components['schemas']['EvacuationView'];
export type Indicator = components['schemas']['IndicatorView'];
export type Training = components['schemas']['TrainingView'];
export type Absence = components['schemas']['AbsenceView'];
export type Used = components['schemas']['UsedView'];
