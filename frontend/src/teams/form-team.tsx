// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation, useRoute } from 'preact-iso';
import { useRef } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import { NeedHead, NotOpen } from '../selection/apply';
import { LinkButton, Loaded, TextArea, TextInput, tell } from '../ui';
import { freshMember, MemberRows, sendable, type Asked } from './member-rows';
import type { Team } from './types';

/** An association puts several members together for one need; each is asked. */
export default function FormTeamPage() {
  const { ref = '' } = useRoute().params;
  const need = useLoad<Need>((signal) => call('GET', `/needs/${encodeURIComponent(ref)}`, { signal }), [ref]);
  return (
    <>
      <NeedHead need={need.data} reference={ref} title={t('teams.form')} lead={t('teams.form_lead')} />
      <Loaded load={need} waiting={t('needs.loading_one')}>{(data) => (data.can.nominate ? <TeamForm need={data} /> : <NotOpen need={data} />)}</Loaded>
    </>
  );
}

interface Values { name: string; statement: string; members: Asked[] }

function TeamForm({ need }: { need: Need }) {
  const { route } = useLocation();
  const made = useRef('');
  const form = useForm<Values>({
    id: `team-${need.id}`,
    initial: { name: '', statement: '', members: [freshMember()] },
    submit: async ({ name, statement, members }, key) => {
      const { data } = await call<Team>('POST', `/needs/${need.id}/teams`, { body: { name, statement, members: sendable(members) }, idempotencyKey: key });
      made.current = data.id;
    },
  });
  const send = async (event?: Event) => {
    const done = await form.submit(event);
    if (done) {
      tell(t('teams.formed', { count: form.values.members.length }));
      route(`/teams/${made.current}`);
    }
    return done;
  };
  return (
    <FormView form={{ ...form, submit: send }} action={t('teams.form_act')} beside={<LinkButton kind="quiet" href={needPath(need)}>{t('needs.keep')}</LinkButton>}>
      <TextInput {...form.bind('name')} label={t('teams.name')} help={t('teams.name_help')} maxLength={200} />
      <TextArea {...form.bind('statement')} label={t('teams.statement')} help={t('teams.statement_help')} rows={5} maxLength={5000} />
      <MemberRows form={form} posts={need.posts} />
    </FormView>
  );
}
