// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { language, t } from '../i18n';
import { LanguageSwitch } from '../shell/language';
import { Button, Loaded, PageHeader, Section, Select, tell } from '../ui';
import './notices.css';
import { frequencies, type NoticeChoice, type Notifications } from './types';

interface Values {
  timeZone: string;
  quietFrom: string;
  quietTo: string;
  digestHour: string;
  choices: Record<string, string>;
}

/** Of what one is told, how soon and at which hours. */
export default function NotificationsPage() {
  const load = useLoad<Notifications>((signal) => call('GET', '/me/notifications', { query: { language: language.value }, signal }), [language.value]);
  return (
    <>
      <PageHeader title={t('notices.choose')} lead={t('notices.choose_lead')} crumbs={[{ href: '/notices', label: t('notices.title') }]} />
      <Loaded load={load} waiting={t('notices.choose_loading')}>{(one) => <Choosing key={load.etag} set={one} load={load} />}</Loaded>
    </>
  );
}

function Choosing({ set, load }: { set: Notifications; load: Load<Notifications> }) {
  const form = useForm<Values>({
    id: 'notifications',
    initial: {
      timeZone: set.timeZone, quietFrom: String(set.quietFrom), quietTo: String(set.quietTo), digestHour: String(set.digestHour),
      choices: Object.fromEntries(set.choices.map((one) => [one.kind, one.frequency])),
    },
    submit: async ({ timeZone, quietFrom, quietTo, digestHour, choices }) => {
      load.replace(await call<Notifications>('PUT', '/me/notifications', {
        ifMatch: load.etag,
        query: { language: language.peek() },
        body: { timeZone, quietFrom: Number(quietFrom), quietTo: Number(quietTo), digestHour: Number(digestHour), choices: set.choices.map(({ kind }) => ({ kind, frequency: choices[kind] })) },
      }));
      tell(t('notices.chosen'));
    },
  });
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <FormView form={form} action={t('notices.keep')}>
      <Section title={t('notices.where')}>
        <p>{t('notices.to')} <b dir="ltr" class="mail-to">{set.email}</b></p>
        <p class="muted">{t('notices.language')}</p>
        <LanguageSwitch />
      </Section>
      <Section title={t('notices.when')} lead={t('notices.when_lead')}>
        <Select {...form.bind('timeZone')} label={t('notices.zone')} options={zones(form.values.timeZone).map((one) => ({ value: one, label: one.replaceAll('_', ' ') }))} />
        {here && here !== form.values.timeZone && <p><Button kind="quiet" small onClick={() => form.set('timeZone', here)}>{t('notices.zone_here', { zone: here.replaceAll('_', ' ') })}</Button></p>}
        <div class="hours">
          <Select {...form.bind('digestHour')} label={t('notices.digest_hour')} options={hours} width="short" />
          <Select {...form.bind('quietFrom')} label={t('notices.quiet_from')} options={hours} width="short" />
          <Select {...form.bind('quietTo')} label={t('notices.quiet_to')} options={hours} width="short" />
        </div>
      </Section>
      {[...new Set(set.choices.map((one) => one.group))].map((group) => (
        <Section key={group} title={t(`notices.group.${group}`)} lead={group === 'searches' ? t('notices.searches_lead') : undefined}>
          <div class="choices">{set.choices.filter((one) => one.group === group).map((one) => <Choice key={one.kind} choice={one} value={form.values.choices[one.kind] ?? one.frequency} onChange={(value) => form.set('choices', { ...form.values.choices, [one.kind]: value })} />)}</div>
        </Section>
      ))}
      <p class="muted small">{t('notices.always')}</p>
    </FormView>
  );
}

function Choice({ choice, value, onChange }: { choice: NoticeChoice; value: string; onChange: (value: string) => void }) {
  return (
    <div class="choice">
      <Select id={`choice-${choice.kind}`} label={choice.label} value={value} onChange={onChange} options={frequencies.map((one) => ({ value: one, label: t(`notices.frequency.${one}`) }))} />
    </div>
  );
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }));

/** The zones that the browser knows, and the chosen one in any case. */
function zones(chosen: string): string[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set(['UTC', chosen, ...known])].filter(Boolean).sort();
}
