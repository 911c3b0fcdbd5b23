// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Need } from '../needs/types';
import { ActionBar, Button } from '../ui';
import { ShortlistDialog } from './shortlist-dialog';
import type { Candidate } from './types';

interface Props {
  need: Need;
  version: number;
  people: readonly Candidate[];
  most: number;
  onClear: () => void;
  onCompare: () => void;
  onReload: () => void;
}

/** What can be done with the people who were chosen. */
export function ChoiceBar({ need, version, people, most, onClear, onCompare, onReload }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <ActionBar label={t('ranking.chosen')}>
      <p><b>{t('ranking.chosen_count', { count: people.length })}</b> <span class="muted small">{people.length >= most ? t('ranking.most', { count: most }) : ''}</span></p>
      <Button kind="quiet" onClick={onClear}>{t('ranking.clear')}</Button>
      <Button disabled={people.length < 2} onClick={onCompare}>{t('ranking.compare')}</Button>
      {need.can.shortlist && <Button kind="primary" onClick={() => setOpen(true)}>{t('ranking.shortlist')}</Button>}
      {open && <ShortlistDialog need={need} version={version} people={people} onClose={() => setOpen(false)} onReload={onReload} />}
    </ActionBar>
  );
}
