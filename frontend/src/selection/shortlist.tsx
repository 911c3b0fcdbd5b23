// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import '../needs/needs.css';
import type { Need } from '../needs/types';
import { needPath, NeedState, postWords } from '../needs/words';
import '../ranking/ranking.css';
import { role } from '../session/session';
import { Bdi, Empty, LinkButton, Loaded, Notice, PageHeader, Section } from '../ui';
import { CandidacyCard } from './card';
import './selection.css';
import type { Candidacy, Shortlist, SnapshotSummary } from './types';

/** The shortlist of a need: who is on it, what was decided about each, and the decisions that wait. */
export default function ShortlistPage() {
  const { ref = '' } = useRoute().params;
  const path = `/needs/${encodeURIComponent(ref)}`;
  const need = useLoad<Need>((signal) => call('GET', path, { signal }), [ref]);
  const list = useLoad<Shortlist>((signal) => call('GET', `${path}/shortlist`, { signal }), [ref]);
  const reload = () => {
    need.reload();
    list.reload();
  };
  const title = need.data?.title ?? ref;
  return (
    <>
      <PageHeader title={t('selection.shortlist')} over={<span dir="ltr">{need.data?.reference ?? ref}</span>}
        heading={need.data && <span lang={need.data.language}><Bdi>{need.data.title}</Bdi></span>} lead={t('selection.shortlist_lead')}
        crumbs={[{ href: '/needs', label: t('needs.title') }, { href: needPath(need.data ?? ref), label: title }]}
        facts={need.data && <><NeedState state={need.data.state} /><span><Bdi>{need.data.organisation.name}</Bdi></span><span>{t('selection.posts_taken', { filled: need.data.filled, all: need.data.headcount })}</span>{need.data.posts.map((one) => <span key={one.id}>{postWords(one)}</span>)}</>}
        actions={<>
          {need.data?.can.rank && <LinkButton href={needPath(need.data, '/ranking')}>{t('needs.act.rank')}</LinkButton>}
          <LinkButton href={needPath(ref, '/committee')}>{t('selection.committee')}</LinkButton>
          {role.value === 'host' && <LinkButton href={needPath(ref, '/favourites')}>{t('proposals.favourites')}</LinkButton>}
        </>} />
      <Loaded load={list} waiting={t('selection.loading')}>
        {(data) => data.items.length === 0 ? <Nobody need={need.data} /> : (
          <>
            {data.snapshot && <Rests snapshot={data.snapshot} />}
            <Section title={t('selection.people', { count: data.items.length })}>
              <ul class="people">
                {data.items.map((one) => <CandidacyCard key={one.id} candidacy={one} onReload={reload} onChanged={({ data: changed }) => {
                  list.replace({ data: { ...data, items: replaced(data.items, changed) }, etag: '', status: 200 });
                  need.reload();
                }} />)}
              </ul>
            </Section>
          </>
        )}
      </Loaded>
    </>
  );
}

function replaced(items: readonly Candidacy[], changed: Candidacy): Candidacy[] {
  return items.map((one) => (one.id === changed.id ? { ...changed, profile: changed.profile ?? one.profile } : one));
}

/** The frozen ranking that the choice rests on; the coordinator can open it. */
function Rests({ snapshot }: { snapshot: SnapshotSummary }) {
  const action = role.value === 'coordinator' && <LinkButton href={`/snapshots/${snapshot.id}`}>{t('selection.see_frozen')}</LinkButton>;
  if (!snapshot.intact) return <Notice tone="problem" title={t('selection.not_intact')} action={action}>{t('selection.not_intact_text')}</Notice>;
  return <Notice tone="info" action={action}>{t('selection.rests_on', { when: moment(snapshot.takenAt), name: snapshot.by })}</Notice>;
}

function Nobody({ need }: { need: Need | undefined }) {
  const action = need?.can.shortlist ? <LinkButton kind="primary" href={needPath(need, '/ranking')}>{t('needs.act.rank')}</LinkButton>
    : need && <LinkButton href={needPath(need)}>{t('needs.read')}</LinkButton>;
  return <Empty title={t('selection.nobody')} action={action}>{t('selection.nobody_text')}</Empty>;
}
