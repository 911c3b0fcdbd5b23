// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Badge } from '../ui';
import { outcomes, type Counts } from './types';

export function ImportState({ state }: { state: string }) {
  return <Badge>{t(`intake.state.${state}`)}</Badge>;
}

/** How many rows came to what, as a line of numbers. */
export function CountsLine({ counts }: { counts: Counts }) {
  return (
    <dl class="counts">
      {outcomes.map((one) => (
        <div key={one} class={`count count-${one}`}>
          <dt>{t(`intake.outcome.${one}`)}</dt>
          <dd>{number(counts[one])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A progress bar that is heard as well as seen. */
export function Progress({ label, value, max }: { label: string; value: number; max: number }) {
  return (
    <p class="progress">
      <progress aria-label={label} value={value} max={Math.max(max, 1)} />
      <span role="status">{t('intake.progress', { done: number(value), total: number(max) })}</span>
    </p>
  );
}
