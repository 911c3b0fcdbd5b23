// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { country, date, languageName, number } from '../i18n/format';
import { nameIn, useLists } from '../taxonomy/taxonomy';
import { Bdi, DefinitionList, Section } from '../ui';
import { CriteriaTable, LanguageFloors, Outputs } from './document-lists';
import { openRemarks, Part } from './remarks';
import type { Need } from './types';
import { daysWords, Paragraphs } from './words';

/** The terms of reference, set to be read and printed. */
export function TermsOfReference({ need }: { need: Need }) {
  const remarks = openRemarks(need);
  const part = { remarks };
  return (
    <article class="terms" aria-label={t('needs.terms')}>
      <Section title={t('needs.section.about')}>
        <Part {...part} field="background" name={t('needs.background')}>
          <h3>{t('needs.background')}</h3>
          <Words text={need.background} lang={need.language} />
        </Part>
        <Part {...part} field="objectives" name={t('needs.objectives')}>
          <h3>{t('needs.objectives')}</h3>
          <Words text={need.objectives} lang={need.language} />
        </Part>
        <Part {...part} field="sector" also={['prioritySector', 'title', 'language']} name={t('needs.sector')}><Facts need={need} /></Part>
      </Section>
      <Section title={t('needs.section.outputs')}>
        <Part {...part} field="outputs" name={t('needs.section.outputs')}><Outputs need={need} /></Part>
      </Section>
      <Section title={t('needs.section.counterparts')} lead={t('needs.counterparts_lead')}>
        <Part {...part} field="counterparts" name={t('needs.section.counterparts')}>
          <Rows lines={need.counterparts.map((one) => (one.unit ? t('needs.function_in', { function: one.function, unit: one.unit }) : one.function))} lang={need.language} />
        </Part>
      </Section>
      <Section title={t('needs.section.person')}>
        <Part {...part} field="isco" also={['occupationTitle', 'yearsExperience', 'educationLevel', 'educationField', 'licenceRequired', 'regulator']} name={t('needs.qualification')}>
          <Qualification need={need} />
        </Part>
        <Part {...part} field="criteria" name={t('needs.criteria')}><CriteriaTable need={need} /></Part>
        <Part {...part} field="languages" name={t('needs.languages')}><LanguageFloors need={need} /></Part>
      </Section>
      <Section title={t('needs.section.when')}>
        <Part {...part} field="startsOn" also={['endsOn', 'shortestDays', 'modality', 'headcount', 'positions', 'relay', 'overlapDays']} name={t('needs.period')}><Stay need={need} /></Part>
        <Part {...part} field="dutyStation" also={['country', 'unit', 'supervisor']} name={t('needs.place')}><Place need={need} /></Part>
      </Section>
      <Section title={t('needs.section.contributions')}>
        <Part {...part} field="contributions" name={t('needs.section.contributions')}>
          <Rows lang={need.language} lines={need.contributions.map((one) => (one.description
            ? t('ui.labelled', { label: t(`needs.kind.${one.kind}`), text: one.description }) : t(`needs.kind.${one.kind}`)))} />
        </Part>
        <Part {...part} field="nonSubstitution" name={t('needs.non_substitution')}>
          <p>{t(need.nonSubstitution ? 'needs.non_substitution_yes' : 'needs.non_substitution_no')}</p>
        </Part>
      </Section>
    </article>
  );
}

function Words({ text, lang }: { text: string; lang: string }) {
  return text ? <Paragraphs text={text} lang={lang} /> : <p class="muted">{t('ui.not_given')}</p>;
}

function Rows({ lines, lang }: { lines: readonly string[]; lang: string }) {
  if (lines.length === 0) return <p class="muted">{t('ui.not_given')}</p>;
  return <ul class="lines">{lines.map((one, i) => <li key={i} lang={lang} dir="auto">{one}</li>)}</ul>;
}

function Facts({ need }: { need: Need }) {
  const lists = useLists().data;
  return (
    <DefinitionList facts={[
      { term: t('needs.sector'), value: need.sector && nameIn(lists?.sectors, need.sector) },
      { term: t('needs.priority'), value: need.prioritySector ? <Bdi>{need.prioritySector}</Bdi> : t('needs.priority_none') },
      { term: t('needs.written_in'), value: need.language && languageName(need.language) },
    ]} />
  );
}

function Qualification({ need }: { need: Need }) {
  const lists = useLists().data;
  return (
    <DefinitionList facts={[
      { term: t('needs.occupation'), value: (need.occupationTitle || need.isco) && <><span lang={need.language}><Bdi>{need.occupationTitle}</Bdi></span>{need.isco && <span class="muted"> <span dir="ltr">ISCO {need.isco}</span></span>}</> },
      { term: t('needs.experience'), value: need.yearsExperience > 0 ? t('needs.years_least', { count: need.yearsExperience }) : t('needs.not_asked') },
      { term: t('needs.education'), value: need.educationLevel > 0 ? nameIn(lists?.iscedLevels, String(need.educationLevel)) : t('needs.not_asked') },
      need.educationField !== '' && { term: t('needs.education_field'), value: nameIn(lists?.iscedFields, need.educationField) },
      { term: t('needs.licence'), value: need.licenceRequired || need.positions.some((one) => one.licenceRequired) ? <><span>{t('needs.licence_yes')}</span>{need.regulator && <> <Bdi>{need.regulator}</Bdi></>}</> : t('needs.licence_no') },
    ]} />
  );
}

function Stay({ need }: { need: Need }) {
  return (
    <DefinitionList facts={[
      { term: t('needs.first_day'), value: need.startsOn && date(need.startsOn, 'long') },
      { term: t('needs.last_day'), value: need.endsOn && date(need.endsOn, 'long') },
      need.days > 0 && { term: t('needs.length'), value: daysWords(need.days) },
      need.shortestDays > 0 && { term: t('needs.shortest'), value: daysWords(need.shortestDays) },
      { term: t('needs.modality'), value: t(`needs.modality.${need.modality}`) },
      { term: t('needs.headcount'), value: number(need.headcount) },
      need.positions.length > 0 && { term: t('needs.positions'), value: <Positions need={need} /> },
      need.relay && { term: t('needs.relay'), value: t('needs.relay_overlap', { count: need.overlapDays }) },
    ]} />
  );
}

/** What the number of people is made of. */
function Positions({ need }: { need: Need }) {
  return (
    <ul class="lines">
      {need.positions.map((one) => (
        <li key={one.isco + one.title}>{number(one.headcount)} × <span lang={need.language}><Bdi>{one.title}</Bdi></span>{one.licenceRequired && <span class="muted"> · {t('needs.position_licence')}</span>}</li>
      ))}
    </ul>
  );
}

function Place({ need }: { need: Need }) {
  return (
    <DefinitionList facts={[
      { term: t('needs.host'), value: <Bdi>{need.organisation.name}</Bdi> },
      { term: t('needs.duty_station'), value: need.dutyStation && <Bdi>{need.dutyStation}</Bdi> },
      { term: t('needs.country'), value: need.country && country(need.country) },
      need.unit !== '' && { term: t('needs.unit'), value: <span lang={need.language}><Bdi>{need.unit}</Bdi></span> },
      { term: t('needs.supervisor'), value: need.supervisor && <span lang={need.language}><Bdi>{need.supervisor}</Bdi></span> },
    ]} />
  );
}
