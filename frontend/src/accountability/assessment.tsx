// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useLocation, useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { date } from '../i18n/format';
import { role } from '../session/session';
import { Bdi, DateInput, DefinitionList, Loaded, PageHeader, RadioGroup, tell, TextArea, TextInput } from '../ui';
import { outcomes, type Assessment } from './types';

const texts = ['processing', 'necessity', 'risks', 'measures'] as const;

/** One set of notes: read, written anew, or begun from what this program does anyway. */
export default function AssessmentPage() {
  const { id = 'new' } = useRoute().params;
  if (id !== 'new') return <Known id={id} />;
  const begun = Object.fromEntries(texts.map((one) => [one, t(`accountability.begun.${one}`)])) as Record<(typeof texts)[number], string>;
  const reviewOn = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
  return <Head><NotesForm notes={{ id: '', version: 0, title: t('accountability.begun.title'), ...begun, outcome: 'mitigated', reviewOn, due: false, updatedAt: '' }} /></Head>;
}

function Head({ children, title }: { children: ComponentChildren; title?: string }) {
  return (
    <>
      <PageHeader title={title ?? t('accountability.assessment_new')} heading={title && <Bdi>{title}</Bdi>} lead={title ? undefined : t('accountability.assessment_new_lead')}
        crumbs={[{ href: '/impact-assessments', label: t('accountability.assessments') }]} />
      {children}
    </>
  );
}

function Known({ id }: { id: string }) {
  const load = useLoad<Assessment>((signal) => call('GET', `/impact-assessments/${id}`, { signal }), [id]);
  return (
    <Loaded load={load} waiting={t('accountability.loading')}>
      {(data) => (
        <Head title={data.title}>
          {role.value === 'administrator' ? <NotesForm key={data.version} notes={data} load={load} /> : (
            <DefinitionList facts={[...texts.map((one) => ({ term: t(`accountability.${one}`), value: <Bdi>{data[one]}</Bdi> })),
              { term: t('accountability.outcome'), value: t(`accountability.outcome.${data.outcome}`) }, { term: t('accountability.review_on'), value: date(data.reviewOn) }]} />
          )}
        </Head>
      )}
    </Loaded>
  );
}

function NotesForm({ notes, load }: { notes: Assessment; load?: Load<Assessment> }) {
  const { route } = useLocation();
  const form = useForm<Assessment>({
    id: 'assessment', initial: notes,
    submit: async ({ title, processing, necessity, risks, measures, outcome, reviewOn }, key) => {
      const body = { title, processing, necessity, risks, measures, outcome, reviewOn };
      if (load) load.replace(await call<Assessment>('PUT', `/impact-assessments/${notes.id}`, { ifMatch: `"${notes.version}"`, body }));
      else await call('POST', '/impact-assessments', { idempotencyKey: key, body });
      tell(t('accountability.saved'));
      if (!load) route('/impact-assessments');
    },
  });
  return (
    <FormView form={form} action={t('accountability.save')} {...(load && { onReload: load.reload })}>
      <TextInput {...form.bind('title')} label={t('accountability.about')} maxLength={200} />
      {texts.map((one) => <TextArea key={one} {...form.bind(one)} label={t(`accountability.${one}`)} help={t(`accountability.${one}_help`)} maxLength={4000} rows={5} />)}
      <RadioGroup {...form.bind('outcome')} label={t('accountability.outcome')} options={outcomes.map((one) => ({ value: one, label: t(`accountability.outcome.${one}`) }))} />
      <DateInput {...form.bind('reviewOn')} label={t('accountability.review_on')} />
    </FormView>
  );
}
