// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { Badge, Bdi, type Tone } from '../ui';
import type { Candidacy, Decision, Person, StepName } from './types';

const tones: Record<string, Tone> = {
  SHORTLISTED: 'accent', HOST_ENDORSED: 'accent', NO_OBJECTION: 'accent', APPROVED: 'accent', OFFERED: 'accent', ACCEPTED: 'good', OBJECTED: 'bad',
  NOT_SELECTED: 'neutral', DECLINED: 'neutral', OFFER_EXPIRED: 'caution', NOMINATED: 'caution', offer: 'accent', accepted: 'good', nominated: 'caution',
  interview: 'accent', proposed: 'accent', UNDER_ASSESSMENT: 'accent', RECOMMENDED: 'accent', RESERVE: 'caution', UNDER_REVIEW: 'caution',
};

/** Where a candidacy stands: the state for partners, the status for the person and the association. */
export function CandidacyState({ candidacy }: { candidacy: Pick<Candidacy, 'state' | 'status'> }) {
  const { state, status } = candidacy;
  return <Badge tone={tones[state || status] ?? 'neutral'}>{t(state ? `selection.state.${state}` : `selection.status.${status}`)}</Badge>;
}

/** The name where the server gives it, the pseudonym otherwise. */
export function PersonName({ person }: { person: Person }) {
  if (!person.name) return <span class="pseudonym" dir="ltr">{person.pseudonym}</span>;
  return <><Bdi>{person.name}</Bdi> <span class="pseudonym pseudonym-beside muted" dir="ltr">{person.pseudonym}</span></>;
}

/** The name as plain text, for titles. */
export function nameOf(person: Person): string {
  return person.name || person.pseudonym;
}

/** The steps of a candidacy, in their order. */
export const steps: readonly StepName[] = ['shortlist', 'host_endorsement', 'no_objection', 'approval', 'acceptance'];

const waiting: Record<string, StepName> = {
  SUBMITTED: 'shortlist', ELIGIBLE: 'shortlist', LONGLISTED: 'shortlist', SHORTLISTED: 'host_endorsement', RECOMMENDED: 'host_endorsement', HOST_ENDORSED: 'no_objection', NO_OBJECTION: 'approval', APPROVED: 'acceptance', OFFERED: 'acceptance',
};

export interface StepView {
  step: StepName;
  standing: 'yes' | 'no' | 'waiting' | 'later';
  decision: Decision | undefined;
}

/** What has been decided, what is waited for, and what comes later. */
export function stepsOf({ decisions, state, round }: Pick<Candidacy, 'decisions' | 'state' | 'round'>): StepView[] {
  return steps.map((step) => {
    const decision = decisions.find((one) => one.step === step && one.round === round);
    return { step, decision, standing: decision?.outcome ?? (waiting[state] === step ? 'waiting' : 'later') };
  });
}
