// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import { announce, Button, Empty, useFilters, type Key } from '../ui';
import { CandidateCard, cardId } from './candidate';
import { ChoiceBar, mostCompared } from './choice-bar';
import { choose, chosenFor, comparePath } from './chosen';
import { ShortlistDialog } from './shortlist-dialog';
import { oneOf, shows, sifted, sorts, type Sifting } from './sifting';
import { Toolbar } from './toolbar';
import type { Candidate, Ranking } from './types';

interface Props {
  ranking: Ranking;
  need: Need | undefined;
  onReload: () => void;
}

/** The ranked people: narrowed and sorted at will, opened, chosen, and put on the shortlist. */
export function Candidates({ ranking, need, onReload }: Props) {
  const { reference } = ranking.need;
  const { get, set } = useFilters();
  const [words, setWords] = useState('');
  const [opened, setOpened] = useState<readonly string[]>([]);
  const [listing, setListing] = useState(false);
  // What is typed stays out of the address: it may name somebody.
  const sifting: Sifting = { words, show: oneOf(shows, get('show')), sort: oneOf(sorts, get('sort')) };
  const sift = (change: Partial<Sifting>) => {
    if (change.words !== undefined) setWords(change.words);
    else set(change as Record<string, string>);
  };
  const chosen = chosenFor(reference);
  const people = chosen.flatMap((one) => ranking.candidates.filter((candidate) => candidate.person === one));
  const shown = sifted(ranking.candidates, sifting, chosen);
  const most = need?.programme.shortlistMost ?? mostCompared;
  const mayChoose = (person: string) => Boolean(need?.can.rank) && (people.length < most || chosen.includes(person));
  const turn = (person: string, on: boolean) => {
    choose(reference, on ? [...chosen.filter((one) => one !== person), person] : chosen.filter((one) => one !== person));
    announce(t('ranking.chosen_count', { count: on ? people.length + 1 : people.length - 1 }));
  };
  const open = (person: string, on: boolean) => setOpened(on ? [...opened.filter((one) => one !== person), person] : opened.filter((one) => one !== person));
  const keys = useListKeys({ shown, need, people, open: (person) => open(person, !opened.includes(person)), shortlist: () => setListing(true),
    turn: (person) => mayChoose(person) && turn(person, !chosen.includes(person)) });
  return (
    <>
      <Toolbar sifting={sifting} onSift={sift} keys={keys} />
      {shown.length === 0 ? (
        <Empty title={t('ranking.none_sifted')} action={<Button onClick={() => { setWords(''); set({ show: '' }); }}>{t('ranking.sift_clear')}</Button>}>{t('ranking.none_sifted_text')}</Empty>
      ) : (
        <ol class="candidates">
          {shown.map((one) => (
            <CandidateCard key={one.person} candidate={one} lang={need?.language} reference={reference} chosen={chosen.includes(one.person)}
              onChoose={mayChoose(one.person) ? (on) => turn(one.person, on) : undefined} open={opened.includes(one.person)} onOpen={(on) => open(one.person, on)} />
          ))}
        </ol>
      )}
      {people.length > 0 && need && <ChoiceBar need={need} people={people} most={most} onClear={() => choose(reference, [])} onShortlist={() => setListing(true)} />}
      {listing && need && people.length > 0 && <ShortlistDialog need={need} version={ranking.need.version} people={people} onClose={() => setListing(false)} onReload={onReload} />}
    </>
  );
}

interface KeysProps {
  shown: readonly Candidate[];
  people: readonly Candidate[];
  need: Need | undefined;
  open: (person: string) => void;
  turn: (person: string) => void;
  shortlist: () => void;
}

// The keys of the list. They act on the card that has the focus.
function useListKeys({ shown, people, need, open, turn, shortlist }: KeysProps): Key[] {
  const { route } = useLocation();
  const at = () => shown.findIndex((one) => document.getElementById(cardId(one.person))?.contains(document.activeElement));
  const go = (by: number) => {
    const next = shown[Math.min(Math.max(at() + by, 0), shown.length - 1)];
    const card = next && document.getElementById(cardId(next.person));
    card?.focus({ preventScroll: true });
    card?.scrollIntoView?.({ block: 'nearest' });
  };
  const here = (act: (person: string) => void) => () => {
    const one = shown[at()];
    if (one) act(one.person);
  };
  const few = people.length >= 2 && people.length <= mostCompared;
  return [
    { key: 'j', does: t('ranking.key.next'), act: () => go(1) },
    { key: 'k', does: t('ranking.key.before'), act: () => go(at() < 0 ? 1 : -1) },
    { key: 'Enter', does: t('ranking.key.open'), act: here(open) },
    { key: 'x', does: t('ranking.key.choose'), act: here(turn) },
    { key: 'c', does: t('ranking.key.compare'), act: () => few && need && route(comparePath(needPath(need), people.map((one) => one.person))) },
    { key: 's', does: t('ranking.key.shortlist'), act: () => need?.can.shortlist && people.length > 0 && shortlist() },
    { key: 'f', does: t('ranking.key.search'), act: () => document.getElementById('sift-words')?.focus() },
  ];
}
