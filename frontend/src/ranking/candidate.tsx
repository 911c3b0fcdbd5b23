// SPDX-License-Identifier: AGPL-3.0-or-later
import { T, t } from '../i18n';
import { country, listed, period } from '../i18n/format';
import { Badge, Bdi, Checkbox, Disclosure } from '../ui';
import { CriteriaTable } from './criteria';
import { gravestGap, strongest, tally } from './reasons';
import { ScoreStrip } from './strip';
import type { Candidate, Criterion } from './types';
import { useVocabulary } from './vocabulary';
import { languageShort, Listed, Phrase } from './words';

interface Props {
  candidate: Candidate;
  /** The language of the need. */
  lang?: string | undefined;
  chosen?: boolean;
  /** Chooses the person; left out where nobody can be chosen. */
  onChoose?: ((on: boolean) => void) | undefined;
}

/** One person in a ranking: who, why, how much, and every reason on demand. */
export function CandidateCard({ candidate, lang, chosen, onChoose }: Props) {
  const { person, rank, summary, candidacyState } = candidate;
  return (
    <li class={chosen ? 'candidate candidate-chosen' : 'candidate'}>
      <span class="candidate-rank" aria-label={t('ranking.rank', { rank })}>{rank}</span>
      <div class="candidate-main">
        <h3 class="candidate-name">
          <span dir="ltr" class="pseudonym">{person}</span> <Bdi>{summary.occupationTitle}</Bdi>
          {candidate.demo && <> <Badge>{t('needs.demo')}</Badge></>}
          {candidacyState && <> <Badge tone="accent">{t(`selection.state.${candidacyState}`)}</Badge></>}
        </h3>
        <Why criteria={candidate.criteria} lang={lang} />
        <Facts candidate={candidate} />
      </div>
      <div class="candidate-score">
        <ScoreStrip candidate={candidate} />
        {onChoose && <Checkbox id={`choose-${person}`} label={<>{t('ranking.choose')}<span class="hidden"> {person}</span></>} value={chosen} onChange={onChoose} />}
      </div>
      <div class="candidate-more">
        <Disclosure summary={t('ranking.all_criteria', { count: candidate.criteria.length, tally: tallied(candidate.criteria) })}>
          <CriteriaTable criteria={candidate.criteria} lang={lang} caption={t('ranking.criteria_of', { person })} />
        </Disclosure>
      </div>
    </li>
  );
}

function tallied(criteria: readonly Criterion[]): string {
  const counts = tally(criteria);
  const fits = (['met', 'partly', 'missing', 'unknown'] as const).filter((fit) => counts[fit] > 0);
  return listed(fits.map((fit) => t(`ranking.tally.${fit}`, { count: counts[fit] })));
}

/** Why this place, in a line: what speaks for the person, and what costs them most. */
export function Why({ criteria, lang }: { criteria: readonly Criterion[]; lang?: string | undefined }) {
  const strong = strongest(criteria);
  const gap = gravestGap(criteria);
  return (
    <p class="candidate-why">
      {strong.length > 0 ? <T k="ranking.why.brings" what={<Listed items={strong.map((one) => <Phrase criterion={one} lang={lang} />)} />} /> : t('ranking.why.nothing')}{' '}
      {gap ? <T k={`ranking.why.${gap.status}`} what={<Phrase criterion={gap} lang={lang} />} /> : t('ranking.why.no_gap')}
    </p>
  );
}

function Facts({ candidate: { summary } }: { candidate: Candidate }) {
  const { lists } = useVocabulary();
  return (
    <dl class="candidate-facts">
      <Fact term={t('ranking.residence')}>{country(summary.residenceCountry)}</Fact>
      {summary.languages.length > 0 && <Fact term={t('ranking.languages')}>{listed(summary.languages.map((one) => languageShort(one, lists)))}</Fact>}
      {summary.yearsExperience > 0 && <Fact term={t('needs.experience')}>{t('ranking.years_short', { count: summary.yearsExperience })}</Fact>}
      <Fact term={t('ranking.available')}>
        {summary.availability.length > 0 ? listed(summary.availability.map((one) => period(one.from, one.to))) : t('ranking.says_nothing')}
        {summary.longestDays > 0 && <span class="muted"> {t('ranking.longest', { count: summary.longestDays })}</span>}
      </Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: preact.ComponentChildren }) {
  return <div><dt>{term}</dt><dd>{children}</dd></div>;
}
