// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { country, date, listed, period } from '../i18n/format';
import { Badge, Bdi, Checkbox, Disclosure } from '../ui';
import { CriteriaTable } from './criteria';
import { Lifts } from './lifts';
import { Line } from './line';
import { Passages } from './passages';
import { tally } from './reasons';
import { CriteriaStrip, Score } from './strip';
import type { Criterion, FrozenCandidate } from './types';
import { useVocabulary } from './vocabulary';
import { languageShort } from './words';

interface Props {
  candidate: FrozenCandidate;
  /** The language of the need. */
  lang?: string | undefined;
  /** The need for which what the person wrote can be asked for; left out where all is frozen. */
  reference?: string | undefined;
  chosen?: boolean;
  /** Chooses the person; left out where nobody can be chosen. */
  onChoose?: ((on: boolean) => void) | undefined;
  open?: boolean | undefined;
  onOpen?: ((open: boolean) => void) | undefined;
}

/** The card of a person, for the keys that move from one to the next. */
export function cardId(person: string): string {
  return `candidate-${person}`;
}

/** One person in a ranking: who, why, how much, and every reason on demand. */
export function CandidateCard({ candidate, lang, reference, chosen, onChoose, open, onOpen }: Props) {
  const { person, rank, summary, candidacyState } = candidate;
  return (
    <li class={chosen ? 'candidate candidate-chosen' : 'candidate'} id={cardId(person)} tabIndex={-1}>
      <span class="candidate-rank" aria-label={t('ranking.rank', { rank })}>{rank}</span>
      <div class="candidate-main">
        <h3 class="candidate-name">
          <Bdi>{summary.occupationTitle}</Bdi> <span dir="ltr" class="pseudonym muted">{person}</span>
          {candidate.demo && <> <Badge>{t('needs.demo')}</Badge></>}
          {summary.notConfirmedSince && <> <Badge tone="caution">{t('ranking.not_confirmed', { when: date(summary.notConfirmedSince) })}</Badge></>}
          {candidacyState && <> <Badge tone="accent">{t(`selection.state.${candidacyState}`)}</Badge></>}
        </h3>
        <Line candidate={candidate} lang={lang} />
        <Facts candidate={candidate} />
      </div>
      <div class="candidate-score">
        <Score candidate={candidate} />
        {onChoose && <Checkbox id={`choose-${person}`} label={<>{t('ranking.choose')}<span class="hidden"> {person}</span></>} value={chosen} onChange={onChoose} />}
      </div>
      <div class="candidate-more">
        <Disclosure lazy open={open} onToggle={onOpen} summary={t('ranking.all_criteria', { count: candidate.criteria.length, tally: tallied(candidate.criteria) })}>
          <More candidate={candidate} lang={lang} reference={reference} />
        </Disclosure>
      </div>
    </li>
  );
}

/** The second level: where every point comes from, what would add some, and what the person wrote. */
function More({ candidate, lang, reference }: Pick<Props, 'candidate' | 'lang' | 'reference'>) {
  const { criteria, person, lifts } = candidate;
  return (
    <div class="stack">
      <CriteriaStrip criteria={criteria} />
      <CriteriaTable criteria={criteria} lang={lang} caption={t('ranking.criteria_of', { person })} />
      {lifts && <Lifts lifts={lifts} lang={lang} />}
      {reference && <Disclosure lazy summary={t('ranking.passages')}><Passages reference={reference} person={person} /></Disclosure>}
    </div>
  );
}

function tallied(criteria: readonly Criterion[]): string {
  const counts = tally(criteria);
  const fits = (['met', 'partly', 'missing', 'unknown'] as const).filter((fit) => counts[fit] > 0);
  return listed(fits.map((fit) => t(`ranking.tally.${fit}`, { count: counts[fit] })));
}

/** What a reader wants to know at a glance beside the reasons. */
export function Facts({ candidate: { summary } }: { candidate: Pick<FrozenCandidate, 'summary'> }) {
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
