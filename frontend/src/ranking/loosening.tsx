// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { floorWords } from '../needs/words';
import type { Loosening, LooserTerms } from './types';

/** What loosening each condition alone would bring in: the most first, each with smaller changes of the same kind. */
export function Loosened({ loosening }: { loosening: readonly Loosening[] }) {
  const worth = loosening.filter((one) => one.gain > 0).sort((a, b) => b.gain - a.gain);
  if (worth.length === 0) return <p class="muted">{t('ranking.loosen_none')}</p>;
  return (
    <ul class="loosening">
      {worth.map((one) => (
        <li key={one.condition}>
          <p><b>{t(`ranking.condition.${one.condition}`)}</b> <span>{t(`ranking.loosen.${one.condition}`, { count: one.gain })}</span></p>
          {one.steps.length > 0 && <ul class="loosening-steps">{one.steps.map((step) => <li key={`${step.days} ${step.language} ${step.spoken} ${step.written}`}>{stepWords(step)}</li>)}</ul>}
        </li>
      ))}
    </ul>
  );
}

/** "A stay of 26 days would bring in 7 more." */
export function stepWords({ days, language, spoken, written, gain }: LooserTerms): string {
  if (days) return t('ranking.loosen.days', { days: t('needs.days', { count: days }), count: gain });
  const floor = { language: language ?? '', spoken: spoken ?? '', written: written ?? '' };
  return spoken || written ? t('ranking.loosen.floor', { floor: floorWords(floor), count: gain }) : t('ranking.loosen.no_floor', { floor: floorWords(floor), count: gain });
}
