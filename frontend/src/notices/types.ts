// SPDX-License-Identifier: AGPL-3.0-or-later
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type News = Schemas['NewsView'];
export type Notifications = Schemas['NotificationsView'];
export type NoticeChoice = Schemas['NoticeChoiceView'];
export type Mail = Schemas['MailView'];
export type Letter = Schemas['LetterView'];
export type Outbox = Schemas['OutboxView'];
export type Stopped = Schemas['StoppedView'];

export const frequencies: readonly NoticeChoice['frequency'][] = ['instant', 'daily', 'weekly', 'none'];
export const mailStates: readonly Mail['state'][] = ['waiting', 'sending', 'sent', 'shown', 'dropped', 'dead', 'given_up'];
