// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { usePages } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { date, listed, moment } from '../i18n/format';
import { Badge, Bdi, Button, Dialog, Empty, LinkButton, Loaded, PageHeader, ProblemNotice, Section, ShowMore, Table, tell, useFilters, Views } from '../ui';
import type { Duplicate, Merge } from './types';

/** Records that may be of one person, those found to be two, and those that became one. */
export default function DuplicatesPage() {
  const { get } = useFilters();
  const shown = get('show') || 'open';
  return (
    <>
      <PageHeader title={t('evidence.duplicates')} lead={t('evidence.duplicates_lead')} />
      <Views label={t('evidence.duplicates')} current={shown} views={[
        { id: 'open', href: '/duplicates', label: t('evidence.view.open') },
        { id: 'different', href: '/duplicates?show=different', label: t('evidence.view.different') },
        { id: 'merged', href: '/duplicates?show=merged', label: t('evidence.view.merged') },
      ]} />
      {shown === 'merged' ? <Merges /> : <Pairs state={shown} key={shown} />}
    </>
  );
}

function Pairs({ state }: { state: string }) {
  const pairs = usePages<Duplicate>('/duplicates', { state });
  return (
    <Loaded load={pairs} waiting={t('evidence.loading_duplicates')}>
      {(items) => items.length === 0 ? <Empty title={t(`evidence.none.${state}`)}>{t('evidence.none_text')}</Empty> : (
        <>
          <Table caption={t('evidence.duplicates')} rows={items} rowKey={(one) => one.id} columns={[
            { key: 'who', header: t('evidence.who'), names: true, cell: (one) => <Names pair={one} /> },
            { key: 'why', header: t('evidence.why'), cell: (one) => <>{state === 'open' && <><Strength of={one} /> </>}<span class="small">{reasons(one)}</span></> },
            { key: 'from', header: t('evidence.from'), cell: (one) => <span class="small">{[...new Set([...one.first.associations, ...one.second.associations].map((a) => a.name))].map((name) => <span class="under" key={name}><Bdi>{name}</Bdi></span>)}</span> },
            { key: 'open', header: t('evidence.compare'), hideHeader: true, cell: (one) => <LinkButton href={`/duplicates/${one.id}`}>{t('evidence.compare')}<span class="hidden"> {one.first.name}</span></LinkButton> },
          ]} />
          <ShowMore shown={items.length} more={pairs.more} loadMore={pairs.loadMore} />
        </>
      )}
    </Loaded>
  );
}

function Names({ pair }: { pair: Duplicate }) {
  return <><Bdi>{pair.first.name}</Bdi><span class="under"><Bdi>{pair.second.name}</Bdi></span></>;
}

/** How sure the program is. */
export function Strength({ of }: { of: Pick<Duplicate, 'strength'> }) {
  return <Badge tone={of.strength === 'likely' ? 'accent' : undefined}>{t(`evidence.strength.${of.strength}`)}</Badge>;
}

/** What agrees, in words. */
export function reasons(pair: Pick<Duplicate, 'reasons'>): string {
  return listed(pair.reasons.map((one) => t(`evidence.reason.${one}`)));
}

function Merges() {
  const merges = usePages<Merge>('/merges');
  return (
    <Section title={t('evidence.view.merged')} lead={t('evidence.merged_lead')}>
      <Loaded load={merges} waiting={t('evidence.loading_merges')}>
        {(items) => items.length === 0 ? <Empty title={t('evidence.none.merged')} /> : (
          <>
            <Table caption={t('evidence.view.merged')} rows={items} rowKey={(one) => one.id} columns={[
              { key: 'who', header: t('evidence.person'), names: true, cell: (one) => <><Bdi>{one.name || one.pseudonym}</Bdi><span class="muted under"><Bdi>{listed(one.associations.map((a) => a.name))}</Bdi></span></> },
              { key: 'when', header: t('evidence.when'), cell: (one) => <span class="small">{moment(one.madeAt)}</span> },
              { key: 'state', header: t('evidence.state'), cell: (one) => <span class="small">{one.undoneAt ? t('evidence.undone', { when: moment(one.undoneAt) }) : one.canUndo ? t('evidence.until', { date: date(one.undoUntil) }) : t('evidence.settled')}</span> },
              { key: 'undo', header: t('evidence.undo'), hideHeader: true, cell: (one) => one.canUndo && <Undo merge={one} onDone={merges.reload} /> },
            ]} />
            <ShowMore shown={items.length} more={merges.more} loadMore={merges.loadMore} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

/** Undoing is asked once more: it is two people again afterwards. */
function Undo({ merge, onDone }: { merge: Merge; onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const undo = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call('POST', `/merges/${merge.id}/undo`, { ifMatch: `"${merge.version}"` });
      setAsking(false);
      tell(t('evidence.is_undone'));
      onDone();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <>
      <Button small onClick={() => setAsking(true)}>{t('evidence.undo')}<span class="hidden"> {merge.name}</span></Button>
      <Dialog open={asking} title={t('evidence.undo_title')} onClose={() => setAsking(false)}
        actions={<><Button kind="primary" busy={busy} onClick={() => void undo()}>{t('evidence.undo')}</Button><Button kind="quiet" onClick={() => setAsking(false)}>{t('evidence.back')}</Button></>}>
        <p>{t('evidence.undo_text')}</p>
        {problem && <ProblemNotice problem={problem} focus />}
      </Dialog>
    </>
  );
}
