// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { needPath } from '../needs/words';
import { role } from '../session/session';
import { Bdi, CheckboxGroup, Empty, LinkButton, Loaded, PageHeader, Select, tell } from '../ui';
import './selection.css';
import type { Sitting } from './types';

/** Who chooses among the candidates of a need. The coordinator puts it together. */
export default function CommitteePage() {
  const { ref = '' } = useRoute().params;
  const path = `/needs/${encodeURIComponent(ref)}/committee`;
  const load = useLoad<Sitting>((signal) => call('GET', path, { signal }), [ref]);
  const sets = role.value === 'coordinator';
  return (
    <>
      <PageHeader title={t('selection.committee')} lead={t('selection.committee_about')} crumbs={[{ href: '/needs', label: t('needs.title') }, { href: needPath(ref), label: ref }]}
        actions={sets && <LinkButton href="/selection-rules">{t('selection.rules_title')}</LinkButton>} />
      <Loaded load={load} waiting={t('selection.loading')}>
        {(data) => (sets ? <Seats key={data.version} data={data} load={load} path={path} /> : <Seated data={data} />)}
      </Loaded>
    </>
  );
}

function Seated({ data }: { data: Sitting }) {
  if (data.members.length === 0) return <Empty title={t('selection.no_committee')}>{t('selection.no_committee_text')}</Empty>;
  return (
    <ul class="seats">
      {data.members.map((one) => <li key={one.userId}><Bdi>{one.name}</Bdi> <span class="muted"><Bdi>{one.organisation}</Bdi>{one.chair ? ` – ${t('selection.chair')}` : ''}</span></li>)}
    </ul>
  );
}

function Seats({ data, load, path }: { data: Sitting; load: Load<Sitting>; path: string }) {
  const [saved, setSaved] = useState(0);
  const form = useForm<{ members: string[]; chair: string }>({
    id: `committee-${saved}`,
    initial: { members: data.members.map(keyOf), chair: data.members.filter((one) => one.chair).map(keyOf)[0] ?? '' },
    submit: async ({ members, chair }) => {
      const body = { members: data.possible.filter((one) => members.includes(keyOf(one))).map((one) => ({ userId: one.userId, seat: one.seat, chair: keyOf(one) === chair })) };
      load.replace(await call<Sitting>('PUT', path, { ifMatch: `"${data.version}"`, body }));
      setSaved(saved + 1);
      tell(t('selection.committee_saved'));
    },
  });
  const chosen = data.possible.filter((one) => form.values.members.includes(keyOf(one)));
  return (
    <FormView form={form} action={t('selection.committee_save')} onReload={load.reload}>
      <CheckboxGroup {...form.bind<string[]>('members')} label={t('selection.members')} help={t('selection.members_help')}
        options={data.possible.map((one) => ({ value: keyOf(one), label: `${one.name} – ${one.organisation}`, hint: t(`selection.seat.${one.seat}`) }))} />
      {chosen.length > 0 && <Select {...form.bind('chair')} label={t('selection.chair')} help={t('selection.chair_help')} empty={t('selection.chair_choose')} options={chosen.map((one) => ({ value: keyOf(one), label: one.name }))} />}
    </FormView>
  );
}

function keyOf(one: { userId: string; seat: string }): string {
  return `${one.seat} ${one.userId}`;
}
