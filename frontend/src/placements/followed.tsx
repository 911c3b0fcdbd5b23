// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { date, number, period } from '../i18n/format';
import { Badge, Bdi, Button, DateInput, Dialog, Fieldset, NumberInput, RepeatableList, Section, Select, Table, TextInput, tell, type Column } from '../ui';
import type { Absence, File, Indicator, Placement, Training, Used } from './types';

const moments = ['baseline', 'target', 'end', 'month_12'] as const;
const sexes = ['female', 'male', 'other'] as const;
const ages = ['-29', '30-39', '40-49', '50-59', '60-'] as const;

interface Part { placement: Placement; load: Load<Placement> }

/** What is measured of a stay, who learnt from the person, and the days away. */
export function Followed({ placement, file, load }: Part & { file: File }) {
  const { writes } = file;
  return (
    <>
      {(writes.indicators || file.indicators.length > 0) && (
        <Section title={t('placements.indicators')} lead={t('placements.indicators_lead')} actions={writes.indicators && <Opens label={t('placements.indicators_edit')}>{(close) => <EditIndicators placement={placement} load={load} close={close} />}</Opens>}>
          {file.indicators.length > 0 ? <IndicatorTable indicators={file.indicators} /> : <p class="muted">{t('placements.indicators_none')}</p>}
        </Section>
      )}
      {(writes.sessions || file.sessions.length > 0) && (
        <Section title={t('placements.sessions')} lead={t('placements.sessions_lead')} actions={writes.sessions && <Opens label={t('placements.sessions_edit')}>{(close) => <EditSessions placement={placement} load={load} close={close} />}</Opens>}>
          {file.sessions.length > 0 ? <Sessions sessions={file.sessions} /> : <p class="muted">{t('placements.sessions_none')}</p>}
        </Section>
      )}
      {(writes.absences || file.absences.length > 0) && (
        <Section title={t('placements.absences')} lead={t('placements.absences_lead')} actions={writes.absences && <Opens label={t('placements.absences_edit')}>{(close) => <EditAbsences placement={placement} load={load} close={close} />}</Opens>}>
          <UsedDays used={file.used} />
          {file.absences.length > 0 ? (
            <ul class="lines">{file.absences.map((one) => <li key={one.from}>{period(one.from, one.to)} · {t(`placements.absence_kind.${one.kind}`)}</li>)}</ul>
          ) : <p class="muted">{t('placements.absences_none')}</p>}
        </Section>
      )}
    </>
  );
}

function Opens({ label, children }: { label: string; children: (close: () => void) => preact.JSX.Element }) {
  const [open, setOpen] = useState(false);
  return <><Button small onClick={() => setOpen(true)}>{label}</Button>{open && children(() => setOpen(false))}</>;
}

/** Each indicator with its values, in the order of the moments. */
export function IndicatorTable({ indicators }: { indicators: readonly Indicator[] }) {
  const columns: Column<Indicator>[] = [
    { key: 'name', header: t('placements.indicator'), names: true, cell: (one) => <><Bdi>{one.name}</Bdi><span class="muted small under">{t('placements.indicator_source_is', { source: one.source })}</span></> },
    ...moments.map((moment) => ({ key: moment, header: t(`placements.moment.${moment}`), number: true, cell: (one: Indicator) => <Value of={one} moment={moment} /> })),
  ];
  return <Table caption={t('placements.indicators')} columns={columns} rows={indicators} rowKey={(one) => one.name} />;
}

function Value({ of, moment }: { of: Indicator; moment: string }) {
  const value = of.values.find((one) => one.moment === moment);
  if (!value) return <span class="muted">–</span>;
  const digits = value.value.split('.')[1]?.length ?? 0;
  return (
    <div>
      <b>{number(Number(value.value), digits)}</b> <Bdi>{of.unit}</Bdi>
      {value.on && <span class="muted small under">{date(value.on)}</span>}
      {value.measuredBy && <span class="muted small under"><Bdi>{value.measuredBy}</Bdi></span>}
    </div>
  );
}

const sexName = (sex: string) => (sex ? t(`fairness.sex.${sex}`) : t('placements.group_unsaid'));
const ageName = (age: string) => (age ? t(`fairness.age.${age}`) : t('placements.group_unsaid'));

function Sessions({ sessions }: { sessions: readonly Training[] }) {
  const columns: Column<{ session: Training; key: string }>[] = [
    { key: 'title', header: t('placements.session'), names: true, cell: ({ session: one }) => <><Bdi>{one.title || t(`placements.session_kind.${one.kind}`)}</Bdi>{(one.heldOn || one.title) && <span class="muted small under">{one.heldOn ? date(one.heldOn) : t('placements.session_kind.counterparts')}</span>}</> },
    { key: 'groups', header: t('placements.groups'), cell: ({ session: one }) => one.groups.map((group) => <span key={group.sex + group.age} class="under">{sexName(group.sex)}, {ageName(group.age)}: <b>{number(group.people)}</b></span>) },
    { key: 'people', header: t('placements.group_people'), number: true, cell: ({ session: one }) => number(one.groups.reduce((sum, group) => sum + group.people, 0)) },
  ];
  return <Table caption={t('placements.sessions')} columns={columns} rows={sessions.map((session, at) => ({ session, key: String(at) }))} rowKey={(one) => one.key} />;
}

function UsedDays({ used }: { used: readonly Used[] }) {
  return (
    <ul class="lines">
      {used.map((one) => (
        <li key={one.kind}>
          {t(`placements.absence_kind.${one.kind}`)}: {t(one.limited ? 'placements.used_of' : 'placements.used', { days: number(one.days), ...(one.limited && { allowed: number(one.allowed) }) })}
          {one.over > 0 && <> <Badge tone="caution">{t('placements.used_over', { count: one.over })}</Badge></>}
        </li>
      ))}
    </ul>
  );
}

interface Measure { moment: (typeof moments)[number]; value: string; on: string; measuredBy: string }
interface IndicatorRow { name: string; unit: string; source: string; values: Measure[] }

const measuresOf = (one?: Indicator): Measure[] => moments.map((moment) => {
  const value = one?.values.find((other) => other.moment === moment);
  return { moment, value: value?.value ?? '', on: value?.on ?? '', measuredBy: value?.measuredBy ?? '' };
});

function EditIndicators({ placement, load, close }: Part & { close: () => void }) {
  const fresh = (): IndicatorRow => ({ name: '', unit: '', source: '', values: measuresOf() });
  const given = placement.file?.indicators ?? [];
  const form = useForm<{ indicators: IndicatorRow[] }>({
    id: `indicators-${placement.id}`,
    initial: { indicators: given.length > 0 ? given.map((one) => ({ name: one.name, unit: one.unit, source: one.source, values: measuresOf(one) })) : [fresh()] },
    submit: async (body) => {
      const points = { indicators: body.indicators.map((one) => ({ ...one, values: one.values.map((value) => ({ ...value, value: value.value.trim().replace(',', '.') })) })) };
      load.replace(await call<Placement>('PUT', `/placements/${placement.id}/indicators`, { ifMatch: load.etag, body: points }));
      tell(t('placements.indicators_saved'));
      close();
    },
  });
  return (
    <Dialog open wide title={t('placements.indicators')} onClose={close}>
      <FormView form={form} action={t('placements.save')} onReload={load.reload} beside={<Button kind="quiet" onClick={close}>{t('needs.keep')}</Button>}>
        <RepeatableList<IndicatorRow> {...form.bind<IndicatorRow[]>('indicators')} most={12} label={t('placements.indicators')} one={t('placements.indicator')} add={t('placements.indicator_add')} fresh={fresh}
          row={(_, i) => (
            <>
              <TextInput {...form.bind(`indicators[${i}].name`)} label={t('placements.indicator_name')} help={t('placements.indicator_name_help')} maxLength={200} />
              <TextInput {...form.bind(`indicators[${i}].unit`)} label={t('placements.indicator_unit')} help={t('placements.indicator_unit_help')} width="short" maxLength={40} optional />
              <TextInput {...form.bind(`indicators[${i}].source`)} label={t('placements.indicator_source')} help={t('placements.indicator_source_help')} maxLength={500} />
              {moments.map((moment, k) => (
                <Fieldset key={moment} id={`indicators-${i}-${moment}`} label={t(`placements.moment.${moment}`)}>
                  <div class="stack">
                  <div class="form-row">
                    <TextInput {...form.bind(`indicators[${i}].values[${k}].value`)} label={t('placements.indicator_value')} inputMode="decimal" width="short" optional />
                    <DateInput {...form.bind(`indicators[${i}].values[${k}].on`)} label={t(moment === 'target' ? 'placements.indicator_by_when' : 'placements.indicator_on')} optional />
                  </div>
                  {moment !== 'target' && <TextInput {...form.bind(`indicators[${i}].values[${k}].measuredBy`)} label={t('placements.indicator_by')} help={t('placements.indicator_by_help')} maxLength={200} optional />}
                  </div>
                </Fieldset>
              ))}
            </>
          )} />
      </FormView>
    </Dialog>
  );
}

interface GroupRow { sex: string; age: string; people: number | null }
interface SessionRow { kind: string; title: string; heldOn: string; groups: GroupRow[] }

function EditSessions({ placement, load, close }: Part & { close: () => void }) {
  const group = (): GroupRow => ({ sex: '', age: '', people: null });
  const given = placement.file?.sessions ?? [];
  const form = useForm<{ sessions: SessionRow[] }>({
    id: `sessions-${placement.id}`,
    initial: { sessions: given.length > 0 ? given.map((one) => ({ ...one, heldOn: one.heldOn ?? '', groups: one.groups.map((other) => ({ ...other })) })) : [{ kind: 'counterparts', title: '', heldOn: '', groups: [group()] }] },
    submit: async ({ sessions }) => {
      const body = { sessions: sessions.map((one) => ({ ...one, heldOn: one.kind === 'counterparts' ? '' : one.heldOn, groups: one.groups.map((other) => ({ ...other, people: other.people ?? 0 })) })) };
      load.replace(await call<Placement>('PUT', `/placements/${placement.id}/sessions`, { ifMatch: load.etag, body }));
      tell(t('placements.sessions_saved'));
      close();
    },
  });
  return (
    <Dialog open wide title={t('placements.sessions')} onClose={close}>
      <FormView form={form} action={t('placements.save')} onReload={load.reload} beside={<Button kind="quiet" onClick={close}>{t('needs.keep')}</Button>}>
        <RepeatableList<SessionRow> {...form.bind<SessionRow[]>('sessions')} most={60} label={t('placements.sessions')} one={t('placements.session')} add={t('placements.session_add')}
          fresh={() => ({ kind: 'training', title: '', heldOn: '', groups: [group()] })} row={(row, i) => (
            <>
              <Select {...form.bind(`sessions[${i}].kind`)} label={t('placements.session_kind')} options={['counterparts', 'training'].map((value) => ({ value, label: t(`placements.session_kind.${value}`) }))} />
              <TextInput {...form.bind(`sessions[${i}].title`)} label={t('placements.session_title')} maxLength={200} {...(row.kind === 'counterparts' ? { optional: true } : {})} />
              {row.kind === 'training' && <DateInput {...form.bind(`sessions[${i}].heldOn`)} label={t('placements.session_day')} min={placement.from} max={placement.to} />}
              <RepeatableList<GroupRow> {...form.bind<GroupRow[]>(`sessions[${i}].groups`)} most={24} label={t('placements.groups')} one={t('placements.group')} add={t('placements.group_add')} fresh={group} row={(__, k) => (
                <div class="form-row">
                  <Select {...form.bind(`sessions[${i}].groups[${k}].sex`)} label={t('fairness.by.sex')} width="short" empty={t('placements.group_unsaid')} options={sexes.map((value) => ({ value, label: sexName(value) }))} />
                  <Select {...form.bind(`sessions[${i}].groups[${k}].age`)} label={t('fairness.by.age')} width="short" empty={t('placements.group_unsaid')} options={ages.map((value) => ({ value, label: ageName(value) }))} />
                  <NumberInput {...form.bind<number | null>(`sessions[${i}].groups[${k}].people`)} label={t('placements.group_people')} />
                </div>
              )} />
            </>
          )} />
      </FormView>
    </Dialog>
  );
}

function EditAbsences({ placement, load, close }: Part & { close: () => void }) {
  const fresh = (): Absence => ({ kind: 'leave', from: '', to: '' });
  const given = placement.file?.absences ?? [];
  const form = useForm<{ absences: Absence[] }>({
    id: `absences-${placement.id}`,
    initial: { absences: given.length > 0 ? given.map((one) => ({ ...one })) : [fresh()] },
    submit: async (body) => {
      load.replace(await call<Placement>('PUT', `/placements/${placement.id}/absences`, { ifMatch: load.etag, body }));
      tell(t('placements.absences_saved'));
      close();
    },
  });
  return (
    <Dialog open wide title={t('placements.absences')} onClose={close}>
      <FormView form={form} action={t('placements.save')} onReload={load.reload} beside={<Button kind="quiet" onClick={close}>{t('needs.keep')}</Button>}>
        <RepeatableList<Absence> {...form.bind<Absence[]>('absences')} most={100} label={t('placements.absences')} one={t('placements.absence')} add={t('placements.absence_add')} fresh={fresh} row={(_, i) => (
          <>
            <Select {...form.bind(`absences[${i}].kind`)} label={t('placements.absence_kind')} options={['leave', 'remote'].map((value) => ({ value, label: t(`placements.absence_kind.${value}`) }))} />
            <div class="form-row">
              <DateInput {...form.bind(`absences[${i}].from`)} label={t('needs.first_day')} min={placement.from} max={placement.to} />
              <DateInput {...form.bind(`absences[${i}].to`)} label={t('needs.last_day')} min={placement.from} max={placement.to} />
            </div>
          </>
        )} />
      </FormView>
    </Dialog>
  );
}
