// SPDX-License-Identifier: AGPL-3.0-or-later
import { signal } from '@preact/signals';
import { usePages } from '../api/load';
import { t } from '../i18n';
import { country, date, moment } from '../i18n/format';
import { role } from '../session/session';
import { Badge, Bdi, Empty, LinkButton, Loaded, PageHeader, SearchBox, ShowMore, Table, useFilters, Views, type Column } from '../ui';
import './professionals.css';
import type { Invitation, Member } from './types';
import { MemberState, PersonName, Visibility } from './words';

const states = ['', 'invited', 'active', 'paused', 'declined'] as const;

// Names are no words for an address: they would stay in the history and in logs.
const words = signal('');

/** The people whom the reader may see: an association its members, a coordinator those who can be found. */
export default function MembersPage() {
  const { get } = useFilters();
  const own = role.value === 'association';
  const state = own ? get('state') : '';
  const members = usePages<Member>('/professionals', { state, q: words.value });
  return (
    <>
      <PageHeader title={t(own ? 'professionals.members' : 'professionals.people')} lead={t(own ? 'professionals.members_lead' : 'professionals.people_lead')} actions={own && <Register />} />
      {own && (
        <Views label={t('professionals.views')} current={state}
          views={states.map((one) => ({ id: one, label: t(one ? `professionals.view.${one}` : 'professionals.view.all'), href: one ? `/professionals?state=${one}` : '/professionals' }))} />
      )}
      <SearchBox id="members-q" label={t(own ? 'professionals.search' : 'professionals.search_blind')} value={words.value} onSearch={(text) => (words.value = text)} />
      <Loaded load={members} waiting={t('professionals.loading')}>
        {(items) => items.length === 0 ? <Nothing own={own} state={state} /> : (
          <>
            <Table caption={t(own ? 'professionals.members' : 'professionals.people')} columns={columnsFor(own)} rows={items} rowKey={(one) => one.id} />
            <ShowMore shown={items.length} more={members.more} loadMore={members.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Register() {
  return <LinkButton kind="primary" icon="plus" href="/professionals/new">{t('professionals.register')}</LinkButton>;
}

function Nothing({ own, state }: { own: boolean; state: string }) {
  if (words.value) return <Empty title={t('professionals.none_found', { text: words.value })}>{t('professionals.none_found_text')}</Empty>;
  if (!own) return <Empty title={t('professionals.none_people')}>{t('professionals.none_people_text')}</Empty>;
  if (state) return <Empty title={t(`professionals.none.${state}`)} action={<LinkButton href="/professionals">{t('professionals.view.all')}</LinkButton>}>{t(`professionals.state_text.${state}`)}</Empty>;
  return <Empty title={t('professionals.none')} action={<Register />}>{t('professionals.none_text')}</Empty>;
}

function columnsFor(own: boolean): readonly Column<Member>[] {
  const columns: (Column<Member> | false)[] = [
    { key: 'name', header: t(own ? 'professionals.name' : 'professionals.pseudonym'), names: true, cell: (one) => <NameCell member={one} /> },
    { key: 'occupation', header: t('professionals.occupation'), cell: (one) => <><Bdi>{one.occupationTitle}</Bdi>{one.isco && <span class="muted under">{t('professionals.isco', { code: one.isco })}</span>}</> },
    !own && { key: 'years', header: t('professionals.years'), number: true, cell: (one) => one.yearsExperience || '–' },
    { key: 'residence', header: t('professionals.field.residenceCountry'), cell: (one) => one.residenceCountry && country(one.residenceCountry) },
    own && { key: 'state', header: t('professionals.state'), cell: (one) => <MemberState state={one.state} /> },
    { key: 'visible', header: t('professionals.found'), cell: (one) => <Visibility visible={one.visible} /> },
    own && { key: 'invitation', header: t('professionals.invitation'), cell: (one) => <InvitationCell invitation={one.invitation} /> },
    { key: 'changed', header: t('professionals.changed'), cell: (one) => <span class="muted small">{moment(one.updatedAt)}</span> },
  ];
  return columns.filter((one) => one !== false);
}

function NameCell({ member }: { member: Member }) {
  return (
    <>
      <a href={`/professionals/${member.id}`}><PersonName person={member} /></a>
      {(member.named || member.demo) && <span class="muted under">{member.named && <span dir="ltr" class="pseudonym">{member.pseudonym}</span>} {member.demo && <Badge>{t('professionals.demo')}</Badge>}</span>}
    </>
  );
}

/** How far an invitation has come, and until when it can be answered. */
function InvitationCell({ invitation: { state, expiresAt } }: { invitation: Invitation }) {
  const open = state === 'sent' || state === 'opened';
  return (
    <>
      {t(`professionals.invitation.${state}`)}
      {open && expiresAt && <span class="muted under">{t('professionals.until_date', { date: date(expiresAt) })}</span>}
    </>
  );
}
