// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { usePages } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { has, t } from '../i18n';
import { moment, number } from '../i18n/format';
import { Badge, Bdi, Button, Empty, Loaded, Notice, PageHeader, ProblemNotice, Select, ShowMore, Table, TextInput, useFilters, type Column } from '../ui';
import './ledger.css';
import type { Entry, Proof } from './types';

const kinds = ['need.', 'ranking.', 'candidacy.', 'team.', 'placement.', 'programme.', 'delegation.', 'organisation.', 'professional.', 'invitation.', 'consent.', 'visibility.', 'profile.', 'word.'];

/** Everything that happened, in order, and whether the chain is whole. */
export default function LedgerPage() {
  const { get, set } = useFilters();
  const [subject, name] = [get('subject'), get('name')];
  const list = usePages<Entry>('/ledger', { subject, name });
  return (
    <>
      <PageHeader title={t('ledger.title')} lead={t('ledger.lead')} />
      <Check />
      <Filters key={subject} subject={subject} name={name} onChange={set} />
      <Loaded load={list} waiting={t('ledger.loading')}>
        {(items) => items.length === 0 ? (
          <Empty title={t('ledger.none')} action={(subject || name) && <Button onClick={() => set({ subject: '', name: '' })}>{t('ledger.all')}</Button>}>{t('ledger.none_text')}</Empty>
        ) : (
          <>
            <Table caption={t('ledger.title')} columns={columns((of) => set({ subject: of }))} rows={items} rowKey={(one) => String(one.number)} />
            <ShowMore shown={items.length} more={list.more} loadMore={list.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Filters({ subject, name, onChange }: { subject: string; name: string; onChange: (changes: Record<string, string>) => void }) {
  const [typed, setTyped] = useState(subject);
  return (
    <form class="search ledger-filters" role="search" onSubmit={(event) => { event.preventDefault(); onChange({ subject: typed.trim() }); }}>
      <TextInput id="ledger-subject" type="search" code label={t('ledger.subject_filter')} help={t('ledger.subject_help')} optional value={typed} onChange={setTyped} />
      <Select id="ledger-name" label={t('ledger.kind')} optional value={name} onChange={(value) => onChange({ name: value })} empty={t('ledger.kind_all')}
        options={kinds.map((one) => ({ value: one, label: t(`ledger.kind.${one.slice(0, -1)}`) }))} />
      <div class="cluster">
        <Button type="submit" icon="search">{t('ui.search')}</Button>
        {(subject || name) && <Button kind="quiet" onClick={() => onChange({ subject: '', name: '' })}>{t('ui.search.clear')}</Button>}
      </div>
    </form>
  );
}

/** Proves the chain on demand: it reads the whole ledger. */
function Check() {
  const [proof, setProof] = useState<Proof | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      setProof((await call<Proof>('GET', '/ledger/check')).data);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <div class="ledger-check">
      <Button busy={busy} onClick={() => void check()}>{t('ledger.check')}</Button>
      <div role="status">
        {proof?.intact && <Notice tone="success" title={t('ledger.intact')}>{t('ledger.intact_text', { count: proof.entries })}</Notice>}
        {proof && !proof.intact && <Notice tone="problem" title={t('ledger.broken')}>{t('ledger.broken_text', { number: proof.brokenAt })}</Notice>}
      </div>
      {problem && <ProblemNotice problem={problem} onRetry={() => void check()} />}
    </div>
  );
}

function columns(onSubject: (subject: string) => void): readonly Column<Entry>[] {
  return [
    { key: 'number', header: t('ledger.number'), number: true, cell: (one) => number(one.number) },
    { key: 'at', header: t('ledger.at'), cell: (one) => <span class="small">{moment(one.at)}</span> },
    { key: 'name', header: t('ledger.what'), names: true, cell: (one) => <What entry={one} /> },
    { key: 'by', header: t('ledger.by'), cell: (one) => <>{has(`ledger.by.${one.by}`) ? t(`ledger.by.${one.by}`) : <Bdi>{one.by}</Bdi>}{one.for && <span class="under">{t('ledger.in_name_of', { name: one.for })}</span>}<span class="muted under"><Bdi>{one.organisation}</Bdi></span></> },
    { key: 'subject', header: t('ledger.subject'), cell: (one) => <button type="button" class="link-button" dir="ltr" aria-label={t('ledger.only', { subject: one.subject })} onClick={() => onSubject(one.subject)}>{one.subject}</button> },
    { key: 'details', header: t('ledger.details'), cell: (one) => <Details details={one.details} /> },
  ];
}

function What({ entry: { name } }: { entry: Entry }) {
  if (!has(`ledger.event.${name}`)) return <code dir="ltr">{name}</code>;
  return <>{t(`ledger.event.${name}`)}<code class="muted under" dir="ltr">{name}</code></>;
}

function Details({ details }: { details: Record<string, unknown> }) {
  const all = Object.entries(details);
  if (all.length === 0) return <span class="muted">–</span>;
  return <span class="ledger-details" dir="ltr">{all.map(([name, value]) => <Badge key={name}>{`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`}</Badge>)}</span>;
}
