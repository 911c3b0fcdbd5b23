// SPDX-License-Identifier: AGPL-3.0-or-later
import { number } from '../i18n/format';
import { t } from '../i18n';

interface Props {
  /** What is measured: "Overall match". */
  label: string;
  value: number;
  max?: number;
  hideLabel?: boolean;
  tone?: 'accent' | 'met' | 'partly' | 'missing' | 'unknown';
}

/** A number with a bar that lets the eye compare. */
export function Meter({ label, value, max = 100, hideLabel, tone = 'accent' }: Props) {
  const shown = t('ui.meter', { value: number(value), max: number(max) });
  const share = Math.min(Math.max(value / max, 0), 1) * 100;
  return (
    <span class="meter">
      <span class={hideLabel ? 'hidden' : 'meter-label'} aria-hidden="true">{label}</span>
      <span class="meter-bar" role="meter" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max} aria-valuetext={shown}>
        <span class={`meter-fill meter-${tone}`} style={{ inlineSize: `${share}%` }} />
      </span>
      <span class="meter-value" aria-hidden="true">{number(value)}</span>
    </span>
  );
}
