// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { call, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { moment, number } from '../i18n/format';
import type { Organisation } from '../session/session';
import { Bdi, Button, DefinitionList, Dialog, Loaded, NumberInput, PageHeader, ProblemNotice, RadioGroup, Section, Select, tell, TextArea, TextInput } from '../ui';
import { Clock } from './breaches';
import { MomentInput } from './moment-input';
import { risks, type Breach } from './types';

type Said = Pick<Breach, 'title' | 'what' | 'organisation' | 'from' | 'to' | 'knownAt' | 'consequences' | 'risk' | 'measures'> & { people: number | null };

/** One breach: what happened, whom it concerns, who was told, and what is left to do. */
export default function BreachPage() {
  const { id = 'new' } = useRoute().params;
  if (id === 'new') return <NewBreach />;
  return <Known id={id} />;
}

function NewBreach() {
  const now = new Date().toISOString();
  return (
    <>
      <PageHeader title={t('accountability.breach_new')} lead={t('accountability.breach_new_lead')} crumbs={[{ href: '/breaches', label: t('accountability.breaches') }]} />
      <BreachForm said={{ title: '', what: '', organisation: '', from: '', to: now, knownAt: now, consequences: '', risk: 'risk', people: null, measures: '' }} />
    </>
  );
}

function Known({ id }: { id: string }) {
  const load = useLoad<Breach>((signal) => call('GET', `/breaches/${id}`, { signal }), [id]);
  return <Loaded load={load} waiting={t('accountability.loading')}>{(data) => <View breach={data} load={load} />}</Loaded>;
}

function View({ breach, load }: { breach: Breach; load: Load<Breach> }) {
  const [edits, setEdits] = useState(false);
  const { can } = breach;
  return (
    <>
      <PageHeader title={breach.title} heading={<Bdi>{breach.title}</Bdi>} crumbs={[{ href: '/breaches', label: t('accountability.breaches') }]} facts={<Clock breach={breach} />} />
      <DefinitionList facts={[
        { term: t('accountability.what'), value: <Bdi>{breach.what}</Bdi> },
        { term: t('accountability.period'), value: `${moment(breach.from)} – ${moment(breach.to)}` },
        { term: t('accountability.known_at'), value: moment(breach.knownAt) }, { term: t('accountability.notify_by'), value: moment(breach.notifyBy) },
        { term: t('accountability.whose'), value: breach.organisationName ? <Bdi>{breach.organisationName}</Bdi> : t('accountability.everybody') },
        { term: t('accountability.risk'), value: t(`accountability.risk.${breach.risk}`) },
        { term: t('accountability.people_estimated'), value: number(breach.people) },
        { term: t('accountability.people_found'), value: t('accountability.people_found_text', { found: number(breach.found), reached: number(breach.reached) }) },
        { term: t('accountability.consequences'), value: <Bdi>{breach.consequences || '–'}</Bdi> }, { term: t('accountability.measures'), value: <Bdi>{breach.measures || '–'}</Bdi> },
        breach.delay !== '' && { term: t('accountability.delay'), value: <Bdi>{breach.delay}</Bdi> },
        breach.peopleToldAt !== null && { term: t('accountability.people_told'), value: <>{moment(breach.peopleToldAt)}<br /><Bdi>{breach.words}</Bdi></> },
        breach.closedAt !== null && { term: t('accountability.closed'), value: moment(breach.closedAt) },
      ]} />
      <div class="form-actions">
        {can.tellAuthority && <TellAuthority breach={breach} load={load} />}
        {can.tellPeople && <TellPeople breach={breach} load={load} />}
        {can.close && <Act breach={breach} load={load} verb="close" label={t('accountability.close')} body={() => undefined}>{t('accountability.close_text')}</Act>}
        {can.revise && !edits && <Button onClick={() => setEdits(true)}>{t('accountability.correct')}</Button>}
      </div>
      {edits && can.revise && <Section title={t('accountability.correct')}><BreachForm key={breach.version} said={breach} breach={breach} load={load} onDone={() => setEdits(false)} /></Section>}
    </>
  );
}

interface FormProps {
  said: Said;
  breach?: Breach;
  load?: Load<Breach>;
  onDone?: () => void;
}

function BreachForm({ said, breach, load, onDone }: FormProps) {
  const partners = useLoad<List<Organisation>>((signal) => call('GET', '/organisations', { signal }), []);
  const { route } = useLocation();
  const form = useForm<Said>({
    id: 'breach', initial: said,
    submit: async ({ title, what, organisation, from, to, knownAt, consequences, risk, people, measures }, key) => {
      const body = { title, what, organisation, from, to, knownAt, consequences, risk, people: people ?? 0, measures };
      if (breach && load) load.replace(await call<Breach>('PUT', `/breaches/${breach.id}`, { ifMatch: `"${breach.version}"`, body }));
      tell(t('accountability.saved'));
      if (breach) onDone?.();
      else route(`/breaches/${(await call<Breach>('POST', '/breaches', { idempotencyKey: key, body })).data.id}`);
    },
  });
  return (
    <FormView form={form} action={t('accountability.save')} {...(load && { onReload: load.reload })}>
      <TextInput {...form.bind('title')} label={t('accountability.short')} maxLength={200} />
      <TextArea {...form.bind('what')} label={t('accountability.what')} help={t('accountability.what_help')} maxLength={4000} rows={4} />
      <MomentInput {...form.bind('knownAt')} label={t('accountability.known_at')} help={t('accountability.known_help')} />
      <MomentInput {...form.bind('from')} label={t('accountability.since')} />
      <MomentInput {...form.bind('to')} label={t('accountability.to')} />
      <Select {...form.bind('organisation')} label={t('accountability.whose')} help={t('accountability.whose_help')} width="full" empty={t('accountability.everybody')}
        options={(partners.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} />
      <RadioGroup {...form.bind('risk')} label={t('accountability.risk')} options={risks.map((one) => ({ value: one, label: t(`accountability.risk.${one}`) }))} />
      <NumberInput {...form.bind<number | null>('people')} label={t('accountability.people_estimated')} optional min={0} />
      <TextArea {...form.bind('consequences')} label={t('accountability.consequences')} optional maxLength={4000} rows={3} />
      <TextArea {...form.bind('measures')} label={t('accountability.measures')} optional maxLength={4000} rows={3} />
    </FormView>
  );
}

interface ActProps {
  breach: Breach;
  load: Load<Breach>;
}

function TellAuthority({ breach, load }: ActProps) {
  const [at, setAt] = useState(() => new Date().toISOString());
  const [delay, setDelay] = useState('');
  const late = new Date(at).getTime() > new Date(breach.notifyBy).getTime();
  return (
    <Act breach={breach} load={load} verb="authority" kind="primary" label={t('accountability.tell_authority')} body={() => ({ at, delay })}>
      {(wrong) => (
        <>
          <p>{t('accountability.tell_authority_text')}</p>
          <MomentInput id="told-at" label={t('accountability.told_at')} value={at} onChange={setAt} error={wrong('at')} />
          {(late || wrong('delay')) && <TextArea id="told-delay" label={t('accountability.delay')} value={delay} onChange={setDelay} rows={3} maxLength={4000} error={wrong('delay')} />}
        </>
      )}
    </Act>
  );
}

function TellPeople({ breach, load }: ActProps) {
  const [words, setWords] = useState('');
  return (
    <Act breach={breach} load={load} verb="people" label={t('accountability.tell_people')} body={() => ({ words })}>
      {(wrong) => (
        <>
          <p>{t('accountability.tell_people_text', { count: breach.reached, people: number(breach.reached) })}</p>
          {breach.found > breach.reached && <p>{t('accountability.tell_others', { count: breach.found - breach.reached, people: number(breach.found - breach.reached) })}</p>}
          <TextArea id="told-words" label={t('accountability.words')} help={t('accountability.words_help')} value={words} onChange={setWords} rows={6} maxLength={4000} error={wrong('words')} />
        </>
      )}
    </Act>
  );
}

interface DialogProps extends ActProps {
  verb: string;
  label: string;
  kind?: 'primary';
  body: () => unknown;
  children: preact.ComponentChildren | ((wrong: (name: string) => string | undefined) => preact.ComponentChildren);
}

/** An act that is asked about before it is done. */
function Act({ breach, load, verb, label, kind, body, children }: DialogProps) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const act = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      load.replace(await call<Breach>('POST', `/breaches/${breach.id}/${verb}`, { ifMatch: `"${breach.version}"`, body: body() }));
      setOpen(false);
      tell(t('accountability.saved'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  const wrong = (name: string) => problem?.fields.find((one) => one.field === name)?.message;
  return (
    <>
      <Button {...(kind && { kind })} onClick={() => setOpen(true)}>{label}</Button>
      <Dialog open={open} title={label} onClose={() => setOpen(false)}
        actions={<><Button kind="primary" busy={busy} onClick={() => void act()}>{label}</Button><Button kind="quiet" onClick={() => setOpen(false)}>{t('accountability.not_now')}</Button></>}>
        {problem && <ProblemNotice problem={problem} focus />}
        {typeof children === 'function' ? children(wrong) : <p>{children}</p>}
      </Dialog>
    </>
  );
}
