// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Disclosure } from '../ui';
import { Loosened } from './loosening';
import { stepsOf } from './reasons';
import type { FrozenRanking, Loosening } from './types';

interface Props {
  ranking: Pick<FrozenRanking, 'considered' | 'passed' | 'excluded'>;
  /** What loosening would bring in; left out where the conditions are history. */
  loosening?: readonly Loosening[] | undefined;
}

/** The hard conditions in the order in which they were applied: who was left after each, and whom a looser one would bring in. */
export function Funnel({ ranking, loosening }: Props) {
  const steps = stepsOf(ranking.considered, ranking.excluded);
  const whole = Math.max(ranking.considered, 1);
  const gain = (condition: string) => loosening?.find((one) => one.condition === condition)?.gain ?? 0;
  return (
    <div class="funnel-frame">
      <ol class="funnel">
        <Step name={t('ranking.enrolled')} remaining={ranking.considered} share={1} />
        {steps.map((one) => (
          <Step key={one.condition} name={t(`ranking.condition.${one.condition}`)} remaining={one.remaining} removed={one.removed}
            share={one.remaining / whole} gone={one.removed / whole} gain={gain(one.condition)} />
        ))}
        <Step name={t('ranking.ranked')} remaining={ranking.passed} share={ranking.passed / whole} last />
      </ol>
      {loosening && (
        <Disclosure summary={t('ranking.loosening')} open={ranking.passed === 0 || undefined}>
          <p class="section-lead">{t('ranking.loosening_lead')}</p>
          <Loosened loosening={loosening} />
        </Disclosure>
      )}
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
  gain?: number;
  last?: boolean;
}

function Step({ name, remaining, removed, share, gone = 0, gain = 0, last }: StepProps) {
  return (
    <li class={`funnel-step${last ? ' funnel-last' : ''}${removed === 0 ? ' funnel-idle' : ''}`}>
      <span class="funnel-name">{name}</span>
      <span class="funnel-bar" aria-hidden="true" style={{ '--share': String(share), '--gone': String(gone) }}><span class="funnel-gone" /><span class="funnel-left" /></span>
      <span class="funnel-count">{number(remaining)}<span class="hidden"> {t('ranking.remain')}</span></span>
      {removed !== undefined && <span class="funnel-removed">{removed === 0 ? t('ranking.removed_none') : t('ranking.removed', { count: removed })}</span>}
      {gain > 0 && <span class="funnel-gain">{t('ranking.without', { count: gain })}</span>}
    </li>
  );
}
