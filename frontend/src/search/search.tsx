// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { language, t } from '../i18n';
import { number } from '../i18n/format';
import { SaveSearch } from '../savedsearches/save';
import { Button, Dialog, Empty, Keys, LinkButton, Loading, Notice, PageHeader, ProblemNotice, ShowMore, announce, type Key } from '../ui';
import { Box, boxId } from './box';
import { Chips, Spellings } from './chips';
import { Facets } from './facets';
import { HitCard, hitId } from './hit';
import { countOf, useQuestion, type Question } from './question';
import './search.css';
import { useLanguageNames } from './names';
import type { Findings, Hit } from './types';

const page = 25;

function find({ q, exact, choices }: Question, after: string, signal?: AbortSignal) {
  return call<Findings>('POST', '/search/professionals', { body: { q, exact, facets: choices, counts: after === '', language: language.value, limit: page, ...(after && { after }) }, ...(signal && { signal }) });
}

/** Finds people by whatever one knows of them. */
export default function SearchPage() {
  const question = useQuestion();
  useLanguageNames();
  const { q, exact, choices, ask, toggle, clear } = question;
  const asked = q !== '' || countOf(choices) > 0;
  const key = JSON.stringify([q, exact, choices, language.value]);
  const load = useLoad<Findings | undefined>(async (signal) => (asked ? find({ q, exact, choices }, '', signal) : { data: undefined, etag: '', status: 200 }), [key]);
  // What was found stays in sight while the next answer is on its way.
  const last = useRef<Findings | undefined>(undefined);
  if (load.data) last.current = load.data;
  const found = asked ? (load.data ?? (load.problem ? undefined : last.current)) : undefined;
  useEffect(() => {
    if (load.data) announce(t('search.found', { count: load.data.total, people: number(load.data.total) }));
  }, [load.data]);
  const wrong = load.problem?.fields.some((one) => one.field === 'q');
  return (
    <>
      <PageHeader title={t('search.title')} lead={t('search.lead')} actions={<LinkButton href="/saved-searches">{t('savedsearches.title')}</LinkButton>} />
      <Box q={q} problem={load.problem} onAsk={(next) => ask({ q: next, exact: next === q ? exact : false })} onClear={clear} />
      {load.problem && !wrong && <ProblemNotice problem={load.problem} onRetry={load.reload} />}
      {!asked && <Begin onAsk={(next) => ask({ q: next, exact: false })} />}
      {asked && !found && !load.problem && <Loading label={t('search.loading')} />}
      {found && (
        <div class={load.loading ? 'loaded loaded-again' : 'loaded'} aria-busy={load.loading || undefined}>
          <Chips found={found} q={q} choices={choices} onAsk={(next) => ask({ q: next, exact })} onDrop={(name, value) => toggle(name, value, false)} />
          <Spellings found={found} exact={exact} onExact={(next) => ask({ q, exact: next })} />
          <Results key={key} found={found} question={{ q, exact, choices }} load={load} onToggle={toggle} onClear={clear} />
        </div>
      )}
    </>
  );
}

const starts = ['drip irrigation', 'nurse language:fr-B2', 'modality:virtual years:10'];

/** Before anything is asked: what one may ask. */
function Begin({ onAsk }: { onAsk: (q: string) => void }) {
  return (
    <Empty title={t('search.begin')} action={<div class="find-starts">{starts.map((one) => <Button key={one} small onClick={() => onAsk(one)}><span dir="ltr">{one}</span></Button>)}</div>}>
      {t('search.begin_text')}
    </Empty>
  );
}

interface ResultsProps {
  found: Findings;
  question: Question;
  load: Load<Findings | undefined>;
  onToggle: ReturnType<typeof useQuestion>['toggle'];
  onClear: () => void;
}

function Results({ found, question, onToggle, onClear }: ResultsProps) {
  const [tail, setTail] = useState<{ items: Hit[]; next: string } | undefined>();
  const [sheet, setSheet] = useState(false);
  const items = [...found.items, ...(tail?.items ?? [])];
  const next = tail ? tail.next : found.next;
  const more = async () => {
    const { data } = await find(question, next);
    setTail({ items: [...(tail?.items ?? []), ...data.items], next: data.next });
  };
  const chosen = countOf(question.choices);
  return (
    <div class="found">
      <aside class="found-facets" aria-label={t('search.narrow')}>
        <h2 class="found-heading">{t('search.narrow')}</h2>
        <Facets facets={found.facets} place="side" onToggle={onToggle} />
      </aside>
      <section class="found-list" aria-labelledby="found-count">
        <header class="section-head">
          <h2 id="found-count">{t('search.found', { count: found.total, people: number(found.total) })}</h2>
          <div class="found-tools">
            <span class="found-sheet-button"><Button small onClick={() => setSheet(true)}>{chosen > 0 ? t('search.narrow_chosen', { count: chosen }) : t('search.narrow')}</Button></span>
            <SaveSearch question={question} />
            <Moves people={items.map((one) => one.person)} />
          </div>
        </header>
        {found.source === 'database' && <Notice tone="warning" title={t('ranking.rebuilding')}>{t('search.rebuilding')}</Notice>}
        {items.length === 0
          ? <Empty title={t('search.nobody')} action={<Button onClick={onClear}>{t('search.clear')}</Button>}>{t('search.nobody_text')}</Empty>
          : <><ul class="hits">{items.map((one) => <HitCard key={one.person} hit={one} understood={found.understood} />)}</ul><ShowMore shown={items.length} more={next !== ''} loadMore={more} /></>}
      </section>
      <Dialog open={sheet} title={t('search.narrow')} onClose={() => setSheet(false)} actions={<Button kind="primary" onClick={() => setSheet(false)}>{t('search.show', { count: found.total, people: number(found.total) })}</Button>}>
        <Facets facets={found.facets} place="sheet" onToggle={onToggle} />
      </Dialog>
    </div>
  );
}

/** Keys that go through the list without a mouse. */
function Moves({ people }: { people: readonly string[] }) {
  const step = (by: number) => {
    const at = people.findIndex((one) => document.activeElement?.closest('.hit')?.id === hitId(one));
    const to = people[Math.min(Math.max(at + by, 0), people.length - 1)];
    const card = to === undefined ? null : document.getElementById(hitId(to));
    card?.focus();
    card?.scrollIntoView({ block: 'nearest' });
  };
  const keys: Key[] = [
    { key: '/', does: t('search.key.box'), act: () => document.getElementById(boxId)?.focus() },
    { key: 'j', does: t('search.key.next'), act: () => step(1) },
    { key: 'k', does: t('search.key.before'), act: () => step(-1) },
    { key: 'Enter', does: t('search.key.open'), act: () => document.activeElement?.closest('.hit')?.querySelector('a')?.click() },
  ];
  return <Keys keys={keys} />;
}
