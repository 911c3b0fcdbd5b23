// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { t } from '../i18n';
import { listed, moment } from '../i18n/format';
import { role } from '../session/session';
import { Badge, LinkButton, Loaded, Notice, PageHeader, Section } from '../ui';
import { InvitationLink } from './invitation-link';
import './professionals.css';
import { PartView, readParts, written } from './read';
import type { Field, Professional } from './types';
import { fieldName, MemberState, nameOf, PersonName, Visibility } from './words';

/** One person of the registry, as far as the reader may see them. */
export default function MemberPage() {
  const { id = '' } = useRoute().params;
  const load = useLoad<Professional>((signal) => call('GET', `/professionals/${encodeURIComponent(id)}`, { signal }), [id]);
  return (
    <>
      {!load.data && <PageHeader title={t('professionals.one')} crumbs={crumbs()} />}
      <Loaded load={load} waiting={t('professionals.loading_one')}>{(data) => <Member professional={data} load={load} />}</Loaded>
    </>
  );
}

function crumbs() {
  return [{ href: '/professionals', label: t(role.value === 'association' ? 'professionals.members' : 'professionals.people') }];
}

function Member({ professional, load }: { professional: Professional; load: Load<Professional> }) {
  const { id, state, visible, can, demo } = professional;
  const own = role.value === 'association';
  const name = nameOf(professional);
  return (
    <>
      <PageHeader title={name} heading={<PersonName person={professional} />} crumbs={crumbs()} over={professional.named && <span dir="ltr">{professional.pseudonym}</span>}
        facts={<>{own && <MemberState state={state} />}<Visibility visible={visible} />{demo && <Badge>{t('professionals.demo')}</Badge>}<span>{t('professionals.changed_at', { when: moment(professional.updatedAt) })}</span></>}
        actions={<>
          {own && state !== 'declined' && <LinkButton href={`/professionals/${id}/needs`}>{t('professionals.needs')}</LinkButton>}
          {can.edit && <LinkButton kind="primary" href={`/professionals/${id}/edit`}>{t('professionals.edit')}</LinkButton>}
        </>} />
      {own && <Standing professional={professional} name={name} />}
      {own && state === 'invited' && (
        <Section title={t('professionals.invitation')}><InvitationLink professional={professional} name={name} onChanged={load.reload} /></Section>
      )}
      {own && professional.consents.length > 0 && state !== 'invited' && state !== 'declined' && <Consents professional={professional} />}
      {state !== 'declined' && readParts.filter((part) => (own || part !== 'person') && (written(part, professional) || own)).map((part) => (
        <Section key={part} title={t(`professionals.part.${part}`)} lead={part === 'person' && contactHidden(professional) ? t('professionals.contact_hidden') : undefined}>
          <PartView part={part} profile={professional} brief={part === 'person' && contactHidden(professional)} />
        </Section>
      ))}
    </>
  );
}

// Once the profile is the person's own, the association has the address only if they agreed to hear from it.
function contactHidden({ state, email }: Professional): boolean {
  return state !== 'invited' && email === '';
}

/** What the association may expect: who finds the person, and what is missing for that. */
function Standing({ professional, name }: { professional: Professional; name: string }) {
  const { state, visible, lacks } = professional;
  const key = state === 'active' && !visible ? (lacks.length > 0 ? 'lacks' : 'no_consent') : state;
  return (
    <Notice tone={visible ? 'success' : 'info'} title={t(`professionals.standing.${key}`, { name })}>
      <p>{t(`professionals.standing_text.${key}`, { name, fields: listed(lacks.map((one) => fieldName(one as Field))) })}</p>
      {professional.associations.length > 1 && <p>{t('professionals.other_associations', { names: listed(professional.associations.map((one) => one.name)) })}</p>}
    </Notice>
  );
}

function Consents({ professional }: { professional: Professional }) {
  return (
    <Section title={t('professionals.consents')} lead={t('professionals.consents_lead')}>
      <ul class="entries">
        {professional.consents.map((one) => (
          <li key={one.purpose}>
            <p>{t(`professionals.purpose.${one.purpose}`)}</p>
            <p class="entry-line"><span>{t(`professionals.consent.${one.status}`)}</span>{one.givenAt && <span>{t('professionals.consent_version', { version: one.noticeVersion })}</span>}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
