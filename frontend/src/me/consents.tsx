// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, newKey, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { NoticeText, useNotices } from '../joining/notice';
import '../professionals/professionals.css';
import type { Consent, Notice } from '../professionals/types';
import { Button, Dialog, Disclosure, Loaded, PageHeader, ProblemNotice, Status, tell } from '../ui';
import { OwnPages } from './tabs';

/** What the person agreed to, purpose by purpose: each text, and a way to say yes or to take it back. */
export default function ConsentsPage() {
  const consents = useLoad<List<Consent>>((signal) => call('GET', '/me/consents', { signal }), []);
  const notices = useNotices();
  return (
    <>
      <PageHeader title={t('me.consents')} lead={t('me.consents_lead')} />
      <OwnPages current="consents" />
      <Loaded load={notices} waiting={t('me.loading_consents')}>
        {(texts) => (
          <Loaded load={consents} waiting={t('me.loading_consents')}>
            {({ items }) => <ul>{texts.items.map((notice) => <OwnConsent key={notice.purpose} notice={notice} consent={items.find((one) => one.purpose === notice.purpose)} load={consents} />)}</ul>}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

interface Props {
  notice: Notice;
  consent: Consent | undefined;
  load: Load<List<Consent>>;
}

function OwnConsent({ notice, consent, load }: Props) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const active = consent?.status === 'active';
  const due = !active || consent.outdated;
  const act = async (change: () => Promise<unknown>, done: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await change();
      load.replace(await call<List<Consent>>('GET', '/me/consents'));
      tell(t(done));
      requestAnimationFrame(() => document.getElementById(`consent-${notice.purpose}`)?.focus());
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  const give = () => act(() => call('POST', '/me/consents', { body: { purpose: notice.purpose, version: notice.version, language: notice.language }, idempotencyKey: newKey() }), 'me.consent_given');
  const withdraw = () => {
    setAsking(false);
    return act(() => call('DELETE', `/me/consents/${notice.purpose}`), `me.withdrawn.${notice.purpose}`);
  };
  return (
    <li class="consent">
      <h2 id={`consent-${notice.purpose}`} tabIndex={-1}>{notice.title}</h2>
      <Standing consent={consent} />
      {due ? <NoticeText notice={notice} /> : <Disclosure summary={t('me.read_text')}><NoticeText notice={notice} /></Disclosure>}
      {problem && <ProblemNotice problem={problem} focus />}
      <div class="cluster">
        {due && <Button kind="primary" busy={busy} onClick={() => void give()}>{t(consent?.outdated ? 'me.agree_newer' : 'me.agree')}{' '}<span class="hidden">– {notice.title}</span></Button>}
        {active && <Button busy={busy} onClick={() => setAsking(true)}>{t('me.withdraw')}{' '}<span class="hidden">– {notice.title}</span></Button>}
      </div>
      <Dialog open={asking} title={t('me.withdraw_title')} onClose={() => setAsking(false)}
        actions={<><Button kind="danger" onClick={() => void withdraw()}>{t('me.withdraw_now')}</Button><Button kind="quiet" onClick={() => setAsking(false)}>{t('me.keep')}</Button></>}>
        <p><b>{notice.title}</b></p>
        <p>{t(`me.withdraw_effect.${notice.purpose}`)}</p>
      </Dialog>
    </li>
  );
}

function Standing({ consent }: { consent: Consent | undefined }) {
  if (consent?.status === 'active' && consent.givenAt) {
    return <p><Status fit={consent.outdated ? 'partly' : 'met'}>{t(consent.outdated ? 'me.consent.outdated' : 'me.consent.active', { when: moment(consent.givenAt), version: consent.noticeVersion })}</Status></p>;
  }
  if (consent?.withdrawnAt) return <p><Status fit="unknown">{t('me.consent.withdrawn', { when: moment(consent.withdrawnAt) })}</Status></p>;
  return <p><Status fit="unknown">{t('me.consent.none')}</Status></p>;
}
