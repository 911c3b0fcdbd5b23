// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { moment, number } from '../i18n/format';
import { needPath, postWords } from '../needs/words';
import { role } from '../session/session';
import { CandidacyState, PersonName } from '../selection/words';
import { Bdi, Button, Dialog, LinkButton, Loaded, Notice, PageHeader, Section, Table, TextArea, tell } from '../ui';
import { TeamState } from './list';
import { freshMember, MemberRows, sendable, type Asked } from './member-rows';
import type { Team } from './types';

/** One team: who is in it, how each stands, and what is done for all of them at once. */
export default function TeamPage() {
  const { id = '' } = useRoute().params;
  const load = useLoad<Team>((signal) => call('GET', `/teams/${encodeURIComponent(id)}`, { signal }), [id]);
  return (
    <>
      {!load.data && <PageHeader title={t('teams.one')} crumbs={[{ href: '/needs', label: t('needs.title') }]} />}
      <Loaded load={load} waiting={t('teams.loading')}>{(data) => <Reading team={data} load={load} />}</Loaded>
    </>
  );
}

function Reading({ team, load }: { team: Team; load: Load<Team> }) {
  const { need } = team;
  const title = team.name || t('teams.unnamed', { association: team.association });
  const partner = role.value !== 'professional';
  return (
    <>
      <PageHeader title={title} heading={<Bdi>{title}</Bdi>} over={<span dir="ltr">{need.reference}</span>}
        crumbs={[{ href: '/needs', label: t('needs.title') }, { href: needPath(need), label: need.title }, ...(partner ? [{ href: needPath(need, '/teams'), label: t('teams.title') }] : [])]}
        facts={<><TeamState team={team} /><span>{t('teams.of', { association: team.association })}</span>{team.appliedAt && <span>{t('teams.applied_on', { when: moment(team.appliedAt) })}</span>}</>}
        actions={partner && <>
          {role.value !== 'association' && <LinkButton href={needPath(need, '/shortlist')}>{t('selection.shortlist')}</LinkButton>}
          <LinkButton href={needPath(need, '/equipment')}>{t('needs.act.equipment')}</LinkButton>
        </>} />
      <Outcomes team={team} />
      {team.statement && <Section title={t('teams.statement')}><blockquote dir="auto" class="prose">{team.statement}</blockquote></Section>}
      <div class="person-page"><Acts team={team} load={load} /></div>
      <Section title={t('teams.members')} lead={need.posts.map(postWords).join(' · ') || undefined}>
        <Table caption={t('teams.members')} rows={team.members} rowKey={(one) => one.id} columns={[
          { key: 'person', header: t('teams.person'), names: true, cell: (one) => <a href={`/candidacies/${one.id}`}><PersonName person={one.person} /></a> },
          { key: 'position', header: t('teams.profession'), cell: (one) => (one.position ? <Bdi>{one.position.title}</Bdi> : '–') },
          { key: 'state', header: t('teams.standing'), cell: (one) => <CandidacyState candidacy={one} /> },
          { key: 'placement', header: t('placements.one'), cell: (one) => (one.placementReference ? <a href={`/placements/${one.placementReference}`}><span dir="ltr">{one.placementReference}</span></a> : '–') },
        ]} />
      </Section>
    </>
  );
}

/** What became of each at the step that was just taken. */
function Outcomes({ team }: { team: Team }) {
  if (team.outcomes.length === 0) return null;
  const failed = team.outcomes.filter((one) => one.outcome === 'failed');
  const nameFor = (id: string) => team.members.find((one) => one.id === id)?.person;
  return (
    <Notice tone={failed.length > 0 ? 'warning' : 'success'} title={t('teams.done_for', { done: number(team.outcomes.length - failed.length), all: number(team.outcomes.length) })} focus>
      {failed.length > 0 && (
        <ul class="lines">
          {failed.map((one) => {
            const person = nameFor(one.candidacyId);
            return <li key={one.candidacyId}>{person ? <PersonName person={person} /> : <span dir="ltr">{one.pseudonym}</span>}: {one.message}</li>;
          })}
        </ul>
      )}
    </Notice>
  );
}

interface Choice { step: 'apply' | 'shortlist' | 'endorse' | 'no_objection' | 'approve'; decision?: 'yes' | 'no' }

/** The step that waits for the reader, for all members at once. */
function Acts({ team, load }: { team: Team; load: Load<Team> }) {
  const [choice, setChoice] = useState<Choice | undefined>();
  const [adding, setAdding] = useState(false);
  const { can } = team;
  const decides: Choice['step'] | undefined = can.endorse ? 'endorse' : can.object ? 'no_objection' : can.approve ? 'approve' : undefined;
  if (!can.add && !can.apply && !can.shortlist && !decides) return team.state === 'FORMING' ? <p class="muted">{t('teams.waits')}</p> : null;
  return (
    <div class="cluster decide">
      {can.apply && <Button kind="primary" onClick={() => setChoice({ step: 'apply' })}>{t('teams.act.apply')}</Button>}
      {can.shortlist && <Button kind={decides ? 'normal' : 'primary'} onClick={() => setChoice({ step: 'shortlist' })}>{t('teams.act.shortlist')}</Button>}
      {decides && <Button kind="primary" onClick={() => setChoice({ step: decides, decision: 'yes' })}>{t(`teams.act.${decides}.yes`)}</Button>}
      {decides && <Button onClick={() => setChoice({ step: decides, decision: 'no' })}>{t(`teams.act.${decides}.no`)}</Button>}
      {can.add && <Button onClick={() => setAdding(true)}>{t('teams.act.add')}</Button>}
      {choice && <StepDialog key={`${choice.step} ${choice.decision}`} choice={choice} team={team} load={load} onClose={() => setChoice(undefined)} />}
      {adding && <AddDialog team={team} load={load} onClose={() => setAdding(false)} />}
    </div>
  );
}

function StepDialog({ choice: { step, decision }, team, load, onClose }: { choice: Choice; team: Team; load: Load<Team>; onClose: () => void }) {
  const form = useForm<{ reason: string; balanceReason: string }>({
    id: `team-${step}`,
    initial: { reason: '', balanceReason: '' },
    submit: async ({ reason, balanceReason }) => {
      const body = step === 'apply' ? { step } : step === 'shortlist' ? { step, reason, balanceReason } : { step, decision, reason };
      load.replace(await call<Team>('POST', `/teams/${team.id}/steps`, { ifMatch: `"${team.version}"`, body }));
      onClose();
      tell(t('teams.taken'));
    },
  });
  const action = t(`teams.act.${step}${decision ? `.${decision}` : ''}`);
  return (
    <Dialog open title={action} onClose={onClose}>
      <p>{t(`teams.ask.${step}`)}</p>
      <FormView form={form} action={action} onReload={load.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {step !== 'apply' && <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />}
        {step === 'shortlist' && form.errors['balanceReason'] && <TextArea {...form.bind('balanceReason')} label={t('teams.balance')} rows={2} maxLength={5000} />}
      </FormView>
    </Dialog>
  );
}

function AddDialog({ team, load, onClose }: { team: Team; load: Load<Team>; onClose: () => void }) {
  const form = useForm<{ members: Asked[] }>({
    id: 'team-add',
    initial: { members: [freshMember()] },
    submit: async ({ members }) => {
      load.replace(await call<Team>('POST', `/teams/${team.id}/members`, { ifMatch: `"${team.version}"`, body: { members: sendable(members) } }));
      onClose();
      tell(t('teams.formed', { count: members.length }));
    },
  });
  return (
    <Dialog open wide title={t('teams.act.add')} onClose={onClose}>
      <FormView form={form} action={t('teams.form_act')} onReload={load.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        <MemberRows form={form} posts={team.need.posts} />
      </FormView>
    </Dialog>
  );
}
