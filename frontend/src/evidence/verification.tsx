// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { country, date, moment } from '../i18n/format';
import { role } from '../session/session';
import { Badge, Bdi, Button, DateInput, DefinitionList, Loaded, PageHeader, ProblemNotice, RadioGroup, Section, tell, TextArea, TextInput } from '../ui';
import './evidence.css';
import type { Case, CaseState } from './types';

/** One credential, and what came of asking whoever issued it. */
export default function VerificationPage() {
  const { params } = useRoute();
  const load = useLoad<Case>((signal) => call('GET', `/verifications/${params.id}`, { signal }), [params.id]);
  const own = role.value === 'professional';
  return (
    <>
      <PageHeader title={t('evidence.case_title')} crumbs={[own ? { href: '/me/referees', label: t('evidence.referees') } : { href: '/verifications', label: t('evidence.cases') }]} />
      <Loaded load={load} waiting={t('evidence.loading_cases')}>{(one) => <Whole one={one} load={load} own={own} />}</Loaded>
    </>
  );
}

/** The state of a case, in words and colour. */
export function StateBadge({ state }: { state: CaseState }) {
  const tones: Partial<Record<CaseState, 'good' | 'bad' | 'caution' | 'accent'>> = { CONFIRMED: 'good', DISCREPANT: 'bad', UNREACHABLE: 'caution', SENT_TO_SOURCE: 'accent' };
  return <Badge tone={tones[state]}>{t(`evidence.case.${state}`)}</Badge>;
}

function Whole({ one, load, own }: { one: Case; load: Load<Case>; own: boolean }) {
  return (
    <>
      <p><StateBadge state={one.state} /></p>
      <DefinitionList facts={[
        !own && { term: t('evidence.person'), value: one.name ? <Bdi>{one.name}</Bdi> : <a href={`/professionals/${one.professional}`} dir="ltr">{one.professional}</a> },
        { term: t('evidence.credential'), value: t(`evidence.credential.${one.credential}`) },
        one.issuer !== '' && { term: t('evidence.source'), value: <Bdi>{one.issuer}</Bdi> },
        one.title !== '' && { term: t('evidence.title'), value: <Bdi>{one.title}</Bdi> },
        one.number !== '' && { term: t('evidence.number'), value: <span dir="ltr">{one.number}</span> },
        one.country !== '' && { term: t('evidence.country'), value: country(one.country) },
        one.reference !== '' && { term: t('evidence.reference_of'), value: <span dir="auto">{one.reference}</span> },
        one.validUntil !== '' && { term: t('evidence.valid_until'), value: date(one.validUntil) },
      ]} />
      <Section title={t('evidence.steps')}>
        <ol class="case-steps">
          {one.steps.map((step, i) => (
            <li key={i}>
              <p><b>{t(`evidence.case.${step.state}`)}</b> <span class="muted small">{moment(step.at)}{step.organisation && ' · '}<Bdi>{step.organisation}</Bdi></span></p>
              {step.note && <p class="small" dir="auto">{step.note}</p>}
              {step.reference && <p class="muted small" dir="auto">{t('evidence.reference_of')}: {step.reference}</p>}
            </li>
          ))}
        </ol>
      </Section>
      {one.next.length > 0 && <Section title={t('evidence.next_step')}><Move key={one.version} one={one} load={load} /></Section>}
    </>
  );
}

function Move({ one, load }: { one: Case; load: Load<Case> }) {
  const [to, setTo] = useState(one.next.length === 1 ? one.next[0] ?? '' : '');
  const [note, setNote] = useState('');
  const [reference, setReference] = useState('');
  const [validUntil, setValidUntil] = useState('');
  const [problem, setProblem] = useState<Problem | undefined>();
  const send = async (event: Event) => {
    event.preventDefault();
    setProblem(undefined);
    try {
      await call('POST', `/verifications/${one.id}/move`, { ifMatch: `"${one.version}"`, body: { to, note, reference, validUntil } });
      tell(t('evidence.is_moved'));
      load.reload();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  return (
    <form class="form form-narrow" onSubmit={(event) => void send(event)}>
      {problem && <ProblemNotice problem={problem} focus />}
      <RadioGroup id="case-to" label={t('evidence.becomes')} value={to} onChange={setTo} options={one.next.map((state) => ({ value: state, label: t(`evidence.case.${state}`), hint: t(`evidence.case_hint.${state}`) }))} />
      <TextArea id="case-note" label={t('evidence.note')} value={note} onChange={setNote} rows={3} maxLength={2000} optional={!['CONFIRMED', 'DISCREPANT'].includes(to)} />
      <TextInput id="case-reference" label={t('evidence.reference_of')} value={reference} onChange={setReference} maxLength={200} optional />
      {to === 'CONFIRMED' && <DateInput id="case-until" label={t('evidence.valid_until')} value={validUntil} onChange={setValidUntil} optional />}
      <div class="form-actions"><Button kind="primary" type="submit" disabled={!to}>{t('evidence.save_step')}</Button></div>
    </form>
  );
}
