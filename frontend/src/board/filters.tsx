// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { country } from '../i18n/format';
import { role } from '../session/session';
import { Checkbox, LinkButton, SearchBox, Select, useFilters } from '../ui';
import type { Board } from './types';

/** What narrows the board; all of it stands in the address. */
export function Filters({ board, view, query }: { board: Board | undefined; view: string; query: Record<string, string> }) {
  const { get, set } = useFilters();
  const countries = [...new Set([...(board?.cards.map((one) => one.country) ?? []), get('country')])].filter(Boolean).sort();
  const coordinator = role.value === 'coordinator';
  return (
    <div class="board-filters">
      <SearchBox id="board-words" label={t('board.words')} value={get('words')} onSearch={(words) => set({ words })} />
      <div class="cluster">
        {view !== 'calendar' && view !== 'now' && (
          <Select id="board-record" label={t('board.record')} value={get('record')} onChange={(record) => set({ record })} empty={t('board.record.all')}
            options={['candidacy', 'placement'].map((one) => ({ value: one, label: t(`board.record.${one}`) }))} />
        )}
        <Select id="board-country" label={t('board.country')} value={get('country')} onChange={(value) => set({ country: value })} empty={t('board.country.all')}
          options={countries.map((one) => ({ value: one, label: country(one) }))} />
        {coordinator && (board?.tags.length ?? 0) > 0 && (
          <Select id="board-tag" label={t('board.tag')} value={get('tag')} onChange={(tag) => set({ tag })} empty={t('board.tag.all')}
            options={(board?.tags ?? []).map((one) => ({ value: one, label: one }))} />
        )}
        {coordinator && <Checkbox id="board-mine" label={t('board.mine')} value={get('mine') === 'true'} onChange={(on) => set({ mine: on ? 'true' : '' })} />}
        <LinkButton download href={`/api/v1/board.csv?${new URLSearchParams(query).toString()}`}>{t('board.export')}</LinkButton>
      </div>
    </div>
  );
}
