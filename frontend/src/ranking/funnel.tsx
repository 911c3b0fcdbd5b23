// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Disclosure } from '../ui';
import { stepsOf } from './reasons';
import type { Ranking } from './types';

/** The hard conditions in the order in which they were applied: who was left after each. */
export function Funnel({ ranking }: { ranking: Ranking }) {
  const steps = stepsOf(ranking.considered, ranking.excluded);
  const whole = Math.max(ranking.considered, 1);
  return (
    <div class="funnel-frame">
      <ol class="funnel">
        <Step name={t('ranking.enrolled')} remaining={ranking.considered} share={1} />
        {steps.map((one) => (
          <Step key={one.condition} name={t(`ranking.condition.${one.condition}`)} remaining={one.remaining} removed={one.removed}
            share={one.remaining / whole} gone={one.removed / whole} />
        ))}
        <Step name={t('ranking.ranked')} remaining={ranking.passed} share={ranking.passed / whole} last />
      </ol>
      <Disclosure summary={t('ranking.conditions_what')}>
        <dl class="comments">
          {steps.map((one) => <div key={one.condition}><dt>{t(`ranking.condition.${one.condition}`)}</dt><dd>{t(`ranking.condition_text.${one.condition}`)}</dd></div>)}
        </dl>
      </Disclosure>
    </div>
  );
}

interface StepProps {
  name: string;
  remaining: number;
  removed?: number;
  share: number;
  gone?: number;
  last?: boolean;
}

function Step({ name, remaining, removed, share, gone = 0, last }: StepProps) {
  return (
    <li class={`funnel-step${last ? ' funnel-last' : ''}${removed === 0 ? ' funnel-idle' : ''}`}>
      <span class="funnel-name">{name}</span>
      <span class="funnel-bar" aria-hidden="true" style={{ '--share': String(share), '--gone': String(gone) }}><span class="funnel-gone" /><span class="funnel-left" /></span>
      <span class="funnel-count">{number(remaining)}<span class="hidden"> {t('ranking.remain')}</span></span>
      {removed !== undefined && <span class="funnel-removed">{removed === 0 ? t('ranking.removed_none') : t('ranking.removed', { count: removed })}</span>}
    </li>
  );
}
