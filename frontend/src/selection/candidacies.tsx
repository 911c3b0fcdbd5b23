// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { t } from '../i18n';
import { date, period } from '../i18n/format';
import '../needs/needs.css';
import { needPath } from '../needs/words';
import '../ranking/ranking.css';
import { role } from '../session/session';
import { Bdi, Empty, LinkButton, Loaded, PageHeader, ShowMore, Table, TakeAway, useFilters, Views, type Column } from '../ui';
import { scoreWords } from './card';
import { OwnRow } from './own';
import './selection.css';
import type { Candidacy } from './types';
import { CandidacyState, PersonName, stepsOf } from './words';

/** Candidacies: for partners those that wait for them first, for a professional their own, for an association its nominations. */
export default function CandidaciesPage() {
  const own = role.value;
  const partner = own === 'host' || own === 'ministry' || own === 'coordinator';
  const audience = partner ? 'partner' : own === 'association' ? 'association' : 'professional';
  const { get } = useFilters();
  const view = partner ? get('view') || 'waiting' : 'all';
  const list = usePages<Candidacy>('/candidacies', view === 'waiting' ? { pending: 'true' } : {});
  return (
    <>
      <PageHeader title={t(`selection.title.${audience}`)} lead={t(`selection.lead.${audience}`)} />
      {partner && (
        <Views label={t('selection.views')} current={view}
          views={['waiting', 'all'].map((id) => ({ id, label: t(`selection.view.${id}`), href: `/candidacies?view=${id}` }))} />
      )}
      <Loaded load={list} waiting={t('selection.loading')}>
        {(items) => items.length === 0 ? <Nothing audience={view === 'waiting' ? 'waiting' : audience} /> : (
          <>
            {audience === 'professional'
              ? <ul class="people">{items.map((one) => <OwnRow key={one.id} candidacy={one} />)}</ul>
              : <Table caption={t(`selection.title.${audience}`)} columns={columnsFor(partner)} rows={items} rowKey={(one) => one.id} />}
            <ShowMore shown={items.length} more={list.more} loadMore={list.loadMore} />
            <TakeAway path="/candidacies/export" query={{ pending: view === 'waiting' ? 'true' : '' }} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Nothing({ audience }: { audience: string }) {
  const action = audience === 'waiting' ? <LinkButton href="/candidacies?view=all">{t('selection.all')}</LinkButton> : <LinkButton href="/needs">{t('needs.all')}</LinkButton>;
  return <Empty title={t(`selection.none.${audience}`)} action={action}>{t(`selection.none_text.${audience}`)}</Empty>;
}

function columnsFor(partner: boolean): readonly Column<Candidacy>[] {
  const columns: (Column<Candidacy> | false)[] = [
    { key: 'person', header: t('selection.person'), names: true, cell: (one) => <a href={`/candidacies/${one.id}`}><PersonName person={one.person} /></a> },
    { key: 'need', header: t('needs.need'), cell: (one) => <NeedCell candidacy={one} /> },
    { key: 'period', header: t('selection.period'), cell: (one) => <>{period(one.from, one.to)}<span class="muted under">{t('needs.days', { count: one.days })}</span></> },
    { key: 'state', header: t('needs.state'), cell: (one) => <><CandidacyState candidacy={one} />{partner && <Waits candidacy={one} />}</> },
    partner && { key: 'score', header: t('ranking.score'), number: true, cell: (one) => <span class="nowrap">{scoreWords(one)}</span> },
    { key: 'changed', header: t('needs.changed'), cell: (one) => <span class="muted small nowrap">{date(one.updatedAt)}</span> },
  ];
  return columns.filter((one) => one !== false);
}

function NeedCell({ candidacy: { need } }: { candidacy: Candidacy }) {
  return <><a href={needPath(need)}><Bdi>{need.title}</Bdi></a><span class="muted under"><Bdi>{need.organisation.name}</Bdi> · <span dir="ltr">{need.reference}</span></span></>;
}

function Waits({ candidacy }: { candidacy: Candidacy }) {
  const waiting = stepsOf(candidacy).find((one) => one.standing === 'waiting');
  return waiting ? <span class="muted under">{t(`selection.waits.${waiting.step}`)}</span> : null;
}
