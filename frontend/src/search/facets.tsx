// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Checkbox, Disclosure, Select } from '../ui';
import type { Facet, FacetName, FacetValue } from './types';
import { languageName, valueName } from './words';

export type Toggle = (name: FacetName, value: string, on: boolean, instead?: readonly string[]) => void;

const opened: readonly FacetName[] = ['group', 'skill', 'language', 'residence'];

/** What the people found have, to narrow the list by. */
export function Facets({ facets, place, onToggle }: { facets: readonly Facet[]; place: string; onToggle: Toggle }) {
  return (
    <div class="facets">
      {facets.filter((one) => one.values.length > 0).map((facet) => (
        <Disclosure key={facet.name} open={opened.includes(facet.name) || facet.values.some((one) => one.chosen) || undefined} summary={t(`search.facet.${facet.name}`)}>
          {facet.name === 'language' ? <Languages values={facet.values} place={place} onToggle={onToggle} />
            : facet.values.map((one) => <Choice key={one.value} facet={facet.name} value={one} place={place} onToggle={onToggle} />)}
          {facet.others > 0 && facet.name !== 'language' && <p class="muted small">{t('search.others', { count: facet.others })}</p>}
        </Disclosure>
      ))}
    </div>
  );
}

function Choice({ facet, value, place, onToggle }: { facet: FacetName; value: FacetValue; place: string; onToggle: Toggle }) {
  return (
    <Checkbox id={`${place}-${facet}-${value.value}`} value={value.chosen} onChange={(on) => onToggle(facet, value.value, on)}
      label={<Counted name={valueName(facet, value)} count={value.count} />} />
  );
}

function Counted({ name, count }: { name: string; count: number }) {
  return <span class="facet-label"><span>{name}</span> <span class="facet-count" aria-label={t('search.people', { count, people: number(count) })}>{number(count)}</span></span>;
}

const most = 8;

/** Languages with the level in speech: any at first, and a higher one on demand. */
function Languages({ values, place, onToggle }: { values: readonly FacetValue[]; place: string; onToggle: Toggle }) {
  const byCode = new Map<string, FacetValue[]>();
  for (const one of values) {
    const [code = ''] = one.value.split('-');
    byCode.set(code, [...(byCode.get(code) ?? []), one]);
  }
  const rows = [...byCode].map(([code, all]) => ({ code, all: [...all].sort((a, b) => a.value.localeCompare(b.value)), chosen: all.find((one) => one.chosen) }));
  rows.sort((a, b) => Number(Boolean(b.chosen)) - Number(Boolean(a.chosen)) || countOf(b.all) - countOf(a.all) || a.code.localeCompare(b.code));
  return (
    <>
      {rows.slice(0, Math.max(most, rows.filter((one) => one.chosen).length)).map(({ code, all, chosen }) => (
        <div key={code}>
          <Checkbox id={`${place}-language-${code}`} value={Boolean(chosen)} label={<Counted name={languageName(code)} count={chosen?.count ?? countOf(all)} />}
            onChange={(on) => onToggle('language', chosen?.value ?? all[0]?.value ?? code, on)} />
          {chosen && (
            <div class="facet-level">
              <Select id={`${place}-level-${code}`} label={t('search.level_of', { language: languageName(code) })} hideLabel width="full" value={chosen.value}
                onChange={(value) => onToggle('language', value, true, all.map((one) => one.value))}
                options={all.map((one) => ({ value: one.value, label: levelName(one) }))} />
            </div>
          )}
        </div>
      ))}
    </>
  );
}

function countOf(all: readonly FacetValue[]): number {
  return Math.max(0, ...all.map((one) => one.count));
}

function levelName({ value, count }: FacetValue): string {
  const [, level = ''] = value.split('-');
  return t(level === 'A1' ? 'search.any_level' : 'search.level_up', { level, count, people: number(count) });
}
