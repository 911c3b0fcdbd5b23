// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { FormView, useForm } from '../form';
import { language, languages, speak, t } from '../i18n';
import { chosenLanguage } from '../shell/language';
import { Button, CheckboxGroup, DateInput, Empty, Loaded, Notice, PageHeader, ProblemNotice, Section, Select, TextArea } from '../ui';
import { relations, type Asked } from './types';

/** What a referee reads and answers, without an account. */
export default function RefereePage() {
  const [token] = useState(() => location.hash.replace(/^#/, ''));
  const [said, setSaid] = useState(false);
  if (said) return <><PageHeader title={t('evidence.thanks')} /><Empty title={t('evidence.thanks_title')}>{t('evidence.thanks_text')}</Empty></>;
  return <Opened token={token} onSaid={() => setSaid(true)} />;
}

function Opened({ token, onSaid }: { token: string; onSaid: () => void }) {
  const load = useLoad<Asked>((signal) => call('POST', '/referee/open', { body: { token }, signal, anonymous: true }), [token]);
  const { data, problem } = load;
  useEffect(() => { // in the language that the person chose for them, unless they have chosen one here
    const wanted = languages.find((one) => one === data?.locale);
    if (wanted && !chosenLanguage() && wanted !== language.peek()) void speak(wanted);
  }, [data]);
  if (problem && [404, 409, 422].includes(problem.status)) {
    return <><PageHeader title={t('evidence.reference')} /><Notice tone="warning" focus title={t('evidence.not_open')}>{problem.text}</Notice></>;
  }
  return (
    <>
      <PageHeader title={t('evidence.reference')} lead={data ? t('evidence.reference_lead', { name: data.person }) : undefined} />
      <Loaded load={load} waiting={t('evidence.loading_reference')}>{(asked) => <Answer asked={asked} token={token} onSaid={onSaid} />}</Loaded>
    </>
  );
}

interface Said {
  confirmed: string[];
  relation: string;
  seenUntil: string;
  comment: string;
}

function Answer({ asked, token, onSaid }: { asked: Asked; token: string; onSaid: () => void }) {
  const [problem, setProblem] = useState<Problem | undefined>();
  const form = useForm<Said>({
    id: 'reference',
    initial: { confirmed: [], relation: '', seenUntil: '', comment: '' },
    submit: (values) => call('POST', '/referee/answer', { anonymous: true, body: { token, ...values, confirmed: values.confirmed.map(Number), declined: false } }).then(onSaid),
  });
  const decline = async () => {
    try {
      await call('POST', '/referee/answer', { anonymous: true, body: { token, declined: true } });
      onSaid();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  return (
    <>
      {asked.message && <blockquote class="prose" dir="auto">{asked.message}</blockquote>}
      <FormView form={form} action={t('evidence.confirm')}>
        <CheckboxGroup {...form.bind<string[]>('confirmed')} label={t('evidence.seen_which', { name: asked.person })} help={t('evidence.seen_help')} options={asked.skills.map((one) => ({ value: String(one.position), label: one.label }))} />
        <Select {...form.bind('relation')} label={t('evidence.how_known')} empty={t('evidence.choose')} options={relations.map((one) => ({ value: one, label: t(`evidence.relation.${one}`) }))} />
        <DateInput {...form.bind('seenUntil')} label={t('evidence.last_seen')} optional />
        <TextArea {...form.bind('comment')} label={t('evidence.comment')} optional rows={3} maxLength={1000} />
      </FormView>
      <p class="muted small">{t('evidence.who_reads', { name: asked.person })}</p>
      <Section title={t('evidence.cannot')} lead={t('evidence.cannot_lead', { name: asked.person })}>
        {problem && <ProblemNotice problem={problem} focus />}
        <Button onClick={() => void decline()}>{t('evidence.decline')}</Button>
      </Section>
    </>
  );
}
