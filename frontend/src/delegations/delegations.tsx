// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { call, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { date } from '../i18n/format';
import { actUnder, loadSession, session } from '../session/session';
import { Badge, Bdi, Button, Loaded, PageHeader, ProblemNotice, Section, tell } from '../ui';
import { Give } from './give';
import type { Delegation } from './types';
import '../professionals/professionals.css';

const tones = { offered: 'caution', coming: 'neutral', live: 'good', over: 'neutral' } as const;

/** Who acts for me, and for whom I act. */
export default function DelegationsPage() {
  const load = useLoad<List<Delegation>>((signal) => call('GET', '/delegations', { signal }), []);
  const own = session.value;
  return (
    <>
      <PageHeader title={t('delegations.title')} lead={t('delegations.lead')} />
      <Loaded load={load} waiting={t('delegations.loading')}>
        {({ items }) => (
          <>
            <Group title={t('delegations.mine')} none={t('delegations.none_mine')} items={items.filter((one) => one.mine)} load={load} />
            <Group title={t('delegations.taken')} none={t('delegations.none_taken')} items={items.filter((one) => !one.mine)} load={load} />
          </>
        )}
      </Loaded>
      {!own?.actingFor && <Give onGiven={load.reload} />}
    </>
  );
}

function Group({ title, none, items, load }: { title: string; none: string; items: Delegation[]; load: Load<List<Delegation>> }) {
  return (
    <Section title={title}>
      {items.length === 0 ? <p class="muted">{none}</p> : (
        <ul>{items.map((one) => <li key={one.id} class="consent"><One delegation={one} load={load} /></li>)}</ul>
      )}
    </Section>
  );
}

/** One delegation with what may be done about it. */
function One({ delegation: one, load }: { delegation: Delegation; load: Load<List<Delegation>> }) {
  const { route } = useLocation();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [busy, setBusy] = useState(false);
  const attempt = async (act: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  const turn = (what: 'accept' | 'end', said: string) => attempt(async () => {
    await call('POST', `/delegations/${one.id}/${what}`, { ifMatch: `"${one.version}"` });
    tell(said);
    await loadSession();
    load.reload();
  });
  const name = one.mine ? one.taker : one.giver;
  const acting = session.value?.actingFor?.delegationId === one.id;
  return (
    <>
      <h3><Bdi>{name}</Bdi> <Badge tone={tones[one.state]}>{t(`delegations.state.${one.state}`)}</Badge></h3>
      <p>{t('delegations.days', { from: date(one.from), until: date(one.until) })} · <Bdi>{one.organisation.name}</Bdi></p>
      <p class="muted"><Bdi>{one.reason}</Bdi></p>
      {one.endedAt && <p class="muted">{t('delegations.ended_on', { day: date(one.endedAt.slice(0, 10)) })}</p>}
      {problem && <ProblemNotice problem={problem} onRetry={load.reload} />}
      {(one.canAccept || one.canEnd) && (
        <p class="form-actions">
          {one.canAccept && <Button kind="primary" small busy={busy} onClick={() => void turn('accept', t('delegations.accepted'))}>{t('delegations.accept')}</Button>}
          {!one.mine && one.state === 'live' && !acting && (
            <Button kind="primary" small busy={busy} onClick={() => void attempt(async () => { await actUnder(one.id); route('/'); })}>{t('delegations.act', { name: one.giver })}</Button>
          )}
          {one.canEnd && <Button small busy={busy} onClick={() => void turn('end', t('delegations.ended'))}>{t(one.canAccept ? 'delegations.refuse' : 'delegations.end')}</Button>}
        </p>
      )}
    </>
  );
}
