// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { usePages } from '../api/load';
import { language, t } from '../i18n';
import { escoNotice, findOccupations, findSkills, useLists } from '../taxonomy/taxonomy';
import { Combobox, Empty, Loaded, PageHeader, RadioGroup, Section, ShowMore, useFilters } from '../ui';
import { ConceptPart } from './concept';
import { TryBox } from './try-box';
import type { Kind, Word } from './types';
import './vocabulary.css';
import { WordTable } from './words';

/** What the program calls things, what staff taught it, and what it understands. */
export default function VocabularyPage() {
  const { get, set } = useFilters();
  const kind: Kind = get('kind') === 'skill' ? 'skill' : 'occupation';
  const id = get('id');
  const [round, setRound] = useState(0);
  const recent = usePages<Word>('/vocabulary/words', { limit: 10, reader: language.value });
  const changed = () => {
    recent.reload();
    setRound((n) => n + 1);
  };
  useLists(); // brings the line that ESCO asks for
  return (
    <>
      <PageHeader title={t('vocabulary.title')} lead={t('vocabulary.lead')} />
      <Section title={t('vocabulary.find')} lead={t('vocabulary.find_lead')}>
        <div class="vocabulary-find">
          <RadioGroup id="vocabulary-kind" label={t('vocabulary.kind')} inline value={kind} onChange={(value) => set({ kind: value, id: '' })}
            options={[{ value: 'occupation', label: t('vocabulary.kind.occupation') }, { value: 'skill', label: t('vocabulary.kind.skill') }]} />
          <Combobox key={kind} id="vocabulary-concept" label={t(`vocabulary.search.${kind}`)} help={t('vocabulary.search_help')} optional value={null} clearOnPick
            find={(text, signal) => (kind === 'skill' ? findSkills : findOccupations)(text, language.value, signal)}
            onChange={(picked) => picked && set({ kind, id: picked.value })} />
        </div>
      </Section>
      {id && <ConceptPart key={`${kind}-${id}`} kind={kind} id={id} round={round} onChanged={changed} />}
      <TryBox />
      <Section title={t('vocabulary.recent')} lead={t('vocabulary.recent_lead')}>
        <Loaded load={recent} waiting={t('vocabulary.loading')}>
          {(words) => words.length === 0 ? <Empty title={t('vocabulary.none')}>{t('vocabulary.none_text')}</Empty> : (
            <>
              <WordTable caption={t('vocabulary.recent')} words={words} withConcept onChanged={changed} onConcept={(word) => set({ kind: word.kind, id: word.concept })} />
              <ShowMore shown={words.length} more={recent.more} loadMore={recent.loadMore} />
            </>
          )}
        </Loaded>
      </Section>
      {escoNotice.value && <p class="muted small vocabulary-esco" lang="en">{escoNotice.value}</p>}
    </>
  );
}
