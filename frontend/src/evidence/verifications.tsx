// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { call, newKey } from '../api/call';
import { usePages } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { country, date } from '../i18n/format';
import type { Professional } from '../professionals/types';
import { Bdi, Button, Empty, Loaded, PageHeader, ProblemNotice, RadioGroup, Section, Select, ShowMore, Table, TextArea, TextInput, useFilters } from '../ui';
import { StateBadge } from './verification';
import { states, type Case } from './types';

/** Credentials that are verified with whoever issued them. */
export default function VerificationsPage() {
  const { get, set } = useFilters();
  const state = get('state');
  const cases = usePages<Case>('/verifications', { state });
  return (
    <>
      <PageHeader title={t('evidence.cases')} lead={t('evidence.cases_lead')} />
      <Select id="case-state" label={t('evidence.state')} value={state} onChange={(value) => set({ state: value })} empty={t('evidence.all_states')} options={states.map((one) => ({ value: one, label: t(`evidence.case.${one}`) }))} />
      <Loaded load={cases} waiting={t('evidence.loading_cases')}>
        {(items) => items.length === 0 ? <Empty title={t('evidence.no_cases')}>{t('evidence.no_cases_text')}</Empty> : (
          <>
            <Table caption={t('evidence.cases')} rows={items} rowKey={(one) => one.id} columns={[
              { key: 'what', header: t('evidence.credential'), names: true, cell: (one) => <><a href={`/verifications/${one.id}`}><Bdi>{one.issuer || one.title || t(`evidence.credential.${one.credential}`)}</Bdi></a><span class="muted under">{t(`evidence.credential.${one.credential}`)}{one.country && ` · ${country(one.country)}`}</span></> },
              { key: 'who', header: t('evidence.person'), cell: (one) => one.name ? <Bdi>{one.name}</Bdi> : <span dir="ltr">{one.professional}</span> },
              { key: 'state', header: t('evidence.state'), cell: (one) => <StateBadge state={one.state} /> },
              { key: 'when', header: t('evidence.changed'), cell: (one) => <span class="muted small">{date(one.updatedAt.slice(0, 10))}</span> },
            ]} />
            <ShowMore shown={items.length} more={cases.more} loadMore={cases.loadMore} />
          </>
        )}
      </Loaded>
      <Section title={t('evidence.new_case')} lead={t('evidence.new_case_lead')}><NewCase /></Section>
    </>
  );
}

interface Choice {
  credential: 'licence' | 'education';
  issuer: string;
  country: string;
  title: string;
}

/** First whose, then which of theirs. */
function NewCase() {
  const { route } = useLocation();
  const { get } = useFilters();
  const [who, setWho] = useState(() => get('person'));
  const [found, setFound] = useState<Professional | undefined>();
  const [chosen, setChosen] = useState('');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<Problem | undefined>();
  const choices: Choice[] = found ? [
    ...found.licences.map((one): Choice => ({ credential: 'licence', issuer: one.body, country: one.country, title: '' })),
    ...found.education.map((one): Choice => ({ credential: 'education', issuer: one.institution, country: one.country, title: one.title })),
  ] : [];
  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  const look = (event: Event) => {
    event.preventDefault();
    void attempt(async () => setFound((await call<Professional>('GET', `/professionals/${encodeURIComponent(who.trim())}`)).data));
  };
  const open = () => void attempt(async () => {
    const { data } = await call<Case>('POST', '/verifications', { idempotencyKey: newKey(), body: { professional: who.trim(), ...choices[Number(chosen)], note } });
    route(`/verifications/${data.id}`);
  });
  return (
    <>
      {problem && <ProblemNotice problem={problem} focus />}
      <form class="form form-narrow" onSubmit={look}>
        <TextInput id="case-person" label={t('evidence.pseudonym')} help={t('evidence.pseudonym_help')} value={who} onChange={(text) => { setWho(text); setFound(undefined); }} code />
        {!found && <div class="form-actions"><Button type="submit" disabled={!who.trim()}>{t('evidence.look_up')}</Button></div>}
      </form>
      {found && choices.length === 0 && <Empty title={t('evidence.no_credentials')} />}
      {found && choices.length > 0 && (
        <div class="form form-narrow">
          <RadioGroup id="case-credential" label={t('evidence.which_credential')} value={chosen} onChange={setChosen}
            options={choices.map((one, i) => ({ value: String(i), label: [t(`evidence.credential.${one.credential}`), one.issuer || one.title, one.country && country(one.country)].filter(Boolean).join(' · ') }))} />
          <TextArea id="case-note" label={t('evidence.note')} optional value={note} onChange={setNote} rows={2} maxLength={2000} />
          <div class="form-actions"><Button kind="primary" disabled={chosen === ''} onClick={open}>{t('evidence.open_case')}</Button></div>
        </div>
      )}
    </>
  );
}
