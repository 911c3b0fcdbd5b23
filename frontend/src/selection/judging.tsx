// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { Badge, Bdi, Checkbox, Disclosure, RadioGroup, Section, Table, TextArea, TextInput, tell } from '../ui';
import type { Candidacy, CandidacyFile } from './types';

interface Props {
  candidacy: Candidacy;
  file: CandidacyFile;
  load: Load<Candidacy>;
}

/** The committee and what it has said about one person: interests, scores, references, what it agreed on. */
export function Judging({ candidacy, file, load }: Props) {
  if (file.committee.length === 0) return null;
  const mine = file.committee.find((one) => one.mine);
  const judges = mine && mine.declared && !mine.conflict;
  return (
    <Section title={t('selection.committee')} lead={t('selection.committee_lead')}>
      <ul class="seats">
        {file.committee.map((one) => (
          <li key={one.userId}>
            <Bdi>{one.name}</Bdi> <span class="muted">{t(`selection.seat.${one.seat}`)}{one.chair ? ` – ${t('selection.chair')}` : ''}</span>{' '}
            <Badge tone={one.conflict ? 'caution' : one.declared ? 'good' : 'neutral'}>{t(one.conflict ? 'selection.stays_away' : one.finished ? 'selection.has_judged' : one.declared ? 'selection.no_conflict' : 'selection.not_declared')}</Badge>
          </li>
        ))}
      </ul>
      {mine && !mine.declared && <Declare candidacy={candidacy} load={load} />}
      {judges && candidacy.state === 'UNDER_ASSESSMENT' && !mine.finished && <Scores candidacy={candidacy} file={file} load={load} />}
      {file.scores.length > 0 && <AllScores file={file} />}
      {mine?.declared === true && ['SHORTLISTED', 'UNDER_ASSESSMENT'].includes(candidacy.state) && <Refer candidacy={candidacy} load={load} />}
      {file.references.map((one) => <p key={one.at}><b><Bdi>{one.referee}</Bdi>:</b> <Bdi>{one.words}</Bdi></p>)}
      {file.assessments.map((one) => (
        <div key={one.round}>
          <p><b>{t(`selection.assessed.${one.outcome}`)}</b> <span class="muted">{moment(one.at)}</span></p>
          <p><Bdi>{one.minutes}</Bdi></p>
        </div>
      ))}
    </Section>
  );
}

function Declare({ candidacy, load }: Omit<Props, 'file'>) {
  const form = useForm<{ conflict: boolean; reason: string }>({
    id: 'interest',
    initial: { conflict: false, reason: '' },
    submit: async (body) => {
      load.replace(await call<Candidacy>('POST', `/candidacies/${candidacy.id}/interests`, { body }));
      tell(t('selection.declared'));
    },
  });
  return (
    <FormView form={form} action={t('selection.declare')} onReload={load.reload}>
      <Checkbox {...form.bind<boolean>('conflict')} label={t('selection.conflict')} help={t('selection.conflict_help')} />
      {form.values.conflict && <TextArea {...form.bind('reason')} label={t('needs.reason')} rows={2} maxLength={5000} />}
    </FormView>
  );
}

const levels = ['1', '2', '3', '4'];

function Scores({ candidacy, file, load }: Props) {
  const form = useForm<Record<string, string>>({
    id: 'scores',
    initial: Object.fromEntries(file.criteria.flatMap((_, i) => [[`level${i}`, ''], [`note${i}`, '']])),
    check: (values) => Object.fromEntries(file.criteria.flatMap((_, i) => (values[`level${i}`] ? [] : [[`level${i}`, t('selection.level_missing')]]))),
    submit: async (values) => {
      const scores = file.criteria.map((one, i) => ({ criterion: one.id, level: Number(values[`level${i}`]), note: values[`note${i}`] ?? '' }));
      load.replace(await call<Candidacy>('POST', `/candidacies/${candidacy.id}/scores`, { body: { scores } }));
      tell(t('selection.scored'));
    },
  });
  return (
    <FormView form={form} action={t('selection.score')} onReload={load.reload}>
      <p>{t('selection.score_lead')}</p>
      {file.criteria.map((one, i) => (
        <div key={one.id}>
          <RadioGroup {...form.bind(`level${i}`)} label={one.label} inline options={levels.map((level) => ({ value: level, label: t(`selection.judged.${level}`) }))} />
          <TextInput {...form.bind(`note${i}`)} label={t('selection.note')} optional />
        </div>
      ))}
    </FormView>
  );
}

function AllScores({ file }: { file: CandidacyFile }) {
  const people = file.committee.filter((member) => file.scores.some((one) => one.userId === member.userId));
  return (
    <Table caption={t('selection.scores')} rowKey={(one) => one.id} rows={file.criteria} columns={[
      { key: 'criterion', header: t('selection.criterion'), names: true, cell: (one) => <Bdi>{one.label}</Bdi> },
      ...people.map((member) => ({
        key: member.userId, header: member.name,
        cell: (criterion: { id: string }) => {
          const score = file.scores.find((one) => one.userId === member.userId && one.criterion === criterion.id);
          return score ? <>{t(`selection.judged.${score.level}`)}{score.note && <span class="muted under"><Bdi>{score.note}</Bdi></span>}</> : '–';
        },
      })),
    ]} />
  );
}

function Refer({ candidacy, load }: Omit<Props, 'file'>) {
  const form = useForm<{ referee: string; words: string }>({
    id: 'reference',
    initial: { referee: '', words: '' },
    submit: async (body) => {
      load.replace(await call<Candidacy>('POST', `/candidacies/${candidacy.id}/references`, { body }));
      tell(t('selection.reference_kept'));
    },
  });
  return (
    <Disclosure summary={t('selection.reference_add')}>
      <FormView form={form} action={t('selection.reference_keep')} onReload={load.reload}>
        <TextInput {...form.bind('referee')} label={t('selection.referee')} help={t('selection.referee_help')} />
        <TextArea {...form.bind('words')} label={t('selection.referee_words')} rows={3} maxLength={5000} />
      </FormView>
    </Disclosure>
  );
}
