// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { country, languageName, listed, month, period, date } from '../i18n/format';
import { Paragraphs } from '../needs/words';
import { nameIn, useLists } from '../taxonomy/taxonomy';
import { Badge, Bdi, DefinitionList, Table } from '../ui';
import type { Card } from './types';

/** A profile as it was at the shortlist. Later changes do not reach it. */
export function FrozenProfile({ card }: { card: Card }) {
  return (
    <div class="frozen">
      <p class="muted small">{t('selection.profile_frozen')}</p>
      <DefinitionList facts={[
        { term: t('needs.occupation'), value: <><Bdi>{card.occupationTitle}</Bdi>{card.isco && <span class="muted"> {t('ranking.isco', { code: card.isco })}</span>}</> },
        { term: t('needs.experience'), value: card.yearsExperience > 0 && t('ranking.years', { count: card.yearsExperience }) },
        { term: t('ranking.residence'), value: country(card.residenceCountry) },
        { term: t('selection.origin_country'), value: country(card.originCountry) },
        { term: t('needs.modality'), value: listed((['onsite', 'hybrid', 'virtual'] as const).filter((one) => card[one]).map((one) => t(`needs.modality.${one}`))) },
        { term: t('ranking.available'), value: listed(card.availability.map((one) => period(one.from, one.to))) },
        card.longestDays > 0 && { term: t('selection.longest'), value: t('needs.days', { count: card.longestDays }) },
        card.noticeDays > 0 && { term: t('selection.notice'), value: t('needs.days', { count: card.noticeDays }) },
      ]} />
      {card.summary && <><h3 class="minor">{t('selection.summary')}</h3><Paragraphs text={card.summary} {...langOf(card)} /></>}
      <Skills card={card} />
      <Languages card={card} />
      <Past card={card} />
      {card.cvText && <><h3 class="minor">{t('selection.cv')}</h3><Paragraphs text={card.cvText} {...langOf(card)} /></>}
    </div>
  );
}

function langOf(card: Card): { lang?: string } {
  return card.cvLanguage ? { lang: card.cvLanguage } : {};
}

function Skills({ card }: { card: Card }) {
  if (card.skills.length === 0) return null;
  return (
    <>
      <h3 class="minor">{t('selection.skills')}</h3>
      <Table caption={t('selection.skills')} rows={card.skills} rowKey={(one) => `${one.concept} ${one.label}`} columns={[
        { key: 'label', header: t('needs.skill'), names: true, cell: (one) => <Bdi>{one.label}</Bdi> },
        { key: 'level', header: t('selection.level'), cell: (one) => one.level > 0 && t(`selection.level.${one.level}`) },
        { key: 'years', header: t('selection.years'), number: true, cell: (one) => one.years || '' },
        { key: 'evidence', header: t('selection.evidence'), cell: (one) => one.evidence && t(`selection.evidence.${one.evidence}`) },
      ]} />
    </>
  );
}

function Languages({ card }: { card: Card }) {
  if (card.languages.length === 0) return null;
  const abilities = ['listening', 'reading', 'interaction', 'production', 'writing'] as const;
  return (
    <>
      <h3 class="minor">{t('ranking.languages')}</h3>
      <Table caption={t('ranking.languages')} rows={card.languages} rowKey={(one) => one.language} columns={[
        { key: 'language', header: t('needs.language'), names: true, cell: (one) => <>{languageName(one.language)} {one.native && <Badge>{t('selection.native')}</Badge>}</> },
        ...abilities.map((ability) => ({ key: ability, header: t(`selection.ability.${ability}`), cell: (one: Card['languages'][number]) => one[ability] || '–' })),
      ]} />
    </>
  );
}

function Past({ card }: { card: Card }) {
  const lists = useLists().data;
  return (
    <>
      {card.experience.length > 0 && <h3 class="minor">{t('selection.posts')}</h3>}
      <ul class="lines">
        {card.experience.map((one, i) => (
          <li key={i}>
            <p><b><Bdi>{one.title}</Bdi></b> <span class="muted"><Bdi>{one.employer}</Bdi>{one.country && ` · ${country(one.country)}`}</span></p>
            <p class="muted small">{one.to ? t('selection.from_to', { from: month(one.from), to: month(one.to) }) : one.from && t('selection.since', { from: month(one.from) })}</p>
            {one.description && <p dir="auto">{one.description}</p>}
          </li>
        ))}
      </ul>
      {card.education.length > 0 && <h3 class="minor">{t('selection.education')}</h3>}
      <ul class="lines">
        {card.education.map((one, i) => (
          <li key={i}><b><Bdi>{one.title}</Bdi></b> <span class="muted">{nameIn(lists?.iscedLevels, String(one.level))} · <Bdi>{one.institution}</Bdi>{one.year > 0 && ` · ${one.year}`}</span></li>
        ))}
      </ul>
      {card.licences.length > 0 && <h3 class="minor">{t('needs.licence')}</h3>}
      <ul class="lines">
        {card.licences.map((one, i) => (
          <li key={i}><b><Bdi>{one.body}</Bdi></b> <span class="muted">{country(one.country)}{one.validUntil && ` · ${t('selection.valid_until', { date: date(one.validUntil) })}`}</span></li>
        ))}
      </ul>
    </>
  );
}
