// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { country, date, languageName, month } from '../i18n/format';
import { nameIn, useLists } from '../taxonomy/taxonomy';
import { Badge, Bdi, Table } from '../ui';
import { IscoWords } from './occupation';
import { abilities, type Education, type Experience, type Language, type Licence, type Skill } from './types';
import { fieldName, sameLevel } from './words';

export function SkillTable({ skills }: { skills: readonly Skill[] }) {
  return (
    <Table caption={fieldName('skills')} rows={skills} rowKey={(one) => one.id || one.label} columns={[
      { key: 'label', header: t('professionals.skill'), names: true, cell: (one) => <Bdi>{one.label}</Bdi> },
      { key: 'level', header: t('professionals.level'), cell: (one) => one.level > 0 && t(`professionals.level.${one.level}`) },
      { key: 'years', header: t('professionals.years'), number: true, cell: (one) => one.years || '–' },
      { key: 'used', header: t('professionals.last_used'), number: true, cell: (one) => (one.lastUsed ? String(one.lastUsed) : '–') },
      { key: 'evidence', header: t('professionals.evidence'), cell: (one) => one.evidence && t(`professionals.evidence.${one.evidence}`) },
    ]} />
  );
}

/** One level where all abilities have it, else each by name. */
export function levelWords(language: Language): string {
  const same = sameLevel(language);
  if (same !== undefined) return same || t('professionals.level_none');
  return abilities.filter((ability) => language[ability]).map((ability) => t('professionals.ability_level', { ability: t(`professionals.ability.${ability}`), level: language[ability] })).join(' · ');
}

export function LanguageTable({ languages }: { languages: readonly Language[] }) {
  return (
    <Table caption={fieldName('languages')} rows={languages} rowKey={(one) => one.language} columns={[
      { key: 'language', header: t('professionals.language'), names: true, cell: (one) => <>{languageName(one.language)} {one.native && <Badge>{t('professionals.native')}</Badge>}</> },
      { key: 'levels', header: t('professionals.level'), cell: levelWords },
    ]} />
  );
}

export function EducationList({ education }: { education: readonly Education[] }) {
  const lists = useLists().data;
  return (
    <ul class="entries">
      {education.map((one, i) => (
        <li key={i}>
          <p><b>{one.title ? <Bdi>{one.title}</Bdi> : nameIn(lists?.iscedLevels, String(one.level))}</b></p>
          <Line words={[one.title && nameIn(lists?.iscedLevels, String(one.level)), one.field && nameIn(lists?.iscedFields, one.field), one.institution && <Bdi>{one.institution}</Bdi>, one.country && country(one.country), one.year > 0 && String(one.year)]} />
        </li>
      ))}
    </ul>
  );
}

export function LicenceList({ licences }: { licences: readonly Licence[] }) {
  return (
    <ul class="entries">
      {licences.map((one, i) => (
        <li key={i}>
          <p><b><Bdi>{one.body}</Bdi></b></p>
          <Line words={[country(one.country), one.number && <span dir="ltr">{one.number}</span>, one.isco && <IscoWords code={one.isco} />,
            one.validFrom && t('professionals.from_date', { date: date(one.validFrom) }), one.validUntil ? t('professionals.until_date', { date: date(one.validUntil) }) : t('professionals.no_end'),
            one.goodStandingOn && t('professionals.good_standing_on', { date: date(one.goodStandingOn) })]} />
        </li>
      ))}
    </ul>
  );
}

export function ExperienceList({ experience }: { experience: readonly Experience[] }) {
  return (
    <ul class="entries">
      {experience.map((one, i) => (
        <li key={i}>
          <p><b><Bdi>{one.title}</Bdi></b></p>
          <Line words={[one.employer && <Bdi>{one.employer}</Bdi>, one.country && country(one.country), one.isco && <IscoWords code={one.isco} />, monthsWords(one)]} />
          {one.description && <p dir="auto">{one.description}</p>}
        </li>
      ))}
    </ul>
  );
}

function monthsWords({ from, to }: Experience): string {
  if (from && to) return t('professionals.from_to', { from: month(from), to: month(to) });
  if (from) return t('professionals.since', { from: month(from) });
  return to && t('professionals.until_date', { date: month(to) });
}

/** Facts in a line, set apart by dots. */
function Line({ words }: { words: readonly (preact.ComponentChildren | false)[] }) {
  return <p class="entry-line">{words.filter(Boolean).map((one, i) => <span key={i}>{one}</span>)}</p>;
}
