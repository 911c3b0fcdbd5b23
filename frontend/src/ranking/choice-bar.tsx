// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { t } from '../i18n';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import { ActionBar, Button } from '../ui';
import { comparePath } from './chosen';
import type { Candidate } from './types';

/** How many can stand side by side: two to five. */
export const mostCompared = 5;

interface Props {
  need: Need;
  people: readonly Candidate[];
  most: number;
  onClear: () => void;
  onShortlist: () => void;
}

/** What can be done with the people who were chosen. */
export function ChoiceBar({ need, people, most, onClear, onShortlist }: Props) {
  const { route } = useLocation();
  const few = people.length >= 2 && people.length <= mostCompared;
  return (
    <ActionBar label={t('ranking.chosen')}>
      <p><b>{t('ranking.chosen_count', { count: people.length })}</b> <span class="muted small">{people.length >= most ? t('ranking.most', { count: most }) : ''}</span></p>
      <Button kind="quiet" onClick={onClear}>{t('ranking.clear')}</Button>
      <Button disabled={!few} onClick={() => route(comparePath(needPath(need), people.map((one) => one.person)))}>{t('ranking.compare')}</Button>
      {need.can.shortlist && <Button kind="primary" onClick={onShortlist}>{t('ranking.shortlist')}</Button>}
    </ActionBar>
  );
}
