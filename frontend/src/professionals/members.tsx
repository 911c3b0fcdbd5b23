// SPDX-License-Identifier: AGPL-3.0-or-later
import { signal } from '@preact/signals';
import { call } from '../api/call';
import { useLoad, usePages, type Load } from '../api/load';
import { language, t } from '../i18n';
import { country, date, moment } from '../i18n/format';
import { role } from '../session/session';
import { Badge, Bdi, Empty, LinkButton, Loaded, Notice, PageHeader, SearchBox, ShowMore, Table, useFilters, type Column } from '../ui';
import { InviteRound, ProgressBadge, Tally, waiting, type Members } from './association';
import './professionals.css';
import type { Member } from './types';
import { PersonName, Visibility } from './words';

// Names are no words for an address: they would stay in the history and in logs.
const words = signal('');

/** The people whom the reader may see: an association its members and how far each has come, a coordinator those who can be found. */
export default function MembersPage() {
  return role.value === 'association' ? <OwnMembers /> : <People own={false} progress="" brought="" />;
}

function OwnMembers() {
  const { get } = useFilters();
  const tally = useLoad<Members>((signal) => call('GET', '/members', { signal }), []);
  return <People own progress={get('progress')} brought={get('import')} tally={tally} />;
}

interface PeopleProps {
  own: boolean;
  progress: string;
  /** Only whom this import brought. */
  brought: string;
  tally?: Load<Members>;
}

function People({ own, progress, brought, tally }: PeopleProps) {
  const members = usePages<Member>('/professionals', { progress, import: brought, q: words.value });
  const again = () => {
    members.reload();
    tally?.reload();
  };
  const waits = progress === '' || (waiting as readonly string[]).includes(progress);
  return (
    <>
      <PageHeader title={t(own ? 'professionals.members' : 'professionals.people')} lead={t(own ? 'professionals.members_lead' : 'professionals.people_lead')} actions={own && <Register />} />
      {tally && <Tally load={tally} current={progress} />}
      {brought && <Notice tone="info" title={t('professionals.of_import')}><p><a href={`/imports/${brought}`}>{t('professionals.to_import')}</a> · <a href="/professionals">{t('professionals.tally_all', { count: tally?.data?.total ?? 0 })}</a></p></Notice>}
      <div class="list-acts">
        <SearchBox id="members-q" label={t(own ? 'professionals.search' : 'professionals.search_blind')} value={words.value} onSearch={(text) => (words.value = text)} />
        <div class="cluster">
          {own && waits && <InviteRound progress={progress} brought={brought} onDone={again} />}
          <Export progress={progress} />
        </div>
      </div>
      <Loaded load={members} waiting={t('professionals.loading')}>
        {(items) => items.length === 0 ? <Nothing own={own} narrowed={progress !== '' || brought !== ''} /> : (
          <>
            <Table caption={progress ? t(`professionals.progress.${progress}`) : t(own ? 'professionals.members' : 'professionals.people')} showCaption={progress !== ''} columns={columnsFor(own)} rows={items} rowKey={(one) => one.id} />
            <ShowMore shown={items.length} more={members.more} loadMore={members.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** The list to take away. What was searched for does not narrow it: names are no words for an address. */
function Export({ progress }: { progress: string }) {
  const href = `/api/v1/professionals/export?language=${language.value}${progress && `&progress=${progress}`}&format=`;
  return (
    <>
      <LinkButton href={`${href}xlsx`} download>{t('professionals.export_xlsx')}</LinkButton>
      <LinkButton href={`${href}csv`} download>{t('professionals.export_csv')}</LinkButton>
    </>
  );
}

function Register() {
  return <LinkButton kind="primary" icon="plus" href="/professionals/new">{t('professionals.register')}</LinkButton>;
}

function Nothing({ own, narrowed }: { own: boolean; narrowed: boolean }) {
  if (words.value) return <Empty title={t('professionals.none_found', { text: words.value })}>{t('professionals.none_found_text')}</Empty>;
  if (!own) return <Empty title={t('professionals.none_people')}>{t('professionals.none_people_text')}</Empty>;
  if (narrowed) return <Empty title={t('professionals.none_so_far')} action={<LinkButton href="/professionals">{t('professionals.view.all')}</LinkButton>}>{t('professionals.none_so_far_text')}</Empty>;
  return <Empty title={t('professionals.none')} action={<Register />}>{t('professionals.none_text')}</Empty>;
}

function columnsFor(own: boolean): readonly Column<Member>[] {
  const columns: (Column<Member> | false)[] = [
    { key: 'name', header: t(own ? 'professionals.name' : 'professionals.pseudonym'), names: true, cell: (one) => <NameCell member={one} /> },
    { key: 'occupation', header: t('professionals.occupation'), cell: (one) => <><Bdi>{one.occupationTitle}</Bdi>{one.isco && <span class="muted under">{t('professionals.isco', { code: one.isco })}</span>}</> },
    !own && { key: 'years', header: t('professionals.years'), number: true, cell: (one) => one.yearsExperience || '–' },
    { key: 'residence', header: t('professionals.field.residenceCountry'), cell: (one) => one.residenceCountry && country(one.residenceCountry) },
    own && { key: 'progress', header: t('professionals.state'), cell: (one) => <ProgressCell member={one} /> },
    !own && { key: 'visible', header: t('professionals.found'), cell: (one) => <Visibility visible={one.visible} /> },
    own && { key: 'since', header: t('professionals.here_since'), cell: (one) => <span class="nowrap">{date(one.createdAt.slice(0, 10))}</span> },
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

/** How far a member has come, and until when the invitation can be answered. */
function ProgressCell({ member: { progress, invitation: { expiresAt } } }: { member: Member }) {
  const open = progress === 'sent' || progress === 'opened';
  return (
    <>
      <ProgressBadge progress={progress} />
      {open && expiresAt && <span class="muted under">{t('professionals.until_date', { date: date(expiresAt) })}</span>}
    </>
  );
}
