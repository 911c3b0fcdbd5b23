// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import type { components } from '../api/schema.gen';
import { t } from '../i18n';
import { country, period } from '../i18n/format';
import { needPath } from '../needs/words';
import type { Criterion } from '../ranking/types';
import { useLists, type Lists } from '../taxonomy/taxonomy';
import { Badge, Bdi, Disclosure, LinkButton, Meter, Notice, Section, Status } from '../ui';
import './professionals.css';
import { MendCondition, NextSteps } from './next-steps';
import { Blocked, Reason } from './reason';
import { gains, open } from './reasons';

export type Suiting = Omit<components['schemas']['Suiting'], 'criteria'> & { criteria: Criterion[] };

interface Props {
  suiting: Suiting;
  /** Who reads: the person, or their association. It changes who is spoken to. */
  audience: 'me' | 'member';
  action?: ComponentChildren;
}

/** A need as it suits a person: why, what is missing, and what stands in the way. */
export function SuitingCard({ suiting, audience, action }: Props) {
  const { need, score, outOf, criteria, reasons, lifts } = suiting;
  const lists = useLists().data;
  const blocked = reasons.length > 0;
  return (
    <li class="suiting">
      <div class="suiting-head">
        <div>
          <h3 class="suiting-title"><a href={needPath(need)} lang={need.language}><Bdi>{need.title}</Bdi></a> {need.demo && <Badge>{t('professionals.demo')}</Badge>}</h3>
          <p><Bdi>{need.organisation}</Bdi></p>
          <p class="suiting-facts">
            <span>{need.dutyStation ? t('professionals.place_in', { place: need.dutyStation, country: country(need.country) }) : country(need.country)}</span>
            <span>{period(need.startsOn, need.endsOn)}</span><span>{t('professionals.days_count', { count: need.days })}</span>
            <span>{t(`professionals.field.${need.modality}`)}</span>
            {need.closesOn && <span>{t('professionals.closes', { date: period(need.closesOn, need.closesOn) })}</span>}
          </p>
        </div>
        <Meter label={t('professionals.fit')} value={score} max={outOf} />
      </div>
      {blocked && (
        <Notice tone="info" title={t(`professionals.blocked_title.${audience}`)}>
          {reasons.map((one) => <p key={one.condition}><Blocked block={one} audience={audience} lists={lists} /> {audience === 'me' && <MendCondition condition={one.condition} />}</p>)}
        </Notice>
      )}
      <Reasons criteria={criteria} lifts={blocked ? [] : lifts} audience={audience} lists={lists} lang={need.language} />
      {!blocked && <NextSteps lifts={lifts} audience={audience} lang={need.language} />}
      <div class="cluster">{action}<LinkButton href={needPath(need)}>{t('professionals.read_need')}</LinkButton></div>
    </li>
  );
}

interface ReasonsProps {
  criteria: readonly Criterion[];
  /** What is told as a next step needs no telling twice. */
  lifts: Suiting['lifts'];
  audience: 'me' | 'member';
  lists: Lists | undefined;
  lang: string;
}

/** At least three reasons at first sight, if there are so many; the others on demand. */
function Reasons({ criteria, lifts, audience, lists, lang }: ReasonsProps) {
  const { first, rest } = gains(criteria);
  const gaps = open(criteria.filter((one) => !lifts.some((lift) => lift.name === one.name && lift.need === one.evidence.need)));
  const list = (some: readonly Criterion[]) => (
    <ul class="suiting-reasons">
      {some.map((one, i) => <li key={i}><Status fit={one.status}><span class="hidden">{t(`ui.fit.${one.status}`)}</span></Status><span><Reason criterion={one} audience={audience} lists={lists} lang={lang} /></span></li>)}
    </ul>
  );
  return (
    <>
      {list([...first, ...gaps.first])}
      {rest.length + gaps.rest.length > 0 && <Disclosure summary={t('professionals.more_reasons', { count: rest.length + gaps.rest.length })}>{list([...rest, ...gaps.rest])}</Disclosure>}
    </>
  );
}

interface ListProps {
  items: readonly Suiting[];
  audience: 'me' | 'member';
  /** What can be done with a need that nothing stands in the way of. */
  action: (suiting: Suiting) => ComponentChildren;
}

/** Needs that can be taken up first, the best fit on top; then those that one condition keeps away, and why. */
export function SuitingList({ items, audience, action }: ListProps) {
  const ready = items.filter((one) => one.reasons.length === 0);
  const kept = items.filter((one) => one.reasons.length > 0);
  return (
    <>
      {ready.length > 0 && (
        <Section title={t(`professionals.ready.${audience}`, { count: ready.length })}>
          <ul>{ready.map((one) => <SuitingCard key={one.need.id} suiting={one} audience={audience} action={action(one)} />)}</ul>
        </Section>
      )}
      {kept.length > 0 && (
        <Section title={t(`professionals.kept.${audience}`, { count: kept.length })} lead={t(`professionals.kept_lead.${audience}`)}>
          <ul>{kept.map((one) => <SuitingCard key={one.need.id} suiting={one} audience={audience} />)}</ul>
        </Section>
      )}
    </>
  );
}
