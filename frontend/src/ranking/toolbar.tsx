// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { Keys, Select, TextInput, type Key } from '../ui';
import { oneOf, shows, sorts, type Sifting } from './sifting';

interface Props {
  sifting: Sifting;
  onSift: (change: Partial<Sifting>) => void;
  keys: readonly Key[];
}

/** What is looked for among those who are shown, and in which order. */
export function Toolbar({ sifting, onSift, keys }: Props) {
  return (
    <div class="toolbar" role="search" aria-label={t('ranking.sift')}>
      <TextInput id="sift-words" type="search" label={t('ranking.sift_words')} value={sifting.words} onChange={(words) => onSift({ words })} />
      <Select id="sift-show" label={t('ranking.sift_show')} value={sifting.show} onChange={(value) => onSift({ show: oneOf(shows, value) })}
        options={shows.map((value) => ({ value, label: t(`ranking.show.${value}`) }))} />
      <Select id="sift-sort" label={t('ranking.sift_sort')} value={sifting.sort} onChange={(value) => onSift({ sort: oneOf(sorts, value) })}
        options={sorts.map((value) => ({ value, label: t(`ranking.sort.${value}`) }))} />
      <Keys keys={keys} />
    </div>
  );
}
