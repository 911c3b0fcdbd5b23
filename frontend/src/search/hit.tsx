// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { country, date, listed, period } from '../i18n/format';
import { Badge, Bdi } from '../ui';
import type { Excerpt, Hit, Understood } from './types';
import { languageShort } from './words';

/** The card of a person, for the keys that move from one to the next. */
export function hitId(person: string): string {
  return `hit-${person}`;
}

/** One person who was found: what they do, why they are here, and where they wrote it. */
export function HitCard({ hit, understood }: { hit: Hit; understood: readonly Understood[] }) {
  const { summary } = hit;
  return (
    <li class="hit" id={hitId(hit.person)} tabIndex={-1}>
      <h3 class="hit-name">
        <a href={`/professionals/${hit.professionalId}`}><Bdi>{summary.occupationTitle || hit.person}</Bdi></a>{' '}
        <span dir="ltr" class="pseudonym muted">{hit.person}</span>
        {hit.demo && <> <Badge>{t('needs.demo')}</Badge></>}
        {summary.notConfirmedSince && <> <Badge tone="caution">{t('ranking.not_confirmed', { when: date(summary.notConfirmedSince) })}</Badge></>}
      </h3>
      <Why hit={hit} understood={understood} />
      {hit.excerpts.length > 0 && <ul class="excerpts">{hit.excerpts.map((one, i) => <Quote key={i} excerpt={one} />)}</ul>}
      <dl class="hit-facts">
        <Fact term={t('search.fact.residence')}>{country(summary.residenceCountry)}</Fact>
        {summary.languages.length > 0 && <Fact term={t('search.fact.languages')}>{listed(summary.languages.map(languageShort))}</Fact>}
        {summary.yearsExperience > 0 && <Fact term={t('search.fact.experience')}>{t('search.fact.years', { count: summary.yearsExperience })}</Fact>}
        {summary.availability.length > 0 && <Fact term={t('search.fact.available')}>{listed(summary.availability.slice(0, 3).map((one) => period(one.from, one.to)))}</Fact>}
      </dl>
    </li>
  );
}

/** In one line: which parts of the query are met, by which words, through which concept. */
function Why({ hit, understood }: { hit: Hit; understood: readonly Understood[] }) {
  const parts = understood.map((one, i) => ({ one, reasons: hit.reasons.filter((reason) => reason.part === i) })).filter(({ one, reasons }) => !one.negated && reasons.length > 0);
  if (parts.length === 0) return null;
  return (
    <p class="hit-why">
      <span class="muted">{t('search.why')}</span>{' '}
      {parts.map(({ one, reasons }) => {
        const concept = reasons.find((reason) => reason.concept)?.concept;
        const words = [...new Set(reasons.flatMap((reason) => reason.words))].slice(0, 3);
        return (
          <span key={one.from} class="why">
            {concept ? <><b>{concept.label}</b> <span class="muted">({words.map((word, i) => <span key={word}>{i > 0 && ' · '}<Bdi>{word}</Bdi></span>)})</span></>
              : words.map((word, i) => <span key={word}>{i > 0 && ' · '}<b><Bdi>{word}</Bdi></b></span>)}
          </span>
        );
      })}
    </p>
  );
}

function Quote({ excerpt }: { excerpt: Excerpt }) {
  const text = excerpt.spans.map((one) => one.text).join('').trim();
  const whole = excerpt.spans.length === 1 && excerpt.spans[0]?.marked;
  return (
    <li>
      <span class="excerpt-source">{t(`search.source.${excerpt.source}`)}</span>
      <q lang={excerpt.language || undefined} dir="auto" class={whole ? 'excerpt-whole' : undefined} aria-label={text}>
        {excerpt.spans.map((one, i) => (one.marked ? <mark key={i}>{one.text}</mark> : one.text))}
      </q>
    </li>
  );
}

function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return <div><dt>{term}</dt><dd>{children}</dd></div>;
}
