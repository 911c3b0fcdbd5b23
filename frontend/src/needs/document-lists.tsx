// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { Bdi, Table } from '../ui';
import type { LanguageFloor, Need, NeedCriterion, Output } from './types';
import { floorWords } from './words';

/** What shall exist at the end, and how one will know. */
export function Outputs({ need }: { need: Need }) {
  if (need.outputs.length === 0) return <p class="muted">{t('ui.not_given')}</p>;
  const numbered = need.outputs.map((one, i) => ({ ...one, place: i + 1 }));
  return (
    <Table caption={t('needs.section.outputs')} rows={numbered} rowKey={(one) => String(one.place)} columns={[
      { key: 'output', header: t('needs.output'), names: true, cell: (one: Output) => <span lang={need.language}><Bdi>{one.output}</Bdi></span> },
      { key: 'indicator', header: t('needs.indicator'), cell: (one: Output) => (one.indicator ? <span lang={need.language}><Bdi>{one.indicator}</Bdi></span> : <span class="muted">{t('ui.not_given')}</span>) },
    ]} />
  );
}

/** The skills that are asked for, the decisive ones first. */
export function CriteriaTable({ need }: { need: Need }) {
  const rows = [...need.criteria].sort((a, b) => Number(b.required) - Number(a.required) || b.weight - a.weight);
  return (
    <>
      <h3>{t('needs.criteria')}</h3>
      {rows.length === 0 ? <p class="muted">{t('ui.not_given')}</p> : (
        <Table caption={t('needs.criteria')} rows={rows} rowKey={(one) => `${one.concept} ${one.label}`} columns={[
          { key: 'label', header: t('needs.skill'), names: true, cell: (one: NeedCriterion) => <span lang={need.language}><Bdi>{one.label}</Bdi></span> },
          { key: 'required', header: t('needs.kind_of_wish'), cell: (one: NeedCriterion) => t(one.required ? 'needs.required' : 'needs.desirable') },
          { key: 'weight', header: t('needs.weight'), cell: (one: NeedCriterion) => <Weight value={one.weight} /> },
        ]} />
      )}
    </>
  );
}

/** A weight as five marks and a word. */
export function Weight({ value }: { value: number }) {
  return (
    <span class="weight">
      <span class="weight-marks" aria-hidden="true">{[1, 2, 3, 4, 5].map((one) => <span key={one} class={one <= value ? 'weight-mark weight-full' : 'weight-mark'} />)}</span>
      <span>{t(`needs.weight.${value}`)}</span>
    </span>
  );
}

/** The languages of the work and how well one has to know them. */
export function LanguageFloors({ need }: { need: Need }) {
  return (
    <>
      <h3>{t('needs.languages')}</h3>
      {need.languages.length === 0 ? <p class="muted">{t('ui.not_given')}</p> : (
        <ul class="lines">
          {need.languages.map((one: LanguageFloor) => (
            <li key={one.language}>{floorWords(one)} <span class="muted">{t(one.required ? 'needs.required' : 'needs.desirable')}</span></li>
          ))}
        </ul>
      )}
    </>
  );
}
