// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { listed } from '../i18n/format';
import { Bdi, Button, Loaded, Notice, PageHeader, ProblemNotice, RadioGroup, Section, tell, TextArea } from '../ui';
import { fieldName } from './fields';
import { StateBadge, Told } from './told';
import { fields, type Application } from './types';

/** An application, and what may be done with it. */
export default function ReviewPage() {
  const { params } = useRoute();
  const load = useLoad<Application>((signal) => call('GET', `/organisation-applications/${params['id']}`, { signal }), [params['id']]);
  return (
    <>
      <PageHeader title={load.data?.name ?? t('partners.application')} crumbs={[{ href: '/organisations', label: t('partners.nav') }]} />
      <Loaded load={load} waiting={t('partners.loading')}>{(one) => <Whole one={one} load={load} />}</Loaded>
    </>
  );
}

function Whole({ one, load }: { one: Application; load: Load<Application> }) {
  return (
    <>
      <p><StateBadge state={one.state} /></p>
      {one.asksMinistry && one.state === 'APPLIED' && <Notice tone="info">{t(one.vouched ? 'partners.vouched' : 'partners.not_vouched')}</Notice>}
      {one.reason && <Notice tone="info" title={t('partners.last_reason')}><Bdi>{one.reason}</Bdi></Notice>}
      <Told one={one} />
      <Section title={t('partners.field.papers')}>
        {one.papers.length === 0 ? <p class="muted">{t('partners.no_papers')}</p> : (
          <ul class="ledger">{one.papers.map((paper) => <li key={paper.id} class="ledger-row"><a class="ledger-link" href={`/api/v1/organisation-applications/${one.id}/papers/${paper.id}`} download><Bdi>{paper.name}</Bdi></a></li>)}</ul>
        )}
      </Section>
      {one.remarks.length > 0 && (
        <Section title={t('partners.remarks')}>
          <ul class="ledger">{one.remarks.map((remark) => <li key={`${remark.round}${remark.field}`} class="ledger-row"><span class="ledger-link">{fieldName(remark.field)}<span class="muted ledger-under" dir="auto">{remark.words}</span></span></li>)}</ul>
        </Section>
      )}
      {one.can.length > 0 && <Section title={t('partners.next')}><Step key={one.version} one={one} load={load} /></Section>}
      {one.invited && <Again one={one} load={load} />}
    </>
  );
}

interface Values {
  move: string;
  reason: string;
  remarks: Record<string, string>;
}

function Step({ one, load }: { one: Application; load: Load<Application> }) {
  const form = useForm<Values>({
    id: `review-${one.id}`,
    draft: true,
    version: String(one.version),
    initial: { move: '', reason: '', remarks: {} },
    check: (values) => ({
      ...(values.move ? {} : { move: t('problem.field.empty') }),
      ...(values.move === 'return' && remarksOf(values).length === 0 ? { 'remarks.name': t('partners.remark_something') } : {}),
    }),
    submit: async (values) => {
      const body = { move: values.move, reason: values.reason.trim(), remarks: values.move === 'return' ? remarksOf(values) : [] };
      load.replace(await call<Application>('POST', `/organisation-applications/${one.id}/move`, { ifMatch: `"${one.version}"`, body }));
      tell(t('partners.done'));
    },
  });
  const chosen = one.can.find((step) => step.name === form.values.move);
  return (
    <FormView form={form} action={t(chosen ? `partners.move.${chosen.name}` : 'partners.go_on')} onReload={load.reload}>
      <RadioGroup {...form.bind('move')} label={t('partners.decide')} options={one.can.map((step) => ({ value: step.name, label: t(`partners.move.${step.name}`),
        hint: step.missing.filter((m) => m in lacking).length > 0 ? t('partners.waits_for', { what: listed(step.missing.filter((m) => m in lacking).map((m) => t(lacking[m] ?? ''))) }) : t(`partners.move_text.${step.name}`) }))} />
      {form.values.move === 'return' && fields.map((field) => <TextArea key={field} {...form.bind(`remarks.${field}`)} label={t('partners.to_mend', { field: fieldName(field) })} optional rows={2} maxLength={2000} />)}
      {form.values.move && <TextArea {...form.bind('reason')} label={t('partners.reason')} help={t('partners.reason_read')} optional={form.values.move === 'vouch'} rows={3} maxLength={2000} />}
    </FormView>
  );
}

/** What a step waits for that only others can bring; a reason and remarks are asked for here. */
const lacking: Record<string, string> = { papers: 'partners.lacks.papers', two_referees: 'partners.lacks.referees', vouched: 'partners.lacks.vouched', confirmed_address: 'partners.lacks.confirmed' };

function remarksOf({ remarks }: Values) {
  return Object.entries(remarks).filter(([, words]) => words?.trim()).map(([field, words]) => ({ field, words: words.trim() }));
}

function Again({ one, load }: { one: Application; load: Load<Application> }) {
  const [problem, setProblem] = useState<Problem | undefined>();
  const send = async () => {
    setProblem(undefined);
    try {
      load.replace(await call<Application>('POST', `/organisation-applications/${one.id}/invite`));
      tell(t('partners.invited_again'));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  return (
    <Section title={t('partners.office')} lead={t('partners.waits_officer', { email: one.officerEmail })}>
      {problem && <ProblemNotice problem={problem} focus />}
      <Button onClick={() => void send()}>{t('partners.invite_again')}</Button>
    </Section>
  );
}
