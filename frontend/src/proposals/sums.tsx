// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Status } from '../ui';
import { money } from './money';
import type { Proposal } from './types';

/** The totals, how good they are proven to be, and what they were the round before. */
export function Sums({ proposal }: { proposal: Proposal }) {
  const { before, inputs, total, posts, cost, optimal, bound } = proposal;
  const empty = proposal.needs.reduce((sum, one) => sum + one.empty, 0);
  return (
    <dl class="assign-sums">
      <Sum term={t('proposals.filled')} now={number(posts)} was={before && before.posts !== posts ? number(before.posts) : ''}>{t('proposals.empty_count', { count: empty })}</Sum>
      <Sum term={t('proposals.total')} now={number(total)} was={before && before.total !== total ? number(before.total) : ''}>
        {optimal ? <Status fit="met">{t('proposals.optimal')}</Status> : <Status fit="partly">{t('proposals.bound', { bound: number(bound), gap: number(bound - total) })}</Status>}
      </Sum>
      <Sum term={t('proposals.cost')} now={money(cost, inputs.currency)} was={before && before.cost !== cost ? money(before.cost, inputs.currency) : ''}>
        {inputs.budget === undefined ? t('proposals.no_budget') : t('proposals.of_budget', { budget: money(inputs.budget, inputs.currency) })}
      </Sum>
    </dl>
  );
}

function Sum({ term, now, was, children }: { term: string; now: string; was: string; children: ComponentChildren }) {
  return (
    <div class="assign-sum">
      <dt>{term}</dt>
      <dd>
        <b>{now}</b>
        {was && <span class="muted"> {t('proposals.was', { value: was })}</span>}
        <span class="under">{children}</span>
      </dd>
    </div>
  );
}
