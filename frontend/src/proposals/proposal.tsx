// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, textOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { moment, number } from '../i18n/format';
import '../needs/needs.css';
import '../ranking/ranking.css';
import { Bdi, Button, Disclosure, Loaded, Notice, PageHeader, ProblemNotice, Section, tell } from '../ui';
import { Changes } from './changes';
import { Gaps } from './gaps';
import { Lines } from './lines';
import { Pins } from './pins';
import './proposals.css';
import { Settings } from './settings';
import { StablePairs } from './stable';
import { Sums } from './sums';
import { Timeline } from './timeline';
import type { Inputs, Proposal, Revise } from './types';

/** Who could go where: a table and a timeline, and what changes when a pin is moved. */
export default function ProposalPage() {
  const { id = '' } = useRoute().params;
  const load = useLoad<Proposal>((signal) => call('GET', `/proposals/${encodeURIComponent(id)}`, { signal }), [id]);
  return (
    <>
      <PageHeader title={t('proposals.one')} crumbs={[{ href: '/assignment', label: t('proposals.title') }]} lead={t('proposals.one_lead')}
        facts={load.data && <span>{load.data.by ? <Bdi>{load.data.by}</Bdi> : t('proposals.by_system')} · {moment(load.data.at)} · {t('proposals.round', { number: number(load.data.round) })}</span>}
        actions={load.data && <Button icon="print" onClick={() => print()}>{t('ranking.print')}</Button>} />
      <Loaded load={load} waiting={t('proposals.solving')}>{(data) => <Answer proposal={data} load={load} />}</Loaded>
    </>
  );
}

function Answer({ proposal, load }: { proposal: Proposal; load: Load<Proposal> }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const ask = async (inputs: Inputs) => {
    const answer = await call<Proposal>('PUT', `/proposals/${proposal.id}`, { body: inputs, ifMatch: load.etag });
    load.replace(answer);
    tell(t('proposals.answered', { count: answer.data.posts }));
  };
  const revise: Revise = async (inputs) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await ask(inputs);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <div class={busy ? 'assign assign-busy' : 'assign'} aria-busy={busy || undefined}>
      {problem && <Refusal problem={problem} onReload={() => { setProblem(undefined); load.reload(); }} />}
      <Sums proposal={proposal} />
      <Changes proposal={proposal} />
      <Pins proposal={proposal} revise={revise} />
      <Section title={t('proposals.timeline')} lead={t('proposals.timeline_lead')}><Timeline proposal={proposal} /></Section>
      <Section title={t('proposals.stays')} lead={t('proposals.stays_lead')}><Lines proposal={proposal} revise={revise} /></Section>
      <Gaps proposal={proposal} revise={revise} />
      <StablePairs proposal={proposal} />
      <Section title={t('proposals.conditions')}>
        <Disclosure summary={t('proposals.change_conditions')}><Settings key={load.etag} id={`proposal-${proposal.id}`} inputs={proposal.inputs} action={t('proposals.again')} submit={ask} /></Disclosure>
      </Section>
    </div>
  );
}

/** Why the server did not ask again, pin by pin. */
function Refusal({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  if (problem.status === 412) return <Notice tone="warning" focus title={t('proposals.stale')} action={<Button onClick={onReload}>{t('proposals.reload')}</Button>}>{t('proposals.stale_text')}</Notice>;
  if (problem.fields.length === 0) return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="problem" focus title={t('proposals.refused')}>
      <ul>{problem.fields.map((one) => <li key={one.field + one.code}>{textOf(one.code, one.message)}</li>)}</ul>
    </Notice>
  );
}
