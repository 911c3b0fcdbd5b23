// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import '../needs/needs.css';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import { Bdi, Button, Checkbox, Empty, Keys, LinkButton, Loaded, PageHeader, useFilters, type Key } from '../ui';
import { chosenFor, choose } from './chosen';
import { ComparisonTable } from './comparison';
import { Line } from './line';
import './ranking.css';
import { ShortlistDialog } from './shortlist-dialog';
import { Score } from './strip';
import type { Candidate } from './types';
import { WithVocabulary } from './vocabulary';

/** Two to five people side by side, criterion by criterion. */
export default function ComparePage() {
  const { ref = '' } = useRoute().params;
  const { get } = useFilters();
  const people = get('people').split(',').filter(Boolean);
  const path = `/needs/${encodeURIComponent(ref)}`;
  const need = useLoad<Need>((signal) => call('GET', path, { signal }), [ref]);
  const load = useLoad<List<Candidate>>((signal) => call('GET', `${path}/comparison`, { query: { people: people.join(',') }, signal }), [ref, people.join()]);
  const back = needPath(need.data ?? ref, '/ranking');
  return (
    <>
      <PageHeader title={t('ranking.side_by_side')} over={<span dir="ltr">{need.data?.reference ?? ref}</span>}
        heading={need.data && <span lang={need.data.language}><Bdi>{need.data.title}</Bdi></span>} lead={t('ranking.compare_lead')}
        crumbs={[{ href: '/needs', label: t('needs.title') }, { href: needPath(need.data ?? ref), label: need.data?.title ?? ref }, { href: back, label: t('ranking.title') }]}
        actions={<><Button icon="print" onClick={() => print()}>{t('ranking.print')}</Button><LinkButton icon="back" href={back}>{t('ranking.back')}</LinkButton></>} />
      {people.length < 2
        ? <Empty title={t('ranking.too_few')} action={<LinkButton href={back}>{t('ranking.back')}</LinkButton>}>{t('ranking.too_few_text')}</Empty>
        : <Loaded load={load} waiting={t('ranking.loading_compare')}>{({ items }) => <WithVocabulary candidates={items}><Side people={items} need={need.data} back={back} onReload={need.reload} /></WithVocabulary>}</Loaded>}
    </>
  );
}

interface SideProps {
  people: readonly Candidate[];
  need: Need | undefined;
  back: string;
  onReload: () => void;
}

function Side({ people, need, back, onReload }: SideProps) {
  const { get, set } = useFilters();
  const { route } = useLocation();
  const [listing, setListing] = useState(false);
  const only = get('only') === 'differences';
  const pinned = people.find((one) => one.person === get('pin'));
  const ordered = pinned ? [pinned, ...people.filter((one) => one !== pinned)] : people;
  const pin = (one: Candidate) => set({ pin: one === pinned ? '' : one.person });
  const turn = () => set({ only: only ? '' : 'differences' });
  const leave = (one: Candidate) => {
    const rest = people.filter((other) => other !== one).map((other) => other.person);
    if (need) choose(need.reference, chosenFor(need.reference).filter((person) => person !== one.person));
    set({ people: rest.join(','), ...(one === pinned ? { pin: '' } : {}) });
  };
  const keys: Key[] = [
    ...people.map((one, i) => ({ key: String(i + 1), does: t('ranking.key.pin', { person: one.person }), act: () => pin(one) })),
    { key: 'd', does: t('ranking.only_differences'), act: turn },
    { key: 'b', does: t('ranking.back'), act: () => route(back) },
  ];
  return (
    <div class="compare">
      <ul class="compare-people">
        {ordered.map((one) => (
          <li key={one.person} class={one === pinned ? 'compare-pinned' : undefined}>
            <h2 class="compare-name"><Bdi>{one.summary.occupationTitle}</Bdi> <span class="pseudonym muted" dir="ltr">{one.person}</span></h2>
            <Score candidate={one} />
            <Line candidate={one} lang={need?.language} />
            <div class="cluster">
              <Button small pressed={one === pinned} onClick={() => pin(one)}>{t(one === pinned ? 'ranking.unpin' : 'ranking.pin')}<span class="hidden"> {one.person}</span></Button>
              {people.length > 2 && <Button small kind="quiet" onClick={() => leave(one)}>{t('ranking.leave_out')}<span class="hidden"> {one.person}</span></Button>}
            </div>
          </li>
        ))}
      </ul>
      <div class="cluster compare-tools">
        <Checkbox id="compare-only" label={t('ranking.only_differences')} value={only} onChange={turn} />
        <Keys keys={keys} />
        {need?.can.shortlist && people.length <= need.programme.shortlistMost && <Button kind="primary" onClick={() => setListing(true)}>{t('ranking.shortlist_these', { count: people.length })}</Button>}
      </div>
      <ComparisonTable people={ordered} pinned={Boolean(pinned)} only={only} lang={need?.language} />
      {listing && need && <ShortlistDialog need={need} version={need.version} people={people} onClose={() => setListing(false)} onReload={onReload} />}
    </div>
  );
}
