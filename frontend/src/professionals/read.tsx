// SPDX-License-Identifier: AGPL-3.0-or-later

// A profile to be read: the same parts, in the same order, for the person, for
// the association that wrote it, and for whoever is invited to make it their own.
import { t } from '../i18n';
import { country, date, listed, period } from '../i18n/format';
import { DefinitionList, type Fact } from '../ui';
import { IscoWords } from './occupation';
import { EducationList, ExperienceList, LanguageTable, LicenceList, SkillTable } from './read-lists';
import type { Part, ProfileText } from './types';
import { fieldName, modalities } from './words';

/** The parts that a reader sees, in order. */
export const readParts = ['person', 'origin', 'residence', 'work', 'skills', 'languages', 'stay', 'education', 'licences', 'experience', 'cv'] as const satisfies readonly Part[];
export type ReadPart = (typeof readParts)[number];

/** Tells whether something is written in a part. */
export function written(part: ReadPart, profile: ProfileText): boolean {
  switch (part) {
    case 'person': case 'origin': case 'residence': case 'work': case 'stay': return true;
    case 'cv': return profile.cvText !== '';
    default: return profile[part].length > 0;
  }
}

interface Props {
  part: ReadPart;
  profile: ProfileText;
  /** Leave out what is not given, for whoever reads what others wrote. */
  brief?: boolean;
}

/** One part of a profile. */
export function PartView({ part, profile, brief }: Props) {
  if (!written(part, profile)) return <p class="muted">{t(`professionals.nothing.${part}`)}</p>;
  switch (part) {
    case 'skills': return <SkillTable skills={profile.skills} />;
    case 'languages': return <LanguageTable languages={profile.languages} />;
    case 'education': return <EducationList education={profile.education} />;
    case 'licences': return <LicenceList licences={profile.licences} />;
    case 'experience': return <ExperienceList experience={profile.experience} />;
    case 'cv': return <Text text={profile.cvText} lang={profile.cvLanguage} />;
    default: return <DefinitionList facts={facts[part](profile).filter((one) => !brief || one.value)} />;
  }
}

const facts: Record<'person' | 'origin' | 'residence' | 'work' | 'stay', (profile: ProfileText) => Fact[]> = {
  person: (profile) => [
    { term: t('professionals.name'), value: <bdi>{`${profile.givenName} ${profile.familyName}`.trim()}</bdi> },
    { term: fieldName('email'), value: profile.email && <span dir="ltr">{profile.email}</span> },
    { term: fieldName('phone'), value: profile.phone && <span dir="ltr">{profile.phone}</span> },
    { term: fieldName('birthDate'), value: profile.birthDate && date(profile.birthDate) },
    { term: fieldName('sex'), value: profile.sex && t(`professionals.sex.${profile.sex}`) },
  ],
  origin: (profile) => [
    { term: fieldName('originCountry'), value: country(profile.originCountry) },
    { term: fieldName('originLink'), value: profile.originLink && t(`professionals.originLink.${profile.originLink}`) },
  ],
  residence: (profile) => [
    { term: fieldName('residenceCountry'), value: country(profile.residenceCountry) },
    { term: fieldName('residencePlace'), value: profile.residencePlace && <bdi>{profile.residencePlace}</bdi> },
    { term: fieldName('residenceStatus'), value: profile.residenceStatus && t(`professionals.residenceStatus.${profile.residenceStatus}`) },
    { term: fieldName('rightOfReturn'), value: profile.rightOfReturn && rightWords(profile) },
  ],
  work: (profile) => [
    { term: fieldName('occupationTitle'), value: profile.occupationTitle && <bdi>{profile.occupationTitle}</bdi> },
    { term: fieldName('isco'), value: profile.isco && <IscoWords code={profile.isco} /> },
    { term: fieldName('yearsExperience'), value: profile.yearsExperience > 0 && t('professionals.years_count', { count: profile.yearsExperience }) },
    { term: fieldName('summary'), value: profile.summary && <Text text={profile.summary} lang={profile.cvLanguage} /> },
  ],
  stay: (profile) => [
    { term: fieldName('availability'), value: listed(profile.availability.map((one) => period(one.from, one.to))) },
    { term: t('professionals.modality'), value: listed(modalities.filter((one) => profile[one]).map(fieldName)) },
    { term: fieldName('longestDays'), value: profile.longestDays > 0 && t('professionals.days_count', { count: profile.longestDays }) },
    { term: fieldName('noticeDays'), value: profile.noticeDays > 0 && t('professionals.days_count', { count: profile.noticeDays }) },
  ],
};

function rightWords({ rightOfReturn, rightOfReturnUntil }: ProfileText): string {
  if (rightOfReturn === 'yes' && rightOfReturnUntil) return t('professionals.right_until', { date: date(rightOfReturnUntil) });
  return t(`professionals.rightOfReturn.${rightOfReturn}`);
}

/** Somebody's own words, in their own language and direction. */
export function Text({ text, lang }: { text: string; lang: string }) {
  return <div class="own-text">{text.split(/\n\s*\n/).map((one, i) => <p key={i} dir="auto" lang={lang || undefined}>{one}</p>)}</div>;
}

