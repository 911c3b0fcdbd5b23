// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { language, t } from '../i18n';
import { needPath } from '../needs/words';
import { minorOf, money, written } from '../proposals/money';
import { role } from '../session/session';
import { Bdi, Button, Dialog, Empty, LinkButton, Loaded, NumberInput, PageHeader, RadioGroup, RepeatableList, Section, Table, TextArea, TextInput, tell } from '../ui';
import type { Equipment, Evaluated, Good } from './types';

/** What a team brings, the letter to the customs, and one evaluation for all of them. */
export default function EquipmentPage() {
  const { ref = '' } = useRoute().params;
  const load = useLoad<Equipment>((signal) => call('GET', `/needs/${encodeURIComponent(ref)}/equipment`, { signal }), [ref]);
  return (
    <>
      <PageHeader title={t('teams.goods')} lead={t('teams.goods_lead')} crumbs={[{ href: '/needs', label: t('needs.title') }, { href: needPath(ref), label: ref }]} />
      <Loaded load={load} waiting={t('teams.loading')}>{(data) => <Reading key={data.version} reference={ref} data={data} load={load} />}</Loaded>
    </>
  );
}

function Reading({ reference, data, load }: { reference: string; data: Equipment; load: Load<Equipment> }) {
  const [writing, setWriting] = useState(false);
  return (
    <>
      <Section title={t('teams.list')}>
        {data.items.length === 0 ? <Empty title={t('teams.no_goods')}>{t('teams.no_goods_text')}</Empty> : <Goods items={data.items} />}
        {data.edit && <p><Button onClick={() => setWriting(true)}>{t('teams.goods_write')}</Button></p>}
      </Section>
      {role.value !== 'association' && <Letter reference={reference} data={data} />}
      {role.value === 'host' && data.team.length > 0 && <Evaluating reference={reference} />}
      {writing && <Write reference={reference} data={data} load={load} onClose={() => setWriting(false)} />}
    </>
  );
}

function Goods({ items }: { items: readonly Good[] }) {
  return (
    <Table caption={t('teams.list')} rows={items} rowKey={(one) => `${one.name} ${one.serial}`} columns={[
      { key: 'name', header: t('teams.good'), names: true, cell: (one) => <Bdi>{one.name}</Bdi> },
      { key: 'quantity', header: t('teams.quantity'), number: true, cell: (one) => one.quantity },
      { key: 'value', header: t('teams.worth'), number: true, cell: (one) => money(one.value * one.quantity, one.currency) },
      { key: 'serial', header: t('teams.serial'), cell: (one) => (one.serial ? <span dir="ltr">{one.serial}</span> : '–') },
      { key: 'fate', header: t('teams.fate'), cell: (one) => t(one.stays ? 'teams.stays' : 'teams.returns') },
    ]} />
  );
}

/** Whom the letter names, and the letter itself. */
function Letter({ reference, data }: { reference: string; data: Equipment }) {
  const ready = data.items.length > 0 && data.team.length > 0;
  return (
    <Section title={t('teams.letter')} lead={t(ready ? 'teams.letter_lead' : 'teams.letter_not_yet', { count: data.team.length })}>
      {data.team.length > 0 && <ul class="lines">{data.team.map((one) => <li key={one.placementReference}><Bdi>{one.name}</Bdi> <span class="muted">· <Bdi>{one.work}</Bdi></span></li>)}</ul>}
      {ready && <p><LinkButton kind="primary" href={`/api/v1/needs/${encodeURIComponent(reference)}/customs-letter?language=${language.value}`} download>{t('teams.letter_fetch')}</LinkButton></p>}
    </Section>
  );
}

interface Row { name: string; quantity: number; value: string; currency: string; serial: string; stays: string }

const freshRow = (currency = 'USD'): Row => ({ name: '', quantity: 1, value: '', currency, serial: '', stays: 'no' });

function Write({ reference, data, load, onClose }: { reference: string; data: Equipment; load: Load<Equipment>; onClose: () => void }) {
  const form = useForm<{ items: Row[] }>({
    id: `goods-${reference}`,
    initial: { items: data.items.length > 0 ? data.items.map((one) => ({ ...one, value: written(one.value, one.currency), stays: one.stays ? 'yes' : 'no' })) : [freshRow()] },
    check: ({ items }) => Object.fromEntries(items.map((one, i) => [`items[${i}].value`, Number.isNaN(minorOf(one.value, one.currency) ?? 0) ? t('teams.no_amount') : undefined])),
    submit: async ({ items }) => {
      const body = { items: items.map((one) => ({ ...one, currency: one.currency.trim().toUpperCase(), value: minorOf(one.value, one.currency) ?? 0, stays: one.stays === 'yes' })) };
      load.replace(await call<Equipment>('PUT', `/needs/${encodeURIComponent(reference)}/equipment`, { ifMatch: `"${data.version}"`, body }));
      onClose();
      tell(t('teams.goods_kept'));
    },
  });
  return (
    <Dialog open wide title={t('teams.goods_write')} onClose={onClose}>
      <FormView form={form} action={t('teams.goods_keep')} onReload={load.reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        <RepeatableList<Row> {...form.bind<Row[]>('items')} most={200} label={t('teams.list')} fresh={() => freshRow(form.values.items.at(-1)?.currency)} one={t('teams.good')} add={t('teams.good_add')} row={(_, i) => (
          <>
            <TextInput {...form.bind(`items[${i}].name`)} label={t('teams.good')} maxLength={300} />
            <div class="form-row">
              <NumberInput {...form.bind<number>(`items[${i}].quantity`)} label={t('teams.quantity')} onChange={(value) => form.set(`items[${i}].quantity`, value ?? 0)} />
              <TextInput {...form.bind(`items[${i}].value`)} label={t('teams.worth_each')} inputMode="decimal" />
              <TextInput {...form.bind(`items[${i}].currency`)} label={t('teams.currency')} maxLength={3} />
            </div>
            <TextInput {...form.bind(`items[${i}].serial`)} label={t('teams.serial')} optional maxLength={300} />
            <RadioGroup {...form.bind(`items[${i}].stays`)} inline label={t('teams.fate')} options={[{ value: 'no', label: t('teams.returns') }, { value: 'yes', label: t('teams.stays') }]} />
          </>
        )} />
      </FormView>
    </Dialog>
  );
}

const levels = ['not', 'partly', 'mostly', 'fully'];

interface Answers { answers: { objective: string; passed_on: string; working_together: string; again: string; comment: string } }

/** The host evaluates the team once; each stay has it then as its own. */
function Evaluating({ reference }: { reference: string }) {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<readonly Evaluated[]>([]);
  const form = useForm<Answers>({
    id: `team-evaluation-${reference}`,
    initial: { answers: { objective: '', passed_on: '', working_together: '', again: '', comment: '' } },
    submit: async (body) => {
      setDone((await call<List<Evaluated>>('PUT', `/needs/${encodeURIComponent(reference)}/evaluation`, { body })).data.items);
      setOpen(false);
      tell(t('placements.report_kept'));
    },
  });
  return (
    <Section title={t('teams.evaluation')} lead={t('teams.evaluation_lead')}>
      {done.length > 0 && <ul class="lines">{done.map((one) => <li key={one.placementReference}><Bdi>{one.person}</Bdi> <span class="muted">· {t(`teams.evaluated.${one.outcome}`)}</span></li>)}</ul>}
      <p><Button onClick={() => setOpen(true)}>{t('teams.evaluate')}</Button></p>
      {open && (
        <Dialog open wide title={t('teams.evaluation')} onClose={() => setOpen(false)}>
          <FormView form={form} action={t('placements.send_report')} beside={<Button kind="quiet" onClick={() => setOpen(false)}>{t('needs.keep')}</Button>}>
            {(['objective', 'passed_on', 'working_together'] as const).map((name) => (
              <RadioGroup key={name} {...form.bind(`answers.${name}`)} label={t(`placements.question.${name}`)} options={levels.map((value) => ({ value, label: t(`placements.level.${value}`) }))} />
            ))}
            <RadioGroup {...form.bind('answers.again')} inline label={t('placements.question.again')} options={['yes', 'no'].map((value) => ({ value, label: t(`placements.answer.${value}`) }))} />
            <TextArea {...form.bind('answers.comment')} label={t('placements.question.comment')} optional rows={4} maxLength={5000} />
          </FormView>
        </Dialog>
      )}
    </Section>
  );
}
