// SPDX-License-Identifier: AGPL-3.0-or-later

// What waits for whoever signs in: the lists of their role, narrowed to what only
// they can take on.
import { useLoad } from '../api/load';
import { call, type List } from '../api/call';
import { language, t } from '../i18n';
import { moment, period } from '../i18n/format';
import { profileWaits } from '../me/waiting';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import type { Candidacy } from '../selection/types';
import { nameOf } from '../selection/words';
import type { Role } from '../session/session';
import { Bdi, Empty, Icon, Loaded, Section } from '../ui';

const most = 5;

interface Item {
  id: string;
  href: string;
  title: string;
  lang?: string;
  under: string;
}

interface Group {
  /** The key of its name: "home.wait.validate". */
  key: string;
  path: string;
  query: Record<string, string>;
  /** Where all of them are. */
  all: string;
  item: (row: never) => Item;
  /** Asks in another way than for a list. */
  ask?: (signal: AbortSignal) => Promise<Item[]>;
}

const needs = (key: string, state: string, view: string): Group => ({ key, path: '/needs', query: { state }, all: `/needs?view=${view}`, item: ofNeed as Group['item'] });
const candidacies = (key: string): Group => ({ key, path: '/candidacies', query: { pending: 'true' }, all: '/candidacies', item: ofCandidacy as Group['item'] });

/** What waits for a role, the most pressing first. */
export function groupsFor(role: Role | undefined): readonly Group[] {
  switch (role) {
    case 'host': return [candidacies('endorse'), needs('mend', 'RETURNED', 'mine'), needs('drafts', 'DRAFT', 'mine')];
    case 'ministry': return [needs('validate', 'SUBMITTED', 'validate'), candidacies('object')];
    case 'coordinator': return [candidacies('approve_people'), needs('approve', 'VALIDATED', 'approve'), needs('publish', 'APPROVED', 'approve'), needs('choose', 'CLOSED', 'selection')];
    case 'professional': return [{ ...candidacies('answer'), item: ofOwn as Group['item'] }, { ...needs('profile', '', ''), all: '/me', ask: profileWaits }];
    case 'association': return [needs('open', 'PUBLISHED', 'all')];
    default: return [];
  }
}

function ofNeed(need: Need): Item {
  const when = need.startsOn && need.endsOn ? period(need.startsOn, need.endsOn) : t('home.wait.changed', { when: moment(need.updatedAt) });
  return { id: need.id, href: needPath(need), title: need.title, lang: need.language, under: t('home.wait.of', { name: need.organisation.name, when }) };
}

function ofCandidacy(one: Candidacy): Item {
  return { id: one.id, href: `/candidacies/${one.id}`, title: nameOf(one.person), under: t('home.wait.for', { need: one.need.title, when: period(one.from, one.to) }) };
}

// Nobody needs to be told their own name.
function ofOwn(one: Candidacy): Item {
  return { id: one.id, href: `/candidacies/${one.id}`, title: one.need.title, under: t('home.wait.of', { name: one.need.organisation.name, when: period(one.from, one.to) }) };
}

/** The inbox of a role. */
export function Waiting({ role }: { role: Role | undefined }) {
  const groups = groupsFor(role);
  const load = useLoad<Found[]>(async (signal) => ({ data: await Promise.all(groups.map((group) => find(group, signal))), etag: '', status: 200 }), [role, language.value]);
  if (groups.length === 0) return null;
  return (
    <Loaded load={load} waiting={t('home.wait.loading')}>
      {(found) => {
        const some = found.filter((one) => one.items.length > 0);
        if (some.length === 0) return <Empty title={t('home.wait.none')}>{t('home.wait.none_text')}</Empty>;
        return <>{some.map((one) => <WaitingGroup key={one.group.key} found={one} />)}</>;
      }}
    </Loaded>
  );
}

interface Found {
  group: Group;
  items: Item[];
  more: boolean;
}

async function find(group: Group, signal: AbortSignal): Promise<Found> {
  if (group.ask) return { group, items: await group.ask(signal), more: false };
  const { data } = await call<List<never>>('GET', group.path, { query: { ...group.query, limit: most }, signal });
  return { group, items: data.items.map(group.item), more: data.next !== '' };
}

function WaitingGroup({ found: { group, items, more } }: { found: Found }) {
  const title = t(`home.wait.${group.key}`);
  return (
    <Section title={title} actions={<a href={group.all}>{more ? t('home.wait.more', { count: most }) : t('home.wait.all')}<span class="hidden"> {title}</span></a>}>
      <ul class="ledger">{items.map((item) => <Row key={item.id} item={item} />)}</ul>
    </Section>
  );
}

function Row({ item }: { item: Item }) {
  return (
    <li class="ledger-row">
      <a class="ledger-link" href={item.href}><span lang={item.lang}><Bdi>{item.title}</Bdi></span><span class="muted ledger-under">{item.under}</span></a>
      <Icon name="forward" />
    </li>
  );
}
