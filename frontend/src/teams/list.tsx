// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import { role } from '../session/session';
import { Badge, Bdi, Empty, LinkButton, Loaded, PageHeader, Table } from '../ui';
import type { Team } from './types';

/** The teams that stand for a need, as far as the reader may see them. */
export default function TeamsPage() {
  const { ref = '' } = useRoute().params;
  const path = `/needs/${encodeURIComponent(ref)}`;
  const teams = useLoad<List<Team>>((signal) => call('GET', `${path}/teams`, { signal }), [ref]);
  const need = useLoad<Need>((signal) => call('GET', path, { signal }), [ref]);
  const forms = need.data?.can.nominate && <LinkButton kind="primary" href={needPath(ref, '/teams/new')}>{t('teams.form')}</LinkButton>;
  return (
    <>
      <PageHeader title={t('teams.title')} lead={t(`teams.lead.${role.value === 'association' ? 'association' : 'partner'}`)} over={<span dir="ltr">{need.data?.reference ?? ref}</span>}
        crumbs={[{ href: '/needs', label: t('needs.title') }, { href: needPath(need.data ?? ref), label: need.data?.title ?? ref }]} actions={forms} />
      <Loaded load={teams} waiting={t('teams.loading')}>
        {(data) => data.items.length === 0 ? <Empty title={t('teams.none')} action={forms}>{t('teams.none_text')}</Empty> : (
          <Table caption={t('teams.title')} rows={data.items} rowKey={(one) => one.id} columns={[
            { key: 'name', header: t('teams.name'), names: true, cell: (one) => <a href={`/teams/${one.id}`}><Bdi>{one.name || t('teams.unnamed', { association: one.association })}</Bdi></a> },
            { key: 'association', header: t('teams.association'), cell: (one) => <Bdi>{one.association}</Bdi> },
            { key: 'members', header: t('teams.members'), number: true, cell: (one) => one.members.length },
            { key: 'state', header: t('teams.standing'), cell: (one) => <TeamState team={one} /> },
            { key: 'applied', header: t('teams.applied_at'), cell: (one) => (one.appliedAt ? moment(one.appliedAt) : '–') },
          ]} />
        )}
      </Loaded>
    </>
  );
}

/** Where a team stands: a word in a frame. */
export function TeamState({ team }: { team: Pick<Team, 'state'> }) {
  return <Badge tone={team.state === 'APPLIED' ? 'accent' : 'caution'}>{t(`teams.state.${team.state}`)}</Badge>;
}
