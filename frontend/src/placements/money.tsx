// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { moment, number } from '../i18n/format';
import { minorOf, money } from '../proposals/money';
import { role } from '../session/session';
import { Button, DefinitionList, Section, tell, TextInput } from '../ui';
import type { File, Placement } from './types';

type Money = NonNullable<File['money']>;

/** What the stay costs the programme, and what of it is paid. */
export function MoneyOf({ placement, sums, load }: { placement: Placement; sums: Money; load: Load<Placement> }) {
  const amount = (minor: number) => money(minor, sums.currency);
  const partner = role.value === 'coordinator';
  return (
    <Section title={t('placements.money')} lead={t('placements.money_lead', { daily: amount(sums.daily), count: sums.days })}>
      <DefinitionList facts={[
        { term: t('placements.allowance'), value: amount(sums.allowance) },
        sums.tiers.length > 0 && { term: t('placements.tiers'), value: sums.tiers.map((one) => (one.days > 0
          ? t('placements.tier', { count: one.days, percent: number(one.percent) }) : t('placements.tier_rest', { percent: number(one.percent) }))).join(' · ') },
        sums.lodged && { term: t('placements.lodged'), value: t('placements.lodged_share', { percent: number(sums.lodgingShare) }) },
        sums.unpaid > 0 && { term: t('placements.unpaid'), value: number(sums.unpaid) },
        { term: t('placements.travel'), value: amount(sums.travel) },
        partner && { term: t('placements.committed'), value: amount(sums.committed) },
        partner && sums.released > 0 && { term: t('placements.released'), value: amount(sums.released) },
        { term: t('placements.paid'), value: amount(sums.paid) },
      ]} />
      {sums.instalments.length > 0 && (
        <ul class="lines">
          {sums.instalments.map((one) => (
            <li key={one.number}>
              {t('placements.instalment', { number: one.number })}: <b>{amount(one.amount)}</b> · {t(`placements.instalment_state.${one.state}`)} <span class="muted">{moment(one.releasedAt ?? one.askedAt)}</span>
              {one.canDecide && <Decide placement={placement} at={one.number} load={load} />}
            </li>
          ))}
        </ul>
      )}
      {sums.canAsk && <Ask placement={placement} currency={sums.currency} load={load} />}
    </Section>
  );
}

function Decide({ placement, at, load }: { placement: Placement; at: number; load: Load<Placement> }) {
  const decide = async (release: boolean) => {
    load.replace(await call<Placement>('POST', `/placements/${placement.id}/instalments/${at}`, { ifMatch: load.etag, body: { release } }));
    tell(t(release ? 'placements.instalment_released' : 'placements.instalment_refused'));
  };
  return (
    <span class="actions">
      <Button small kind="primary" onClick={() => void decide(true)}>{t('placements.instalment_release')}</Button>{' '}
      <Button small onClick={() => void decide(false)}>{t('placements.instalment_refuse')}</Button>
    </span>
  );
}

function Ask({ placement, currency, load }: { placement: Placement; currency: string; load: Load<Placement> }) {
  const form = useForm<{ amount: string }>({
    id: `instalment-${placement.id}`,
    initial: { amount: '' },
    submit: async ({ amount }) => {
      const minor = minorOf(amount, currency);
      load.replace(await call<Placement>('POST', `/placements/${placement.id}/instalments`, { ifMatch: load.etag, body: { amount: Number.isNaN(minor) ? 0 : (minor ?? 0) } }));
      tell(t('placements.instalment_asked'));
    },
  });
  return (
    <FormView form={form} action={t('placements.instalment_ask')} onReload={load.reload}>
      <TextInput {...form.bind('amount')} label={t('placements.instalment_amount', { currency })} help={t('placements.instalment_help')} inputMode="decimal" />
    </FormView>
  );
}
