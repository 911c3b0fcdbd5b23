// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { Checkbox, Loaded, NumberInput, PageHeader, tell, Views } from '../ui';
import type { SelectionRules } from './types';

/** The two pages of how a programme chooses. */
export function SelectionTabs({ current }: { current: 'rules' | 'chain' }) {
  return <Views label={t('selection.rules_title')} current={current} views={[
    { id: 'rules', href: '/selection-rules', label: t('selection.rules_tab') }, { id: 'chain', href: '/approval-chain', label: t('selection.chain_title') },
  ]} />;
}

/** What the programme asks of a selection: committee, shortlist, references. */
export default function RulesPage() {
  const load = useLoad<SelectionRules>((signal) => call('GET', '/selection-rules', { signal }), []);
  return (
    <>
      <PageHeader title={t('selection.rules_title')} lead={t('selection.rules_about')} crumbs={[{ href: '/needs', label: t('needs.title') }]} />
      <SelectionTabs current="rules" />
      <Loaded load={load} waiting={t('selection.loading')}>{(data) => <RulesForm key={data.version} rules={data} load={load} />}</Loaded>
    </>
  );
}

const numbers = ['shortlistLeast', 'referencesLeast'] as const;

function RulesForm({ rules, load }: { rules: SelectionRules; load: Load<SelectionRules> }) {
  const form = useForm<SelectionRules>({
    id: 'selection-rules',
    initial: rules,
    submit: async ({ committee, balanced, shortlistLeast, referencesLeast }) => {
      const body = { committee, balanced, shortlistLeast, referencesLeast };
      load.replace(await call<SelectionRules>('PUT', '/selection-rules', { ifMatch: `"${rules.version}"`, body }));
      tell(t('selection.rules_saved'));
    },
  });
  return (
    <FormView form={form} action={t('selection.rules_save')} onReload={load.reload}>
      <Checkbox {...form.bind<boolean>('committee')} label={t('selection.rules_committee')} help={t('selection.rules_committee_help')} />
      <Checkbox {...form.bind<boolean>('balanced')} label={t('selection.rules_balanced')} help={t('selection.rules_balanced_help')} />
      {numbers.map((one) => <NumberInput key={one} {...form.bind<number | null>(one)} label={t(`selection.rules_${one}`)} />)}
    </FormView>
  );
}
