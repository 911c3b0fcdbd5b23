// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import type { Form } from '../form';
import { t } from '../i18n';
import { Fieldset } from '../ui';
import { CvFields, EmailField, filledWords, NameFields, OriginCountryField, OriginLinkField, PersonFields, ResidenceCountryField, ResidenceFields, StayFields, WorkFields } from './fields';
import { LanguageRows } from './language-rows';
import { OccupationFields } from './occupation';
import { concerns, FoldedPart } from './part';
import { EducationRows, ExperienceRows, LicenceRows } from './past-rows';
import { SkillRows } from './skill-rows';
import { parts, type Field, type ProfileText } from './types';

type Props = { form: Form<ProfileText> };

/** The whole profile: what is needed in sight, everything else folded away. */
export function ProfileForm({ form }: Props) {
  return (
    <>
      <Essentials form={form} />
      <div class="folds">
        <Fold form={form} name="skills" fields={parts.skills}><SkillRows form={form} isco={form.values.isco} /></Fold>
        <Fold form={form} name="languages" fields={parts.languages}><LanguageRows form={form} /></Fold>
        <Fold form={form} name="stay" fields={parts.stay}><StayFields form={form} /></Fold>
        <Fold form={form} name="residence" fields={['originLink', 'residencePlace', 'residenceStatus', 'rightOfReturn', 'rightOfReturnUntil']}><OriginLinkField form={form} /><ResidenceFields form={form} /></Fold>
        <Fold form={form} name="work_more" fields={['yearsExperience', 'summary']}><WorkFields form={form} /></Fold>
        <Fold form={form} name="education" fields={parts.education}><EducationRows form={form} /></Fold>
        <Fold form={form} name="licences" fields={parts.licences}><LicenceRows form={form} /></Fold>
        <Fold form={form} name="experience" fields={parts.experience}><ExperienceRows form={form} /></Fold>
        <Fold form={form} name="cv" fields={parts.cv}><CvFields form={form} /></Fold>
        <Fold form={form} name="person_more" fields={['phone', 'sex', 'birthDate']}><PersonFields form={form} /></Fold>
      </div>
    </>
  );
}

/** The questions without which nobody can be registered. */
function Essentials({ form }: Props) {
  return (
    <Fieldset id={`${form.id}-essentials`} label={t('professionals.part.essentials')} help={t('professionals.help.essentials')} section>
      <NameFields form={form} />
      <EmailField form={form} help={t('professionals.help.email')} />
      <OriginCountryField form={form} />
      <ResidenceCountryField form={form} />
      <OccupationFields form={form} />
    </Fieldset>
  );
}

function Fold({ form, name, fields, children }: Props & { name: string; fields: readonly Field[]; children: ComponentChildren }) {
  return <FoldedPart title={t(`professionals.part.${name}`)} filled={filledWords(form.values, fields)} wrong={concerns(form.errors, fields)}>{children}</FoldedPart>;
}
