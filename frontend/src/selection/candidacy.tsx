// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { t } from '../i18n';
import { period } from '../i18n/format';
import { Messages } from '../messages/thread';
import '../needs/needs.css';
import { needPath } from '../needs/words';
import { Asking } from '../privacy/asking';
import '../ranking/ranking.css';
import { role } from '../session/session';
import { WaitsOn } from '../tasks/record';
import { LinkButton, Loaded, PageHeader, Section } from '../ui';
import { Aside } from './card';
import { Decide } from './decide';
import { Facts } from './facts';
import { Doubt, Due, Reviews, RulesFound } from './file';
import { Judging } from './judging';
import { Moves } from './moves';
import { OwnCandidacy } from './own';
import { FrozenProfile } from './profile';
import './selection.css';
import { StayOf } from './stay';
import { Steps } from './steps';
import type { Candidacy } from './types';
import { CandidacyState, nameOf, PersonName } from './words';

/** One candidacy: as the partners see it, or as the person does. */
export default function CandidacyPage() {
  const { id = '' } = useRoute().params;
  const load = useLoad<Candidacy>((signal) => call('GET', `/candidacies/${encodeURIComponent(id)}`, { signal }), [id]);
  const audience = role.value === 'professional' ? 'professional' : role.value === 'association' ? 'association' : 'partner';
  return (
    <>
      {!load.data && <PageHeader title={t('selection.one')} crumbs={[{ href: '/candidacies', label: t(`selection.title.${audience}`) }]} />}
      <Loaded load={load} waiting={t('selection.loading')}>
        {(data) => (audience === 'partner' || data.file?.sits ? <Partner candidacy={data} load={load} /> : audience === 'professional' ? <OwnCandidacy candidacy={data} load={load} /> : <Nominated candidacy={data} />)}
      </Loaded>
    </>
  );
}

function Partner({ candidacy, load }: { candidacy: Candidacy; load: Load<Candidacy> }) {
  const { need, person, profile } = candidacy;
  return (
    <>
      <PageHeader title={nameOf(person)} heading={<PersonName person={person} />} over={t('selection.for_need', { title: need.title })}
        crumbs={[{ href: '/candidacies', label: t('selection.title.partner') }]} facts={<><CandidacyState candidacy={candidacy} /><span>{period(candidacy.from, candidacy.to)}</span></>}
        actions={<LinkButton href={needPath(need, '/shortlist')}>{t('selection.shortlist')}</LinkButton>} />
      <WaitsOn record={candidacy.id} version={candidacy.version} />
      <div class="person-page" id={`candidacy-${candidacy.id}`} tabIndex={-1}>
        <Steps candidacy={candidacy} />
        <Decide candidacy={candidacy} onChanged={load.replace} onReload={load.reload} />
        <Aside candidacy={candidacy} />
      </div>
      <Due candidacy={candidacy} />
      {candidacy.file && <Doubt candidacy={candidacy} file={candidacy.file} load={load} />}
      {candidacy.file && <Moves candidacy={candidacy} file={candidacy.file} load={load} />}
      {candidacy.file && <Judging candidacy={candidacy} file={candidacy.file} load={load} />}
      {candidacy.file && <RulesFound file={candidacy.file} />}
      {candidacy.file && <Reviews file={candidacy.file} />}
      {candidacy.can.stay && <StayOf key={candidacy.version} candidacy={candidacy} load={load} />}
      <Section title={t('selection.facts')}><Facts candidacy={candidacy} /></Section>
      {role.value !== 'ministry' && <Section title={t('privacy.candidacy')}><Asking candidacy={candidacy.id} until={candidacy.to} mayAsk={candidacy.status !== 'closed' && candidacy.status !== 'not_selected'} /></Section>}
      <Messages path={`/candidacies/${candidacy.id}`} record="candidacy" />
      {profile && <Section title={t('selection.profile')}><FrozenProfile card={profile} /></Section>}
    </>
  );
}

/** What the association that nominated somebody may follow. */
function Nominated({ candidacy }: { candidacy: Candidacy }) {
  const { need, person } = candidacy;
  return (
    <>
      <PageHeader title={nameOf(person)} heading={<PersonName person={person} />} over={t('selection.for_need', { title: need.title })}
        crumbs={[{ href: '/candidacies', label: t('selection.title.association') }]} facts={<CandidacyState candidacy={candidacy} />}
        lead={t(`selection.association_text.${candidacy.status}`)} />
      <Facts candidacy={candidacy} />
      <Aside candidacy={candidacy} />
    </>
  );
}
