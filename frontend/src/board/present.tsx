// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { country, number, period } from '../i18n/format';
import { Badge, Bdi, Section } from '../ui';
import type { Card } from './types';
import { pathOf, stateName } from './words';

// Where somebody is: the country, then the place.
function places(cards: readonly Card[]): { key: string; name: string; cards: Card[] }[] {
  const by = new Map<string, Card[]>();
  for (const one of cards) {
    const key = `${one.country} ${one.place}`;
    by.set(key, [...(by.get(key) ?? []), one]);
  }
  return [...by.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([key, some]) => {
    const [first] = some as [Card];
    return { key, name: [first.place, country(first.country)].filter(Boolean).join(', '), cards: some };
  });
}

/** Who is where now, by place: nothing of a map that somebody else would have to serve. */
export function Present({ cards }: { cards: readonly Card[] }) {
  return (
    <>
      {places(cards).map((one) => (
        <Section key={one.key} title={t('board.place', { place: one.name, number: number(one.cards.length), count: one.cards.length })}>
          <ul class="ledger">
            {one.cards.map((card) => (
              <li key={card.id} class="ledger-row" data-card={card.id}>
                <a class="ledger-link" href={pathOf(card)}><Bdi>{card.person}</Bdi><span class="muted ledger-under"><Bdi>{card.organisation}</Bdi> · {period(card.from, card.to)}</span></a>
                <Badge tone={card.state === 'EVACUATED' ? 'bad' : 'neutral'}>{stateName(card.record, card.state)}</Badge>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}
