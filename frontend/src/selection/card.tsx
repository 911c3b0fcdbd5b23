// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Answer } from '../api/call';
import { t } from '../i18n';
import { moment, number, period } from '../i18n/format';
import { Bdi, Disclosure, Meter } from '../ui';
import { Decide } from './decide';
import { FrozenProfile } from './profile';
import { Steps } from './steps';
import type { Candidacy } from './types';
import { CandidacyState, PersonName } from './words';

interface Props {
  candidacy: Candidacy;
  onChanged: (answer: Answer<Candidacy>) => void;
  onReload: () => void;
}

/** One person on a shortlist, for those who decide: who, when, how far, and the decision that waits. */
export function CandidacyCard({ candidacy, onChanged, onReload }: Props) {
  const { person, profile } = candidacy;
  return (
    <li class="person">
      <header class="person-head">
        <div>
          <h3 id={`candidacy-${candidacy.id}`} tabIndex={-1} class="person-name"><a href={`/candidacies/${candidacy.id}`}><PersonName person={person} /></a></h3>
          {profile && <p><Bdi>{profile.occupationTitle}</Bdi></p>}
          {candidacy.position && <p class="muted">{t('selection.position')} <Bdi>{candidacy.position.title}</Bdi></p>}
          <p class="person-facts"><CandidacyState candidacy={candidacy} /> <span>{period(candidacy.from, candidacy.to)}</span> <span>{t('needs.days', { count: candidacy.days })}</span></p>
        </div>
        {candidacy.score > 0 && <div class="person-score"><Meter label={t('ranking.score')} value={candidacy.score} max={candidacy.outOf} /></div>}
      </header>
      <Steps candidacy={candidacy} />
      <Decide candidacy={candidacy} onChanged={onChanged} onReload={onReload} />
      <Aside candidacy={candidacy} />
      {profile && <Disclosure summary={t('selection.profile')}><FrozenProfile card={profile} /></Disclosure>}
    </li>
  );
}

/** What else was said: why the person applied, until when they may answer, why they left. */
export function Aside({ candidacy, own }: { candidacy: Candidacy; own?: boolean }) {
  const { statement, origin, association, answerBy, endReason, placementReference } = candidacy;
  return (
    <div class="person-said">
      {statement && (
        <figure>
          <figcaption class="muted small">{origin === 'nomination' ? t('selection.nominated_by', { name: association }) : t(own ? 'selection.statement_own' : 'selection.statement')}</figcaption>
          <blockquote dir="auto">{statement}</blockquote>
        </figure>
      )}
      {answerBy && <p>{t('selection.answer_by', { when: moment(answerBy) })}</p>}
      {endReason && <p>{t(own ? 'selection.end_reason_own' : 'selection.end_reason')} <Bdi>{endReason}</Bdi></p>}
      {placementReference && <p>{t('selection.placement')} <a href={`/placements/${placementReference}`}><span dir="ltr">{placementReference}</span></a></p>}
    </div>
  );
}

/** A score in words, for tables. */
export function scoreWords({ score, outOf }: Pick<Candidacy, 'score' | 'outOf'>): string {
  return score > 0 ? t('ui.meter', { value: number(score), max: number(outOf) }) : '–';
}
