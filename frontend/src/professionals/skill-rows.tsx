// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { call } from '../api/call';
import { language, t } from '../i18n';
import { findSkills } from '../taxonomy/taxonomy';
import { announce, Button, Combobox, NumberInput, RepeatableList, Select, type Option } from '../ui';
import { count } from './fields';
import type { Fields, Skill } from './types';
import { fieldName } from './words';

const words = 'words:';
const levels = [1, 2, 3, 4] as const;
// What only somebody else can say about a skill.
const given = ['referee', 'host'];

/** A skill of which only the name is known yet. */
export function freshSkill(concept = '', label = ''): Skill {
  return { id: '', concept, label, level: 0, years: 0, lastUsed: 0, evidence: 'claimed' };
}

/** What a choice in the combobox makes of a row: a concept of the vocabulary, or the words alone. */
export function renamed(row: Skill, picked: Option | null): Skill {
  const concept = picked && !picked.value.startsWith(words) ? picked.value : '';
  // What others confirmed, they confirmed of the skill that stood here before.
  return { ...row, concept, label: picked?.label ?? '', evidence: given.includes(row.evidence) ? 'claimed' : row.evidence };
}

/** Skills, of the vocabulary or in the person's own words, each with a level. */
export function SkillRows({ form, isco }: { form: Fields<'skills'>; isco: string }) {
  const find = async (text: string, signal: AbortSignal): Promise<Option[]> => [
    ...(await findSkills(text, language.value, signal)), { value: words + text, label: text, hint: t('professionals.own_words') }];
  const skills = form.values.skills;
  return (
    <>
      <Usual isco={isco} skills={skills} onAdd={(skill) => form.set('skills', [...skills, skill])} />
      <RepeatableList<Skill> {...form.bind<Skill[]>('skills')} label={fieldName('skills')} help={t('professionals.help.skills')} optional most={60}
        fresh={() => freshSkill()} one={t('professionals.one.skills')} add={t('professionals.add.skills')} row={(row, i) => (
          <>
            <Combobox {...form.bind(`skills[${i}].label`)} error={form.errors[`skills[${i}].label`] ?? form.errors[`skills[${i}].concept`]} label={t('professionals.skill')} find={find}
              help={row.label && !row.concept ? t('professionals.help.own_words') : undefined}
              value={row.label ? { value: row.concept || words + row.label, label: row.label } : null} onChange={(picked) => form.set(`skills[${i}]`, renamed(row, picked))} />
            <div class="skill-facts">
              <Select {...form.bind(`skills[${i}].level`)} label={t('professionals.level')} value={row.level > 0 ? String(row.level) : ''} empty={t('professionals.choose')} width="full"
                onChange={(value) => form.set(`skills[${i}].level`, Number(value))} options={levels.map((one) => ({ value: String(one), label: t(`professionals.level_option.${one}`) }))} />
              <NumberInput {...count(form, `skills[${i}].years`)} label={t('professionals.years')} unit={t('professionals.unit_years')} optional />
              <NumberInput {...count(form, `skills[${i}].lastUsed`)} label={t('professionals.last_used_year')} optional />
              {given.includes(row.evidence)
                ? <p class="muted small">{t(`professionals.evidence.${row.evidence}`)}</p>
                : <Select {...form.bind(`skills[${i}].evidence`)} label={t('professionals.evidence')} options={['claimed', 'experience'].map((one) => ({ value: one, label: t(`professionals.evidence.${one}`) }))} width="full" />}
            </div>
          </>
        )} />
    </>
  );
}

interface UsualProps {
  isco: string;
  skills: readonly Skill[];
  onAdd: (skill: Skill) => void;
}

/** What people of the occupation often can do, to be taken over with one press. */
function Usual({ isco, skills, onAdd }: UsualProps) {
  const usual = useUsual(isco).filter((one) => !skills.some((skill) => skill.concept === one.value)).slice(0, 8);
  if (usual.length === 0) return null;
  const add = (one: Option) => {
    onAdd(freshSkill(one.value, one.label));
    announce(t('professionals.skill_added', { name: one.label }));
  };
  return (
    <div role="group" aria-label={t('professionals.usual')} class="suggested">
      <p class="muted small" aria-hidden="true">{t('professionals.usual')}</p>
      <div class="cluster">{usual.map((one) => <Button key={one.value} small icon="plus" onClick={() => add(one)}>{one.label}</Button>)}</div>
    </div>
  );
}

function useUsual(isco: string): readonly Option[] {
  const tag = language.value;
  const [found, setFound] = useState<readonly Option[]>([]);
  useEffect(() => {
    if (!isco) return setFound([]);
    const controller = new AbortController();
    call<{ items: { id: string; label: string }[] }>('GET', '/taxonomy/skills', { query: { isco, language: tag, limit: 20 }, signal: controller.signal, anonymous: true }).then(
      ({ data }) => setFound(data.items.map((one) => ({ value: one.id, label: one.label }))),
      // The proposals are a help, not a need.
      () => controller.signal.aborted || setFound([]),
    );
    return () => controller.abort();
  }, [isco, tag]);
  return found;
}
