// SPDX-License-Identifier: AGPL-3.0-or-later

// What the server says about professionals. The generated types leave open what a
// request may leave out; an answer is always whole.
import type { components } from '../api/schema.gen';
import type { Form } from '../form';

type Schemas = components['schemas'];
type Whole<T> = { [K in keyof T]-?: NonNullable<T[K]> };

export type Skill = Whole<Schemas['SkillView']>;
export type Language = Whole<Schemas['LanguageView']>;
export type Education = Whole<Schemas['EducationView']>;
export type Licence = Whole<Schemas['LicenceView']>;
export type Experience = Whole<Schemas['ExperienceView']>;
export type Window = Whole<Schemas['WindowView']>;
export type Invitation = Schemas['InvitationView'];
export type Member = Schemas['ProfessionalRow'];
export type Change = Schemas['ChangeView'];
export type Look = Schemas['LookView'];
export type Consent = Schemas['ConsentView'];
export type Notice = Schemas['NoticeView'];
export type Welcome = Omit<Schemas['WelcomeView'], 'profile'> & { profile: Professional };

interface Lists {
  skills: Skill[];
  languages: Language[];
  education: Education[];
  licences: Licence[];
  experience: Experience[];
  availability: Window[];
}

/** What people write about a professional. */
export type ProfileText = Omit<Whole<Schemas['ProfileText']>, keyof Lists | '$schema'> & Lists;
export type Field = keyof ProfileText;

/** A professional as one reader may see them. */
export type Professional = Omit<Whole<Schemas['ProfessionalView']>, keyof Lists | '$schema' | 'confirmedAt' | 'invitation'> & Lists & {
  confirmedAt: string | null;
  invitation: Invitation;
};

/** A form that holds at least these fields: the whole profile, or a part of it. */
export type Fields<K extends Field> = Pick<Form<Pick<ProfileText, K>>, 'id' | 'values' | 'set' | 'bind' | 'errors'>;

export const abilities = ['listening', 'reading', 'interaction', 'production', 'writing'] as const;
export type Ability = (typeof abilities)[number];

/** The fields that people write, by the part of the form in which they stand. */
export const parts = {
  essentials: ['givenName', 'familyName', 'email', 'originCountry', 'residenceCountry', 'occupationTitle', 'isco'],
  person: ['givenName', 'familyName', 'email', 'phone', 'sex', 'birthDate'],
  origin: ['originCountry', 'originLink'],
  residence: ['residenceCountry', 'residencePlace', 'residenceStatus', 'rightOfReturn', 'rightOfReturnUntil'],
  work: ['occupationTitle', 'isco', 'yearsExperience', 'summary'],
  skills: ['skills'],
  languages: ['languages'],
  stay: ['availability', 'onsite', 'virtual', 'hybrid', 'longestDays', 'noticeDays'],
  education: ['education'],
  licences: ['licences'],
  experience: ['experience'],
  cv: ['cvText', 'cvLanguage'],
} as const satisfies Record<string, readonly Field[]>;
export type Part = keyof typeof parts;

/** A profile in which nothing is written yet. */
export function emptyProfile(): ProfileText {
  return {
    givenName: '', familyName: '', email: '', phone: '', sex: '', birthDate: '', originCountry: '', originLink: '', residenceCountry: '',
    residencePlace: '', residenceStatus: '', rightOfReturn: '', rightOfReturnUntil: '', occupationTitle: '', isco: '', yearsExperience: 0,
    summary: '', cvText: '', cvLanguage: '', onsite: true, virtual: false, hybrid: false, longestDays: 0, noticeDays: 0,
    skills: [], languages: [], education: [], licences: [], experience: [], availability: [],
  };
}

const fields = Object.keys(emptyProfile()) as Field[];

/** The part of a profile that people write: what a request may hold, and nothing else. */
export function textOf(profile: ProfileText): ProfileText {
  return pick(profile, fields);
}

/** Some fields of a profile. */
export function pick<K extends Field>(profile: Pick<ProfileText, K>, names: readonly K[]): Pick<ProfileText, K> {
  return Object.fromEntries(names.map((name) => [name, profile[name]])) as Pick<ProfileText, K>;
}

/** The fields in which two profiles differ. */
export function differing<K extends Field>(a: Pick<ProfileText, K>, b: Pick<ProfileText, K>, names: readonly K[]): K[] {
  return names.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}
