// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { date } from '../i18n/format';
import { Bdi, CheckboxGroup, Disclosure, Loaded, NumberInput, PageHeader, RadioGroup, Section, tell } from '../ui';
import { SelectionTabs } from './rules';
import type { ApprovalChain } from './types';

type Row = Omit<ApprovalChain['steps'][number], 'working' | 'approvers'> & { working: string; approvers: string[] };

/** Who decides about a person, until when, and what follows when nobody does. */
export default function ChainPage() {
  const load = useLoad<ApprovalChain>((signal) => call('GET', '/approval-chain', { signal }), []);
  return (
    <>
      <PageHeader title={t('selection.chain_title')} lead={t('selection.chain_about')} crumbs={[{ href: '/needs', label: t('needs.title') }]} />
      <SelectionTabs current="chain" />
      <Loaded load={load} waiting={t('selection.loading')}>{(data) => <ChainForm key={data.version} chain={data} load={load} />}</Loaded>
    </>
  );
}

function ChainForm({ chain, load }: { chain: ApprovalChain; load: Load<ApprovalChain> }) {
  const form = useForm<{ steps: Row[] }>({
    id: 'approval-chain',
    initial: { steps: chain.steps.map((one) => ({ ...one, working: String(one.working), approvers: one.approvers.map((person) => person.userId) })) },
    submit: async ({ steps }) => {
      const body = { steps: steps.map(({ step, days, working, silence, approvers }) => ({ step, days, working: working === 'true', silence, approvers })) };
      load.replace(await call<ApprovalChain>('PUT', '/approval-chain', { ifMatch: `"${chain.version}"`, body }));
      tell(t('selection.chain_saved'));
    },
  });
  return (
    <div class="stack">
      <p class="muted">{chain.at ? t('selection.chain_set', { version: chain.version, name: chain.by, day: date(chain.at.slice(0, 10)) }) : t('selection.chain_usual')}</p>
      <FormView form={form} action={t('selection.chain_save')} onReload={load.reload}>
        {chain.steps.map((one, i) => (
          <Section key={one.step} title={t(`selection.chain_step.${one.step}`)} lead={t(`selection.chain_step_lead.${one.step}`)}>
            <NumberInput {...form.bind<number | null>(`steps[${i}].days`)} label={t('selection.chain_days')} />
            <RadioGroup {...form.bind(`steps[${i}].working`)} label={t('selection.chain_counted')} inline
              options={['false', 'true'].map((kind) => ({ value: kind, label: t(`selection.chain_working.${kind}`) }))} />
            <RadioGroup {...form.bind(`steps[${i}].silence`)} label={t('selection.rules_silence')} help={t('selection.rules_silence_help')}
              options={['escalate', 'remind'].map((rule) => ({ value: rule, label: t(`selection.silence.${rule}`) }))} />
            <Disclosure summary={named(form.bind<string[]>(`steps[${i}].approvers`).value, one)}>
              <CheckboxGroup {...form.bind<string[]>(`steps[${i}].approvers`)} label={t('selection.chain_approvers')} help={t('selection.chain_approvers_help')}
                options={one.candidates.map((person) => ({ value: person.userId, label: person.name, hint: person.organisation }))} />
            </Disclosure>
          </Section>
        ))}
      </FormView>
    </div>
  );
}

function named(chosen: string[], { step, candidates }: ApprovalChain['steps'][number]) {
  const names = candidates.filter((one) => chosen.includes(one.userId)).map((one) => one.name);
  return names.length === 0 ? t(`selection.chain_any.${step}`) : <>{t('selection.chain_only')} <Bdi>{names.join(', ')}</Bdi></>;
}
