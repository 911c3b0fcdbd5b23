// SPDX-License-Identifier: AGPL-3.0-or-later
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { Fieldset, NumberInput, RepeatableList, TextInput } from '../ui';
import { minorOf, written } from './money';
import type { Inputs } from './types';

interface Values {
  currency: string;
  budget: string;
  travel: string;
  daily: string;
  handover: number | null;
  quotas: { name: string; needs: string; most: number | null }[];
}

function valuesOf(inputs: Inputs): Values {
  return {
    currency: inputs.currency, budget: written(inputs.budget, inputs.currency), travel: written(inputs.travel, inputs.currency), daily: written(inputs.daily, inputs.currency),
    handover: inputs.handover, quotas: inputs.quotas.map((one) => ({ name: one.name, needs: [...one.needs, ...one.isco].join(', '), most: one.most })),
  };
}

/** Digits are occupations (ISCO-08), everything else is a reference. */
function quotaOf({ name, needs, most }: Values['quotas'][number]): Inputs['quotas'][number] {
  const words = needs.split(/[\s,،;]+/).filter(Boolean);
  return { name, most: most ?? 0, isco: words.filter((one) => /^\d+$/.test(one)), needs: words.filter((one) => !/^\d+$/.test(one)) };
}

function inputsOf(values: Values, before: Inputs): Inputs {
  const currency = values.currency.trim().toUpperCase();
  const budget = minorOf(values.budget, currency);
  const { budget: _, ...rest } = before;
  return { ...rest, ...(budget === undefined ? {} : { budget }), currency, travel: minorOf(values.travel, currency) ?? 0, daily: minorOf(values.daily, currency) ?? 0,
    handover: values.handover ?? 0, quotas: values.quotas.map(quotaOf) };
}

interface Props {
  id: string;
  inputs: Inputs;
  action: string;
  submit: (inputs: Inputs, key: string) => Promise<unknown>;
}

/** What a proposal has to keep to: money, handovers, quotas of agreements. */
export function Settings({ id, inputs, action, submit }: Props) {
  const form = useForm<Values>({
    id, initial: valuesOf(inputs), submit: (values, key) => submit(inputsOf(values, inputs), key),
    check: (values) => Object.fromEntries((['budget', 'travel', 'daily'] as const).map((name) => [name, Number.isNaN(minorOf(values[name], values.currency)) ? t('proposals.not_an_amount') : undefined])),
  });
  return (
    <FormView form={form} action={action}>
      <Fieldset id={`${id}-money`} label={t('proposals.money')} help={t('proposals.money_help')}>
        <div class="assign-money">
          <TextInput {...form.bind('currency')} label={t('proposals.currency')} code maxLength={3} width="medium" />
          <TextInput {...form.bind('budget')} label={t('proposals.budget')} inputMode="decimal" optional width="medium" code />
          <TextInput {...form.bind('travel')} label={t('proposals.travel')} inputMode="decimal" width="medium" code />
          <TextInput {...form.bind('daily')} label={t('proposals.daily')} inputMode="decimal" width="medium" code />
        </div>
      </Fieldset>
      <NumberInput {...form.bind<number | null>('handover')} label={t('proposals.handover')} help={t('proposals.handover_help')} unit={t('proposals.days_unit')} />
      <RepeatableList {...form.bind<Values['quotas']>('quotas')} label={t('proposals.quotas')} help={t('proposals.quotas_help')} optional most={20} one={t('proposals.quota')} add={t('proposals.quota_add')}
        fresh={() => ({ name: '', needs: '', most: null })}
        row={(_, i) => (
          <div class="assign-money">
            <TextInput {...form.bind(`quotas[${i}].name`)} label={t('proposals.quota_name')} />
            <TextInput {...form.bind(`quotas[${i}].needs`)} label={t('proposals.quota_needs')} code />
            <NumberInput {...form.bind<number | null>(`quotas[${i}].most`)} label={t('proposals.quota_most')} />
          </div>
        )} />
    </FormView>
  );
}
