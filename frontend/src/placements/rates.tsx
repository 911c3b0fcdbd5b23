// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import type { components } from '../api/schema.gen';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { minorOf, written } from '../proposals/money';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import { Loaded, NumberInput, PageHeader, RepeatableList, Select, tell, TextInput } from '../ui';

type Rates = components['schemas']['RatesView'];

interface Tier { days: number | null; percent: number | null }
interface Row { country: string; currency: string; daily: string; travel: string; lodgingShare: number | null; leaveDays: number | null; remoteDays: number | null; tiers: Tier[] }

/** What the programme pays for stays, by country. */
export default function RatesPage() {
  const load = useLoad<Rates>((signal) => call('GET', '/rates', { signal }), []);
  return (
    <>
      <PageHeader title={t('placements.rates_title')} lead={t('placements.rates_lead')} crumbs={[{ href: '/placements', label: t('placements.nav') }]} />
      <Loaded load={load} waiting={t('selection.loading')}>{(data) => <RatesForm key={data.version} rates={data} load={load} />}</Loaded>
    </>
  );
}

const amountOf = (typed: string, currency: string) => {
  const minor = minorOf(typed, currency) ?? 0;
  return Number.isNaN(minor) ? -1 : minor;
};

function RatesForm({ rates, load }: { rates: Rates; load: Load<Rates> }) {
  const lists = useLists().data;
  const form = useForm<{ rates: Row[] }>({
    id: 'rates',
    initial: { rates: rates.rates.map((one) => ({ ...one, daily: written(one.daily, one.currency), travel: written(one.travel, one.currency), leaveDays: one.leaveDays ?? null, remoteDays: one.remoteDays ?? null, tiers: one.tiers.map((tier) => ({ ...tier })) })) },
    submit: async ({ rates: rows }) => {
      const body = { rates: rows.map((one) => ({
        country: one.country, currency: one.currency.trim().toUpperCase(), daily: amountOf(one.daily, one.currency), travel: amountOf(one.travel, one.currency),
        lodgingShare: one.lodgingShare ?? 0, tiers: one.tiers.map((tier) => ({ days: tier.days ?? 0, percent: tier.percent ?? 0 })),
        ...(one.leaveDays !== null && { leaveDays: one.leaveDays }), ...(one.remoteDays !== null && { remoteDays: one.remoteDays }),
      })) };
      load.replace(await call<Rates>('PUT', '/rates', { ifMatch: `"${rates.version}"`, body }));
      tell(t('placements.rates_saved'));
    },
  });
  return (
    <FormView form={form} action={t('placements.rates_save')} onReload={load.reload}>
      <RepeatableList<Row> {...form.bind<Row[]>('rates')} section most={100} label={t('placements.rates_list')} one={t('placements.rate')} add={t('placements.rate_add')}
        fresh={() => ({ country: '', currency: 'EUR', daily: '', travel: '', lodgingShare: 100, leaveDays: null, remoteDays: null, tiers: [] })} row={(_, i) => (
          <>
            <div class="form-row">
              <Select {...form.bind(`rates[${i}].country`)} label={t('needs.country')} options={optionsOf(lists?.countries)} empty={t('placements.rate_everywhere')} optional />
              <TextInput {...form.bind(`rates[${i}].currency`)} label={t('placements.currency')} maxLength={3} />
            </div>
            <div class="form-row">
              <TextInput {...form.bind(`rates[${i}].daily`)} label={t('placements.daily')} inputMode="decimal" />
              <TextInput {...form.bind(`rates[${i}].travel`)} label={t('placements.travel')} inputMode="decimal" />
            </div>
            <NumberInput {...form.bind<number | null>(`rates[${i}].lodgingShare`)} label={t('placements.lodging_share')} help={t('placements.lodging_share_help')} unit="%" />
            <NumberInput {...form.bind<number | null>(`rates[${i}].leaveDays`)} label={t('placements.leave_days')} help={t('placements.leave_days_help')} optional />
            <NumberInput {...form.bind<number | null>(`rates[${i}].remoteDays`)} label={t('placements.remote_days')} help={t('placements.leave_days_help')} optional />
            <RepeatableList<Tier> {...form.bind<Tier[]>(`rates[${i}].tiers`)} most={10} ordered label={t('placements.tiers')} help={t('placements.tiers_help')} one={t('placements.tier_one')} add={t('placements.tier_add')}
              fresh={() => ({ days: null, percent: 100 })} row={(__, k) => (
                <div class="form-row">
                  <NumberInput {...form.bind<number | null>(`rates[${i}].tiers[${k}].days`)} label={t('placements.tier_days')} optional />
                  <NumberInput {...form.bind<number | null>(`rates[${i}].tiers[${k}].percent`)} label={t('placements.tier_percent')} unit="%" />
                </div>
              )} />
          </>
        )} />
    </FormView>
  );
}
