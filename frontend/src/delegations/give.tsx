// SPDX-License-Identifier: AGPL-3.0-or-later
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { DateInput, Loaded, Section, Select, tell, TextArea } from '../ui';
import type { Colleague } from './types';

const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

/** Puts one's own office into a colleague's hands for some days. */
export function Give({ onGiven }: { onGiven: () => void }) {
  const load = useLoad<List<Colleague>>((signal) => call('GET', '/delegations/colleagues', { signal }), []);
  return (
    <Section title={t('delegations.give')}>
      <Loaded load={load} waiting={t('delegations.loading')}>
        {({ items }) => items.length === 0 ? <p class="muted">{t('delegations.nobody')}</p> : <GiveForm colleagues={items} onGiven={onGiven} />}
      </Loaded>
    </Section>
  );
}

function GiveForm({ colleagues, onGiven }: { colleagues: Colleague[]; onGiven: () => void }) {
  const form = useForm({
    id: 'delegation', initial: { takerId: '', from: days(0), until: days(13), reason: '' },
    submit: async (body, key) => {
      await call('POST', '/delegations', { idempotencyKey: key, body });
      tell(t('delegations.given'));
      form.reset({ takerId: '', from: days(0), until: days(13), reason: '' });
      onGiven();
    },
  });
  return (
    <FormView form={form} action={t('delegations.offer')}>
      <Select {...form.bind('takerId')} label={t('delegations.colleague')} help={t('delegations.colleague_help')} empty={t('delegations.choose')}
        options={colleagues.map((one) => ({ value: one.userId, label: one.name }))} />
      <DateInput {...form.bind('from')} label={t('delegations.from')} />
      <DateInput {...form.bind('until')} label={t('delegations.until')} help={t('delegations.until_help')} />
      <TextArea {...form.bind('reason')} label={t('delegations.reason')} help={t('delegations.reason_help')} maxLength={1000} rows={3} />
    </FormView>
  );
}
