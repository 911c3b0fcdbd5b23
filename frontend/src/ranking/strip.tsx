// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Status, type Fit } from '../ui';
import type { Candidate } from './types';

const fits: readonly Fit[] = ['met', 'partly', 'missing', 'unknown'];

/** The score as one bar: each criterion has its width, in the same place for everybody, and is filled by its points. */
export function ScoreStrip({ candidate }: { candidate: Candidate }) {
  const { score, outOf, criteria } = candidate;
  const shown = t('ui.meter', { value: number(score), max: number(outOf) });
  return (
    <div class="strip">
      <span class="strip-score"><b>{number(score)}</b> <span class="muted small">{t('ranking.out_of', { max: number(outOf) })}</span></span>
      <span class="strip-bar" role="meter" aria-label={t('ranking.score')} aria-valuenow={score} aria-valuemin={0} aria-valuemax={outOf} aria-valuetext={shown}>
        {criteria.map((one, i) => (
          <span key={i} class={`strip-part strip-${one.status}`} style={{ flexGrow: one.of }}>
            <span class="strip-fill" style={{ inlineSize: `${one.of > 0 ? (100 * one.points) / one.of : 0}%` }} />
          </span>
        ))}
      </span>
    </div>
  );
}

/** What the colours of the bars mean. */
export function StripLegend() {
  return (
    <p class="strip-legend small">
      <span class="muted">{t('ranking.legend')}</span>
      {fits.map((one) => <Status key={one} fit={one} />)}
    </p>
  );
}
