// SPDX-License-Identifier: AGPL-3.0-or-later

// What a person can do next to fit a need better, and where in the profile to do it.
import { has, T, t } from '../i18n';
import { LiftSubject } from '../ranking/lifts';
import type { Lift } from '../ranking/types';
import { LinkButton } from '../ui';
import type { ReadPart } from './read';

const partOfChange: Record<string, ReadPart> = {
  add_skill: 'skills', prove_skill: 'skills', state_occupation: 'work', reach_level: 'languages', state_level: 'education', state_field: 'education',
  date_posts: 'experience', state_years: 'work', cover_period: 'stay', complete_licence: 'licences', offer_modality: 'stay',
};

const partOfCondition: Record<string, ReadPart> = { availability: 'stay', language: 'languages', licence: 'licences', right_of_return: 'residence', modality: 'stay' };

/** The page on which a person mends a part of the profile. */
export function partPath(part: ReadPart): string {
  return `/me?part=${part}`;
}

interface Props {
  lifts: readonly Lift[];
  audience: 'me' | 'member';
  /** The language of the need. */
  lang: string;
}

/** The few changes that would help most, as next steps to the person, or told to their association. */
export function NextSteps({ lifts, audience, lang }: Props) {
  if (lifts.length === 0) return null;
  return (
    <section class="next-steps">
      <h4>{t(`professionals.next_steps.${audience}`)}</h4>
      <ul>
        {lifts.map((one) => (
          <li key={`${one.change} ${one.name} ${one.concept} ${one.need}`}>
            <span><T k={stepKey(one.change, audience)} what={<LiftSubject lift={one} lang={lang} />} /></span>
            <span class="next-step-gain">{t('ranking.gain', { count: one.gain })}</span>
            {audience === 'me' && partOfChange[one.change] && <MendLink part={partOfChange[one.change] as ReadPart} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function stepKey(change: string, audience: Props['audience']): string {
  const key = audience === 'me' ? `professionals.next.${change}` : `ranking.lift.${change}`;
  return has(key) ? key : 'ranking.lift.other';
}

/** Leads the person to what a condition is about; nothing where they cannot change it. */
export function MendCondition({ condition }: { condition: string }) {
  if (condition === 'consent') return <LinkButton small href="/me/consents">{t('professionals.mend.consents')}</LinkButton>;
  const part = partOfCondition[condition];
  return part ? <MendLink part={part} /> : null;
}

function MendLink({ part }: { part: ReadPart }) {
  return <LinkButton small href={partPath(part)}>{t('professionals.mend', { part: t(`professionals.part.${part}`) })}</LinkButton>;
}
