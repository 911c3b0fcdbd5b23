// SPDX-License-Identifier: AGPL-3.0-or-later
import { call, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf } from '../api/problem';
import { FormView, useForm } from '../form';
import { language, languages, t } from '../i18n';
import { date, languageName, listed } from '../i18n/format';
import { OwnPages } from '../me/tabs';
import type { Professional } from '../professionals/types';
import { Badge, Bdi, Button, CheckboxGroup, Empty, LinkButton, Loaded, PageHeader, Section, Select, TextArea, TextInput, tell } from '../ui';
import './evidence.css';
import type { Case, Confirmation, Reference, Referees } from './types';
import { StateBadge } from './verification';

/** What stands behind the person's skills and credentials, and whom they ask. */
export default function RefereesPage() {
  const load = useLoad<Referees>((signal) => call('GET', '/me/referees', { signal }), []);
  const profile = useLoad<Professional>((signal) => call('GET', '/me/professional', { signal }), []);
  const cases = useLoad<List<Case>>((signal) => call('GET', '/verifications', { signal }), []);
  return (
    <>
      <PageHeader title={t('evidence.referees')} lead={t('evidence.referees_lead')} />
      <OwnPages current="referees" />
      <Loaded load={load} waiting={t('evidence.loading_referees')}>
        {(all) => (
          <>
            <Section title={t('evidence.confirmed')}>
              {all.confirmations.filter((one) => !one.revokedAt).length === 0 ? <p class="muted">{t('evidence.confirmed_none')}</p>
                : <ul class="question-list">{all.confirmations.filter((one) => !one.revokedAt).map((one, i) => <li key={i}><Confirmed one={one} /></li>)}</ul>}
            </Section>
            <Section title={t('evidence.ask')} lead={t('evidence.ask_lead')}>
              <Loaded load={profile} waiting={t('evidence.loading_referees')}>{(own) => own.skills.length === 0
                ? <Empty title={t('evidence.no_skills')} action={<LinkButton href="/me">{t('evidence.to_profile')}</LinkButton>} />
                : <Ask key={all.items.length} profile={own} onAsked={load.reload} />}</Loaded>
            </Section>
            {all.items.length > 0 && (
              <Section title={t('evidence.asked')}>
                <ul class="question-list">{all.items.map((one) => <li key={one.id}><Question one={one} load={load} /></li>)}</ul>
              </Section>
            )}
          </>
        )}
      </Loaded>
      <Section title={t('evidence.my_cases')} lead={t('evidence.my_cases_lead')}>
        <Loaded load={cases} waiting={t('evidence.loading_cases')}>
          {({ items }) => items.length === 0 ? <p class="muted">{t('evidence.my_cases_none')}</p>
            : <ul class="question-list">{items.map((one) => <li key={one.id}><p><a href={`/verifications/${one.id}`}><Bdi>{one.issuer || one.title}</Bdi></a> <StateBadge state={one.state} /></p></li>)}</ul>}
        </Loaded>
      </Section>
    </>
  );
}

function Confirmed({ one }: { one: Confirmation }) {
  return (
    <>
      <p><b><Bdi>{one.label}</Bdi></b> <Badge tone="good">{t(`evidence.kind.${one.kind}`)}</Badge></p>
      <p class="small"><Bdi>{one.by}</Bdi> · {t(`evidence.relation.${one.relation}`)}{one.seenUntil && ` · ${t('evidence.seen', { date: date(one.seenUntil) })}`}</p>
      {one.comment && <p class="small" dir="auto">{one.comment}</p>}
    </>
  );
}

function Question({ one, load }: { one: Reference; load: Load<Referees> }) {
  const revoke = async () => {
    try {
      await call('DELETE', `/me/referees/${one.id}`);
      load.reload();
      tell(t('evidence.is_revoked'));
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  const tone = one.state === 'answered' ? 'good' : one.state === 'sent' ? 'accent' : undefined;
  return (
    <>
      <p><b><Bdi>{one.name}</Bdi></b> <Badge tone={tone}>{t(`evidence.request.${one.state}`)}</Badge></p>
      <p class="muted small"><span dir="ltr">{one.email}</span>{one.state === 'sent' && ` · ${t('evidence.until_link', { date: date(one.expiresAt.slice(0, 10)) })}`}</p>
      <p class="small"><Bdi>{listed(one.skills.map((skill) => skill.label))}</Bdi></p>
      {one.state !== 'revoked' && <Button kind="quiet" small onClick={() => void revoke()}>{t('evidence.revoke')}<span class="hidden"> {one.name}</span></Button>}
    </>
  );
}

interface Draft {
  name: string;
  email: string;
  locale: string;
  message: string;
  skills: string[];
}

function Ask({ profile, onAsked }: { profile: Professional; onAsked: () => void }) {
  const form = useForm<Draft>({
    id: 'referee',
    initial: { name: '', email: '', locale: language.peek(), message: '', skills: [] },
    submit: (values, key) => call('POST', '/me/referees', { idempotencyKey: key, body: { ...values, skills: values.skills.map((at) => ({ concept: profile.skills[Number(at)]?.concept, label: profile.skills[Number(at)]?.label })) } }).then(() => { tell(t('evidence.is_asked')); onAsked(); }),
  });
  return (
    <FormView form={form} action={t('evidence.ask_now')}>
      <TextInput {...form.bind('name')} label={t('evidence.referee_name')} maxLength={200} />
      <TextInput {...form.bind('email')} type="email" label={t('evidence.referee_email')} maxLength={254} />
      <Select {...form.bind('locale')} label={t('evidence.referee_language')} options={languages.map((one) => ({ value: one, label: languageName(one) }))} />
      <CheckboxGroup {...form.bind<string[]>('skills')} label={t('evidence.which_skills')} options={profile.skills.map((one, i) => ({ value: String(i), label: one.label }))} />
      <TextArea {...form.bind('message')} label={t('evidence.message')} optional rows={3} maxLength={1000} />
    </FormView>
  );
}
