// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { usePages } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { has, t } from '../i18n';
import { date, listed } from '../i18n/format';
import { needPath } from '../needs/words';
import { Bdi, Button, Checkbox, DefinitionList, Empty, Loaded, Notice, ProblemNotice, ShowMore, Status, tell, type Fit } from '../ui';
import type { Disclosed } from './types';

const fits: Record<string, Fit> = { ASKED: 'partly', GRANTED: 'met' };

/** What hosts asked to be shown, and the person's answer to each. */
export function Disclosures() {
  const load = usePages<Disclosed>('/disclosures');
  return (
    <Loaded load={load} waiting={t('privacy.loading')}>
      {(items) => items.length === 0 ? <Empty title={t('privacy.no_disclosures')}>{t('privacy.no_disclosures_text')}</Empty> : (
        <>
          <ul>{items.map((one) => <OwnDisclosure key={one.id} first={one} />)}</ul>
          <ShowMore shown={items.length} more={load.more} loadMore={load.loadMore} />
        </>
      )}
    </Loaded>
  );
}

function OwnDisclosure({ first }: { first: Disclosed }) {
  const [one, setOne] = useState(first);
  const [chosen, setChosen] = useState<string[]>(one.parts);
  const [busy, setBusy] = useState('');
  const [problem, setProblem] = useState<Problem | undefined>();
  const act = async (verb: 'grant' | 'refuse' | 'revoke') => {
    setBusy(verb);
    setProblem(undefined);
    try {
      const { data } = await call<Disclosed>('POST', `/disclosures/${one.id}/${verb}`, { ifMatch: `"${one.version}"`, ...(verb === 'grant' ? { body: { parts: chosen } } : {}) });
      setOne(data);
      tell(t(`privacy.done.${verb}`));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy('');
  };
  const toggle = (part: string, on: boolean) => setChosen(one.parts.filter((other) => (other === part ? on : chosen.includes(other))));
  return (
    <li class="consent">
      <h3><Bdi>{one.host.name}</Bdi></h3>
      <p><Status fit={fits[one.state] ?? 'unknown'}>{t(`privacy.state.${one.state}`)}</Status>{' '}<a href={needPath({ reference: one.need.reference })}><Bdi>{one.need.title}</Bdi></a></p>
      <DefinitionList facts={[
        { term: t('privacy.asked_by'), value: <Bdi>{one.askedBy}</Bdi> }, { term: t('privacy.purpose'), value: <Bdi>{one.purpose}</Bdi> },
        { term: t('privacy.until'), value: date(one.until) },
        ...(one.can.grant ? [{ term: t('privacy.answer_by'), value: date(one.answerBy.slice(0, 10)) }] : []),
        ...(one.state === 'GRANTED' ? [{ term: t('privacy.shown'), value: listed(one.grantedParts.map(partName)) }] : []),
      ]} />
      {one.can.grant && <p>{t('privacy.choose_parts')}</p>}
      {one.content.map((part) => (
        <div key={part.part}>
          {one.can.grant ? <Checkbox id={`${one.id}-${part.part}`} label={partName(part.part)} value={chosen.includes(part.part)} onChange={(on) => toggle(part.part, on)} /> : <h4>{partName(part.part)}</h4>}
          {part.lines.length === 0 ? <p class="muted small">{t('privacy.nothing_there')}</p> : <DefinitionList facts={part.lines.map((line) => ({ term: fieldName(line.field), value: <Bdi>{line.value}</Bdi> }))} />}
        </div>
      ))}
      {one.generalNamed && (one.can.grant || one.can.revoke) && <Notice tone="info"><p>{t('privacy.general_named')}</p></Notice>}
      {problem && <ProblemNotice problem={problem} focus />}
      <div class="cluster">
        {one.can.grant && <Button kind="primary" busy={busy === 'grant'} onClick={() => void act('grant')}>{t('privacy.grant')}{' '}<span class="hidden">– {one.host.name}</span></Button>}
        {one.can.refuse && <Button busy={busy === 'refuse'} onClick={() => void act('refuse')}>{t('privacy.refuse')}{' '}<span class="hidden">– {one.host.name}</span></Button>}
        {one.can.revoke && <Button kind="danger" busy={busy === 'revoke'} onClick={() => void act('revoke')}>{t('privacy.revoke')}{' '}<span class="hidden">– {one.host.name}</span></Button>}
      </div>
    </li>
  );
}

/** A part that can be shown, in words. */
export function partName(part: string): string {
  return t(`privacy.part.${part}`);
}

/** A field of what is shown, as the profile calls it. */
export function fieldName(field: string): string {
  const own = `privacy.field.${field}`;
  return t(has(own) ? own : `professionals.field.${field}`);
}
