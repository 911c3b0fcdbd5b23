// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { problemOf } from '../api/problem';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { date, listed, moment } from '../i18n/format';
import { needPath } from '../needs/words';
import { role } from '../session/session';
import { Badge, Bdi, Button, Checkbox, CheckboxGroup, DefinitionList, Dialog, Disclosure, Notice, RadioGroup, Section, TextArea, tell } from '../ui';
import { IndicatorTable } from './followed';
import type { Due, File, Owed, Placement, Question, Report } from './types';

const degrees = ['low', 'medium', 'high'] as const;
const levels = ['not', 'partly', 'mostly', 'fully'] as const;

/** What both sides tell: what the reader is asked for now, and what was told. */
export function Reports({ placement, file, load }: { placement: Placement; file: File; load: Load<Placement> }) {
  const [writing, setWriting] = useState<Due | undefined>();
  if (file.due.length === 0 && file.reports.length === 0 && file.owed.length === 0) return null;
  const own = (kind: string) => file.reports.find((one) => one.kind === kind && one.role === role.value);
  return (
    <Section title={t('placements.reports')}>
      {file.due.length > 0 && (
        <ul class="moves">
          {file.due.map((one) => (
            <li key={one.kind} class="move">
              <div>
                <p class="move-name">{t(`placements.report.${one.kind}`)} {one.overdue && <Badge tone="bad">{t('placements.overdue')}</Badge>}{own(one.kind) && <Badge tone="good">{t('placements.told')}</Badge>}</p>
                {one.from && <p class="muted small">{t('placements.asked_on', { day: date(one.from, 'long') })}</p>}
              </div>
              <Button small onClick={() => setWriting(one)}>{t(own(one.kind) ? 'placements.rewrite' : 'placements.write')}</Button>
            </li>
          ))}
        </ul>
      )}
      {file.owed.length > 0 && <Waiting owed={file.owed} />}
      {file.reports.map((one) => <Told key={one.kind + one.role} report={one} file={file} />)}
      {role.value === 'host' && file.reports.some((one) => one.kind === 'outcome' && one.answers.repeat === 'yes') && <Repeat placement={placement} />}
      {writing && <Write due={writing} given={own(writing.kind)} placement={placement} load={load} onClose={() => setWriting(undefined)} />}
    </Section>
  );
}

/** A second stay was found good: the host begins the next need as a copy of this one. */
function Repeat({ placement }: { placement: Placement }) {
  const { route } = useLocation();
  const ask = async () => {
    try {
      const { data } = await call<{ reference: string }>('POST', `/needs/${placement.need.id}/duplicate`);
      tell(t('placements.repeat_made'));
      route(needPath(data.reference));
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  return <Notice tone="success" title={t('placements.repeat_title')} action={<Button kind="primary" onClick={() => void ask()}>{t('placements.repeat')}</Button>}>{t('placements.repeat_text')}</Notice>;
}

/** What is asked of the others and is not there. */
function Waiting({ owed }: { owed: readonly Owed[] }) {
  return (
    <>
      <h3>{t('placements.owed')}</h3>
      <ul class="moves">
        {owed.map((one) => (
          <li key={one.kind + one.role} class="move">
            <div>
              <p class="move-name">{t(`placements.report.${one.kind}`)} {one.overdue && <Badge tone="bad">{t('placements.overdue')}</Badge>}</p>
              <p class="muted small">{t(`placements.role.${one.role}`)} · {t('placements.asked_on', { day: date(one.from, 'long') })}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** One report as it was told. */
function Told({ report, file }: { report: Report; file: File }) {
  const { skills } = file;
  const said = (name: string, answer: string) => (name === 'skills' ? <Bdi>{listed(answer.split(',').map((at) => skills[Number(at)] ?? at))}</Bdi> : /^(not|partly|mostly|fully)$/.test(answer) ? t(`placements.level.${answer}`) : name === 'level' ? t(`placements.degree.${answer}`) : answer === 'yes' || answer === 'no' ? t(`placements.answer.${answer}`) : <Bdi key={name}>{answer}</Bdi>);
  return (
    <Disclosure summary={<>{t(`placements.report.${report.kind}`)} <span class="muted small">{t(`placements.role.${report.role}`)} · {moment(report.at)}</span></>}>
      <DefinitionList facts={Object.entries(report.answers).map(([name, answer]) => ({ term: t(`placements.question.${name}`), value: said(name, answer) }))} />
      {report.kind === 'final_report' && file.indicators.length > 0 && <IndicatorTable indicators={file.indicators} />}
    </Disclosure>
  );
}

interface Values { answers: Record<string, string> }

function Write({ due, given, placement, load, onClose }: { due: Due; given: Report | undefined; placement: Placement; load: Load<Placement>; onClose: () => void }) {
  const form = useForm<Values>({
    id: `report-${placement.id}-${due.kind}`,
    draft: true,
    initial: { answers: Object.fromEntries(due.questions.map((one) => [one.name, given?.answers[one.name] ?? ''])) },
    submit: async (body) => {
      load.replace(await call<Placement>('PUT', `/placements/${placement.id}/reports/${due.kind}`, { ifMatch: load.etag, body }));
      tell(t('placements.report_kept'));
      onClose();
    },
  });
  return (
    <Dialog open wide title={t(`placements.report.${due.kind}`)} onClose={onClose}>
      <FormView form={form} action={t('placements.send_report')} onReload={load.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {due.questions.map((one) => <Asked key={one.name} question={one} bound={form.bind(`answers.${one.name}`)} />)}
      </FormView>
    </Dialog>
  );
}

type Bound = ReturnType<ReturnType<typeof useForm<Values>>['bind']>;

function Asked({ question, bound }: { question: Question; bound: Bound }) {
  const field = { ...bound, value: String(bound.value ?? ''), label: t(`placements.question.${question.name}`), ...(question.required ? {} : { optional: true }) };
  switch (question.kind) {
    case 'level':
      return <RadioGroup {...field} options={levels.map((value) => ({ value, label: t(`placements.level.${value}`) }))} />;
    case 'degree':
      return <RadioGroup {...field} options={degrees.map((value) => ({ value, label: t(`placements.degree.${value}`) }))} />;
    case 'yes_no':
      return <RadioGroup {...field} inline options={['yes', 'no'].map((value) => ({ value, label: t(`placements.answer.${value}`) }))} />;
    case 'skills':
      return <CheckboxGroup {...field} value={field.value.split(',').filter(Boolean)} onChange={(value) => bound.onChange([...value].sort((a, b) => Number(a) - Number(b)).join(','))} options={question.options.map((label, at) => ({ value: String(at), label }))} />;
    case 'yes':
      return <Checkbox id={bound.id} name={bound.name} label={field.label} error={bound.error} value={field.value === 'yes'} onChange={(checked) => bound.onChange(checked ? 'yes' : '')} />;
    default:
      return <TextArea {...field} rows={4} maxLength={5000} />;
  }
}
