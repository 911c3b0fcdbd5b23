// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { Icon, type IconName } from './icon';

export type Fit = 'met' | 'partly' | 'missing' | 'unknown';

const icons: Record<Fit, IconName> = { met: 'check', partly: 'half', missing: 'cross', unknown: 'question' };

/** Whether something that was asked is there: a sign, a word and a colour. */
export function Status({ fit, children }: { fit: Fit; children?: ComponentChildren }) {
  return (
    <span class={`status status-${fit}`}>
      <Icon name={icons[fit]} />
      <span>{children ?? t(`ui.fit.${fit}`)}</span>
    </span>
  );
}

export type Tone = 'neutral' | 'accent' | 'good' | 'caution' | 'bad';

/** A state in the life of a thing: "Draft", "Published". The word says it; the tone helps the eye. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
