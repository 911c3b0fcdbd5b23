// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { has, t } from '../i18n';
import { date, listed } from '../i18n/format';
import { rowWords, valueWords } from '../professionals/values';
import type { Field } from '../professionals/types';
import { fieldName } from '../professionals/words';
import { Bdi, Button, Disclosure, Loaded, Notice, PageHeader, ProblemNotice, Section, tell } from '../ui';
import { reasons, Strength } from './duplicates';
import './evidence.css';
import type { Compared, Duplicate } from './types';

type Side = 'first' | 'second' | 'both';

const flags: readonly string[] = ['onsite', 'virtual', 'hybrid'];

/** Two records side by side: what differs is chosen, field by field. */
export default function DuplicatePage() {
  const { params } = useRoute();
  const load = useLoad<Duplicate>((signal) => call('GET', `/duplicates/${params.id}`, { signal }), [params.id]);
  return (
    <>
      <PageHeader title={t('evidence.one_person')} lead={t('evidence.one_person_lead')} crumbs={[{ href: '/duplicates', label: t('evidence.duplicates') }]} />
      <Loaded load={load} waiting={t('evidence.loading_duplicates')}>{(pair) => <Decide pair={pair} reload={load.reload} />}</Loaded>
    </>
  );
}

function Decide({ pair, reload }: { pair: Duplicate; reload: () => void }) {
  const { route } = useLocation();
  const [take, setTake] = useState<Record<string, Side>>({});
  const [busy, setBusy] = useState('');
  const [problem, setProblem] = useState<Problem | undefined>();
  const differing = pair.fields.filter((one) => !one.same);
  const alike = pair.fields.filter((one) => one.same);
  const act = async (what: 'merge' | 'different') => {
    setBusy(what);
    setProblem(undefined);
    try {
      await call('POST', `/duplicates/${pair.id}/${what}`, { ifMatch: `"${pair.version}"`, ...(what === 'merge' ? { body: { take: Object.entries(take).map(([field, from]) => ({ field, from })) } } : {}) });
      tell(t(what === 'merge' ? 'evidence.is_merged' : 'evidence.is_different'));
      route(what === 'merge' ? '/duplicates?show=merged' : '/duplicates');
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setBusy('');
    }
  };
  return (
    <>
      <p><Strength of={pair} /> {reasons(pair)}</p>
      {pair.keeps && <Notice tone="info" title={t('evidence.keeps')}>{t('evidence.keeps_text')}</Notice>}
      {problem && <ProblemNotice problem={problem} focus onRetry={problem.status === 412 ? reload : undefined} />}
      <Section title={t('evidence.differs')} lead={t('evidence.differs_lead')}>
        <div class="pair-head">
          <Head side={pair.first} label={t('evidence.first')} stays={pair.stays === 'first'} />
          <Head side={pair.second} label={t('evidence.second')} stays={pair.stays === 'second'} />
        </div>
        {differing.map((one) => <Row key={one.field} field={one} locked={pair.keeps} stays={pair.stays} chosen={take[one.field]} onChoose={(side) => setTake({ ...take, [one.field]: side })} />)}
      </Section>
      {alike.length > 0 && (
        <Disclosure summary={t('evidence.alike', { count: alike.length })}>
          <dl class="facts">{alike.map((one) => [<dt key={`${one.field}-n`}>{nameOf(one)}</dt>, <dd key={one.field}><Said field={one} text={one.first} /></dd>])}</dl>
        </Disclosure>
      )}
      <p class="muted">{t('evidence.merge_means')}</p>
      <div class="form-actions">
        <Button kind="primary" busy={busy === 'merge'} onClick={() => void act('merge')}>{t('evidence.merge')}</Button>
        {pair.state === 'open' && <Button busy={busy === 'different'} onClick={() => void act('different')}>{t('evidence.different')}</Button>}
      </div>
    </>
  );
}

function Head({ side, label, stays }: { side: Duplicate['first']; label: string; stays: boolean }) {
  return (
    <div class="pair-side">
      <h3><span class="muted small under">{label}</span><Bdi>{side.name}</Bdi></h3>
      <p class="muted small"><span dir="ltr">{side.pseudonym}</span> · {t(`evidence.person_state.${side.state}`)} · {date(side.registeredAt.slice(0, 10))}</p>
      <p class="small"><Bdi>{listed(side.associations.map((one) => one.name))}</Bdi></p>
      {stays && <p class="small">{t('evidence.stays')}</p>}
    </div>
  );
}

interface RowProps {
  field: Compared;
  locked: boolean;
  stays: 'first' | 'second';
  chosen: Side | undefined;
  onChoose: (side: Side) => void;
}

/** One field: a button of choice on each side, and for lists one for both. */
function Row({ field, locked, stays, chosen, onChoose }: RowProps) {
  const empty = (text: string) => text === '' || text === '[]' || text === '0' || text === 'false';
  const own = stays === 'first' ? field.first : field.second;
  const usual: Side = field.list ? 'both' : empty(own) ? (stays === 'first' ? 'second' : 'first') : stays;
  const now = chosen ?? usual;
  const fixed = locked && !field.list && !empty(own);
  const sides: readonly Side[] = field.list ? ['first', 'second', 'both'] : ['first', 'second'];
  return (
    <fieldset class="pair-row">
      <legend>{nameOf(field)}</legend>
      <div class="pair-cells">
        {sides.map((side) => (
          <label key={side} class={now === side ? 'pair-cell pair-chosen' : 'pair-cell'}>
            <input type="radio" name={`take-${field.field}`} checked={now === side} disabled={fixed && side !== stays || locked && field.list && side !== 'both' && side !== stays} onChange={() => onChoose(side)} />
            <span class="pair-text"><span class="hidden">{t(`evidence.take.${side}`)}: </span>{side === 'both' ? t('evidence.take.both') : <Said field={field} text={side === 'first' ? field.first : field.second} />}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What a record says, in words. */
function Said({ field, text }: { field: Compared; text: string }) {
  if (field.list) {
    const rows = JSON.parse(text || '[]') as unknown[];
    return rows.length === 0 ? <span class="muted">{t('ui.not_given')}</span> : <>{rows.map((row, i) => <span key={i} class="under" dir="auto">{rowWords(field.field as Field, row)}</span>)}</>;
  }
  if (flags.includes(field.field)) return <>{valueWords(field.field as Field, text === 'true')}</>;
  const code = ['phone', 'email'].includes(field.field);
  return text === '' || text === '0' ? <span class="muted">{t('ui.not_given')}</span> : <span dir={code ? 'ltr' : 'auto'}>{valueWords(field.field as Field, text)}</span>;
}

function nameOf(field: Compared): string {
  const part = `professionals.part.${field.field}`;
  return field.list && has(part) ? t(part) : fieldName(field.field as Field);
}
