// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { language, t } from '../i18n';
import { languageName, listed } from '../i18n/format';
import { Badge, Bdi, DefinitionList, Disclosure, Loaded, Section } from '../ui';
import { AddWords } from './add-words';
import type { Concept, Kind, Label } from './types';
import { WordTable } from './words';

interface Props {
  kind: Kind;
  id: string;
  /** Counts changes of words elsewhere on the page. */
  round: number;
  onChanged: () => void;
}

/** A concept: what it is called in every language, by whom, and a form for one more word. */
export function ConceptPart({ kind, id, round, onChanged }: Props) {
  const load = useLoad<Concept>((signal) => call('GET', '/vocabulary/concept', { query: { kind, id, reader: language.value }, signal }), [kind, id, language.value]);
  useEffect(() => {
    if (round > 0) load.reload();
  }, [round]);
  return (
    <div class="vocabulary-part"><Loaded load={load} waiting={t('vocabulary.loading_concept')}>
      {(concept) => (
        <Section title={concept.label} actions={<code class="muted" dir="ltr">{concept.id}</code>}>
          <Facts concept={concept} />
          <h3>{t('vocabulary.local')}</h3>
          {concept.words.length === 0
            ? <p class="muted">{t('vocabulary.local_none')}</p>
            : <WordTable caption={t('vocabulary.local')} words={concept.words} onChanged={onChanged} />}
          <AddWords key={concept.id} concept={concept} onAdded={onChanged} />
          <Labels concept={concept} />
        </Section>
      )}
    </Loaded></div>
  );
}

function Facts({ concept }: { concept: Concept }) {
  const named = (list: Concept['groups']) => list.length > 0 && listed(list.map((one) => `${one.name} (${one.code})`));
  return (
    <DefinitionList facts={[
      { term: t(concept.kind === 'skill' ? 'vocabulary.used_by' : 'vocabulary.group'), value: named(concept.groups) },
      concept.kind === 'skill' && { term: t('vocabulary.broader'), value: concept.broader.length > 0 && listed(concept.broader.map((one) => one.name)) },
    ]} />
  );
}

/** The labels by language; those of the reader's language stand open, the others wait. */
function Labels({ concept }: { concept: Concept }) {
  const byLanguage = new Map<string, Label[]>();
  for (const label of concept.labels) byLanguage.set(label.language, [...(byLanguage.get(label.language) ?? []), label]);
  const tags = [...byLanguage.keys()].sort((a, b) => Number(b === language.value) - Number(a === language.value) || languageName(a).localeCompare(languageName(b), language.value));
  return (
    <Disclosure summary={t('vocabulary.labels', { count: concept.labels.length, languages: tags.length })}>
      <dl class="vocabulary-labels">
        {tags.map((tag) => (
          <div key={tag}>
            <dt>{languageName(tag)}</dt>
            <dd>
              <ul>
                {byLanguage.get(tag)?.map((one) => (
                  <li key={one.label + one.origin} lang={tag}>
                    <Bdi>{one.preferred ? <strong>{one.label}</strong> : one.label}</Bdi> <Badge tone={one.origin === 'esco' ? 'accent' : 'neutral'}>{t(`vocabulary.origin.${one.origin}`)}</Badge>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
