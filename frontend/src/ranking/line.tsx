// SPDX-License-Identifier: AGPL-3.0-or-later

// Why somebody stands where they stand, in one plain line.
import type { ComponentChildren } from 'preact';
import { has, T, t } from '../i18n';
import { languageName } from '../i18n/format';
import { Bdi } from '../ui';
import { gravestGap, strongest } from './reasons';
import type { Criterion, FrozenCandidate } from './types';
import { criterionName } from './words';

interface Props {
  candidate: Pick<FrozenCandidate, 'criteria' | 'headline' | 'summary'>;
  /** The language of the need. */
  lang?: string | undefined;
}

/** "Midwife for 14 years; knows emergency obstetric care; French could be better." */
export function Line({ candidate, lang }: Props) {
  const { strengths, gap } = named(candidate);
  const [first, second] = strengths.map((one) => <Piece key={one.name} criterion={one} candidate={candidate} lang={lang} />);
  const lack = gap && <Piece criterion={gap} candidate={candidate} lang={lang} />;
  return <p class="candidate-line">{frame(first, second, lack)}</p>;
}

function frame(first: ComponentChildren, second: ComponentChildren, gap: ComponentChildren): ComponentChildren {
  if (first && second && gap) return <T k="ranking.line.two_gap" first={first} second={second} gap={gap} />;
  if (first && second) return <T k="ranking.line.two" first={first} second={second} />;
  if (first && gap) return <T k="ranking.line.one_gap" first={first} gap={gap} />;
  if (first) return <T k="ranking.line.one" first={first} />;
  return gap ? <T k="ranking.line.gap" gap={gap} /> : t('ranking.line.nothing');
}

/** The criteria that the line names: as the server says, or picked here for what was frozen before it did. */
export function named({ criteria, headline, summary }: Props['candidate']): { strengths: Criterion[]; gap: Criterion | undefined } {
  const strong = strongest(criteria);
  const strengths = headline ? headline.strengths.flatMap((place) => criteria[place] ?? []) : strong.slice(0, 2);
  const gap = headline ? (headline.gap === null || headline.gap === undefined ? undefined : criteria[headline.gap]) : gravestGap(criteria);
  // The years stand with the occupation already: something else is worth the second place.
  const said = strengths.some((one) => one.name === 'occupation') && summary.yearsExperience > 0;
  if (!said || !strengths.some((one) => one.name === 'experience')) return { strengths, gap };
  const rest = strengths.filter((one) => one.name !== 'experience');
  return { strengths: [...rest, ...strong.filter((one) => one.name !== 'experience' && !rest.includes(one))].slice(0, 2), gap };
}

// One criterion as a part of the line, as a strength or as a gap.
function Piece({ criterion, candidate: { summary }, lang }: Props & { criterion: Criterion }) {
  const { name, status } = criterion;
  if (name === 'occupation' && status === 'met') {
    const what = <b><Bdi>{summary.occupationTitle}</Bdi></b>;
    return summary.yearsExperience > 0 ? <T k="ranking.line.occupation_years" count={summary.yearsExperience} what={what} /> : <T k="ranking.line.occupation.met" what={what} />;
  }
  if (name === 'experience' && status === 'met') return <T k="ranking.line.experience_years" count={summary.yearsExperience} />;
  const kind = name.startsWith('skill.') ? 'skill' : name.replace('.', '_');
  const key = `ranking.line.${kind}.${status}`;
  return has(key) ? <T k={key} what={<Subject criterion={criterion} lang={lang} />} /> : <T k={`ranking.line.other.${status}`} what={criterionName(criterion)} />;
}

/** What a criterion is about: the skill in the reader's language or the host's words, the language by name. */
export function Subject({ criterion, lang }: { criterion: Pick<Criterion, 'name' | 'concept' | 'evidence'> & { conceptLabel?: string }; lang?: string | undefined }) {
  if (criterion.name === 'language') return <b>{languageName(criterion.concept)}</b>;
  if (criterion.conceptLabel) return <b><Bdi>{criterion.conceptLabel}</Bdi></b>;
  return <b lang={lang}><Bdi>{criterion.evidence.need}</Bdi></b>;
}
