// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { Checkbox, Loaded, NumberInput, PageHeader, RadioGroup, tell } from '../ui';
import type { SelectionRules } from './types';

/** What the programme asks of a selection: committee, shortlist, references, deadlines, silence. */
export default function RulesPage() {
  const load = useLoad<SelectionRules>((signal) => call('GET', '/selection-rules', { signal }), []);
  return (
    <>
      <PageHeader title={t('selection.rules_title')} lead={t('selection.rules_about')} crumbs={[{ href: '/needs', label: t('needs.title') }]} />
      <Loaded load={load} waiting={t('selection.loading')}>{(data) => <RulesForm key={data.version} rules={data} load={load} />}</Loaded>
    </>
  );
}

const numbers = ['shortlistLeast', 'referencesLeast', 'endorsementDays', 'objectionDays', 'approvalDays'] as const;

function RulesForm({ rules, load }: { rules: SelectionRules; load: Load<SelectionRules> }) {
  const form = useForm<SelectionRules>({
    id: 'selection-rules',
    initial: rules,
    submit: async ({ committee, balanced, shortlistLeast, referencesLeast, endorsementDays, objectionDays, approvalDays, silence }) => {
      const body = { committee, balanced, shortlistLeast, referencesLeast, endorsementDays, objectionDays, approvalDays, silence };
      load.replace(await call<SelectionRules>('PUT', '/selection-rules', { ifMatch: `"${rules.version}"`, body }));
      tell(t('selection.rules_saved'));
    },
  });
  return (
    <FormView form={form} action={t('selection.rules_save')} onReload={load.reload}>
      <Checkbox {...form.bind<boolean>('committee')} label={t('selection.rules_committee')} help={t('selection.rules_committee_help')} />
      <Checkbox {...form.bind<boolean>('balanced')} label={t('selection.rules_balanced')} help={t('selection.rules_balanced_help')} />
      {numbers.map((one) => <NumberInput key={one} {...form.bind<number | null>(one)} label={t(`selection.rules_${one}`)} />)}
      <RadioGroup {...form.bind('silence')} label={t('selection.rules_silence')} help={t('selection.rules_silence_help')}
        options={['escalate', 'remind'].map((one) => ({ value: one, label: t(`selection.silence.${one}`) }))} />
    </FormView>
  );
}
