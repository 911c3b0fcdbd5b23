// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import '../needs/needs.css';
import '../ranking/ranking.css';
import { Badge, Bdi, Status, type Option, type Tone } from '../ui';
import { abilities, type Field, type Language, type Member } from './types';

const tones: Record<string, Tone> = { invited: 'caution', active: 'good', paused: 'neutral', declined: 'neutral' };

/** Where a person stands in the registry. */
export function MemberState({ state }: { state: string }) {
  return <Badge tone={tones[state] ?? 'neutral'}>{t(`professionals.state.${state}`)}</Badge>;
}

/** Whether searches show the person now. */
export function Visibility({ visible }: { visible: boolean }) {
  return <Status fit={visible ? 'met' : 'unknown'}>{t(visible ? 'professionals.visible' : 'professionals.not_visible')}</Status>;
}

type Named = Pick<Member, 'named' | 'givenName' | 'familyName' | 'pseudonym'>;

/** The name where the reader may know it, else the pseudonym. */
export function nameOf({ named, givenName, familyName, pseudonym }: Named): string {
  return (named && `${givenName} ${familyName}`.trim()) || pseudonym;
}

/** The same for the page, kept apart from the words around it. */
export function PersonName({ person }: { person: Named }) {
  return person.named ? <Bdi>{nameOf(person)}</Bdi> : <span dir="ltr" class="pseudonym">{person.pseudonym}</span>;
}

/** What a field is called. */
export function fieldName(field: Field): string {
  return t(`professionals.field.${field}`);
}

/** The choices of a field whose codes have words of ours. */
export function choices(field: string, codes: readonly string[]): Option[] {
  return codes.map((code) => ({ value: code, label: t(`professionals.${field}.${code}`) }));
}

export const originLinks = ['born', 'citizen', 'parent', 'grandparent', 'spouse'] as const;
export const residenceStatuses = ['citizen', 'permanent', 'temporary', 'refugee', 'other'] as const;
export const rights = ['yes', 'no', 'unknown'] as const;
export const sexes = ['female', 'male', 'other'] as const;
export const modalities = ['onsite', 'hybrid', 'virtual'] as const;

/** The level that a language has for every ability; undefined where they differ. */
export function sameLevel(language: Language): string | undefined {
  const first = language[abilities[0]];
  return abilities.every((ability) => language[ability] === first) ? first : undefined;
}

/** A language with one level for every ability. */
export function levelled(language: Language, level: string): Language {
  return { ...language, ...Object.fromEntries(abilities.map((ability) => [ability, level])) };
}
