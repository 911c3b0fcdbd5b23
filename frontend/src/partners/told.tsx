// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { country } from '../i18n/format';
import { Badge, Bdi, DefinitionList } from '../ui';
import type { Application } from './types';

/** Where an organisation stands, in words and colour. */
export function StateBadge({ state }: { state: string }) {
  const tones: Record<string, 'good' | 'bad' | 'caution' | 'accent'> = { APPROVED: 'good', CLOSED: 'bad', RETURNED: 'caution', SUSPENDED: 'caution', APPLIED: 'accent' };
  return <Badge tone={tones[state]}>{t(`partners.state.${state}`)}</Badge>;
}

/** A web address that an organisation gave: opened apart, and told nothing about us. */
export function Website({ url }: { url: string }) {
  return <a href={url} rel="noopener noreferrer nofollow external" target="_blank" dir="ltr">{url.replace(/^https?:\/\//, '').replace(/\/$/, '')}<span class="hidden"> ({t('partners.opens_apart')})</span></a>;
}

/** What an organisation says of itself. */
export function Told({ one }: { one: Application }) {
  return (
    <DefinitionList facts={[
      { term: t('partners.programme'), value: <Bdi>{one.programmeName}</Bdi> },
      { term: t('partners.field.kind'), value: t(`partners.kind.${one.kind}`) },
      { term: t('partners.field.name'), value: <Bdi>{one.name}</Bdi> },
      { term: t('partners.field.country'), value: country(one.country) },
      one.place !== '' && { term: t('partners.field.place'), value: <Bdi>{one.place}</Bdi> },
      one.website !== '' && { term: t('partners.field.website'), value: <Website url={one.website} /> },
      { term: t('partners.field.summary'), value: <span class="prose" dir="auto">{one.summary}</span> },
      { term: t('partners.field.officerName'), value: <><Bdi>{one.officerName}</Bdi> <span class="muted" dir="ltr">{one.officerEmail}</span></> },
      { term: t('partners.field.referees'), value: <>{one.referees.map((r, i) => <span key={i} class="under"><Bdi>{r.name}</Bdi>, <Bdi>{r.organisation}</Bdi> · <span dir="auto">{r.contact}</span></span>)}</> },
    ]} />
  );
}
