// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { listed, number } from '../i18n/format';
import { Bdi, Button, Icon, Notice } from '../ui';
import type { Choices, FacetName, Findings, Understood } from './types';
import { facetNames } from './types';
import { valueName } from './words';

interface Props {
  found: Findings;
  q: string;
  choices: Choices;
  onAsk: (q: string) => void;
  onDrop: (name: FacetName, value: string) => void;
}

/** What was understood, part by part; each part can be taken away again. */
export function Chips({ found, q, choices, onAsk, onDrop }: Props) {
  const without = (one: Understood) => {
    const letters = Array.from(q);
    return (letters.slice(0, one.from).join('') + letters.slice(one.to).join('')).replace(/\s+/g, ' ').replace(/^-\s*|\s-$/, ' ').trim();
  };
  const picked = facetNames.flatMap((name) => (choices[name] ?? []).map((value) => ({ name, value })));
  if (found.understood.length + picked.length === 0) return null;
  return (
    <ul class="chips" aria-label={t('search.understood')}>
      {found.understood.map((one, i) => (
        <li key={i} class={`chip chip-${one.kind}`}>
          {one.negated && <span class="chip-kind">{t('search.without')}</span>}
          {one.kind === 'phrase' && <span class="chip-kind">{t('search.kind.phrase')}</span>}
          <Bdi>{one.text}</Bdi>
          {one.concepts.length > 0 && <span class="chip-means"><Icon name="forward" /><span class="hidden">{t('search.means')}</span> {listed(one.concepts.map((c) => c.label), 'disjunction')}</span>}
          <Button kind="quiet" small icon="cross" iconOnly onClick={() => onAsk(without(one))}>{t('search.drop', { part: one.text })}</Button>
        </li>
      ))}
      {picked.map(({ name, value }) => {
        const label = valueName(name, found.facets.find((f) => f.name === name)?.values.find((v) => v.value === value) ?? { value });
        return (
          <li key={name + value} class="chip chip-facet">
            <span class="chip-kind">{t(`search.facet.${name}`)}</span> <Bdi>{label}</Bdi>
            <Button kind="quiet" small icon="cross" iconOnly onClick={() => onDrop(name, value)}>{t('search.drop', { part: label })}</Button>
          </li>
        );
      })}
    </ul>
  );
}

/** Says openly that words were looked for in other spellings too. */
export function Spellings({ found, exact, onExact }: { found: Findings; exact: boolean; onExact: (exact: boolean) => void }) {
  const misspelt = found.understood.filter((one) => one.near.length > 0 || one.guessed);
  if (exact) return <p class="find-exact"><span>{t('search.exactly')}</span> <Button kind="quiet" small onClick={() => onExact(false)}>{t('search.inexactly')}</Button></p>;
  if (misspelt.length === 0) return null;
  return (
    <Notice tone="info" action={<Button small onClick={() => onExact(true)}>{t('search.only_for', { words: listed(misspelt.map((one) => one.text)) })}</Button>}>
      {misspelt.filter((one) => one.guessed).map((one) => <p key={`guess-${one.from}`}>{t('search.guessed', { word: one.text, meant: listed(one.concepts.map((c) => c.label), 'disjunction') })}</p>)}
      {misspelt.filter((one) => one.near.length > 0).map((one) => (
        <p key={one.from}>{t('search.also_for', { word: one.text, others: listed(one.near.map((n) => t('search.used_by', { word: n.word, count: n.users, people: number(n.users) })), 'disjunction') })}</p>
      ))}
    </Notice>
  );
}
