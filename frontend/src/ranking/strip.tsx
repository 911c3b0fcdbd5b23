// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Status, type Fit } from '../ui';
import type { Criterion, FrozenCandidate } from './types';

const fits: readonly Fit[] = ['met', 'partly', 'missing', 'unknown'];

/** The score: a number, how much it could be, and a quiet bar that lets the eye compare. */
export function Score({ candidate: { score, outOf } }: { candidate: Pick<FrozenCandidate, 'score' | 'outOf'> }) {
  const shown = t('ui.meter', { value: number(score), max: number(outOf) });
  return (
    <div class="score">
      <span class="score-number" aria-hidden="true"><b>{number(score)}</b> <span class="muted small">{t('ranking.out_of', { max: number(outOf) })}</span></span>
      <span class="score-bar" role="meter" aria-label={t('ranking.score')} aria-valuenow={score} aria-valuemin={0} aria-valuemax={outOf} aria-valuetext={shown}>
        <span class="score-fill" style={{ inlineSize: `${(100 * score) / Math.max(outOf, 1)}%` }} />
      </span>
    </div>
  );
}

/** Where the points come from: each criterion has its width, in the same place for everybody, and is filled by its points. */
export function CriteriaStrip({ criteria }: { criteria: readonly Criterion[] }) {
  return (
    <div class="strip">
      <span class="strip-bar" aria-hidden="true">
        {criteria.map((one, i) => (
          <span key={i} class={`strip-part strip-${one.status}`} style={{ flexGrow: one.of }}>
            <span class="strip-fill" style={{ inlineSize: `${one.of > 0 ? (100 * one.points) / one.of : 0}%` }} />
          </span>
        ))}
      </span>
      <p class="strip-legend small">
        <span class="muted">{t('ranking.legend')}</span>
        {fits.map((one) => <Status key={one} fit={one} />)}
      </p>
    </div>
  );
}
