// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { FormView, useForm } from '../form';
import { language, languages, speak, t } from '../i18n';
import { Upload } from '../me/upload';
import { chosenLanguage } from '../shell/language';
import { Bdi, Button, Loaded, Notice, PageHeader, ProblemNotice, Section, tell } from '../ui';
import { OrganisationFields, Remarked } from './fields';
import { StateBadge, Told } from './told';
import type { Application, Text } from './types';

/** Where an application stands, for the first officer, by the link of a mail. */
export default function ApplicationPage() {
  const [token] = useState(() => location.hash.replace(/^#/, ''));
  const load = useLoad<Application>((signal) => call('POST', '/application/open', { body: { token }, signal, anonymous: true }), [token]);
  const { data, problem } = load;
  useEffect(() => {
    const wanted = languages.find((one) => one === data?.locale);
    if (wanted && !chosenLanguage() && wanted !== language.peek()) void speak(wanted);
  }, [data?.locale]);
  if (problem && [404, 409, 422].includes(problem.status)) {
    return <><PageHeader title={t('partners.application')} /><Notice tone="warning" focus title={t('partners.link_over')}>{problem.text}</Notice></>;
  }
  return (
    <>
      <PageHeader title={t('partners.application')} lead={data && <Bdi>{data.name}</Bdi>} />
      <Loaded load={load} waiting={t('partners.loading')}>{(one) => <Standing one={one} load={load} token={token} />}</Loaded>
    </>
  );
}

function Standing({ one, load, token }: { one: Application; load: Load<Application>; token: string }) {
  const open = one.state === 'APPLIED' || one.state === 'RETURNED';
  return (
    <>
      <p><StateBadge state={one.state} /></p>
      {one.state === 'APPLIED' && <Notice tone="info" title={t('partners.being_looked_at')}>{t(one.papers.length > 0 ? 'partners.being_looked_at_text' : 'partners.papers_first')}</Notice>}
      {one.state === 'RETURNED' && <Notice tone="warning" title={t('partners.returned')}><Bdi>{one.reason}</Bdi></Notice>}
      {one.state === 'CLOSED' && <Notice tone="warning" title={t('partners.refused')}><Bdi>{one.reason}</Bdi></Notice>}
      {one.state === 'APPROVED' && <Notice tone="info" title={t('partners.approved')}>{t(one.invited ? 'partners.approved_text' : 'partners.approved_listed')}</Notice>}
      {(open || one.papers.length > 0) && <Papers one={one} load={load} token={token} open={open} />}
      {one.can.some((step) => step.name === 'resend') ? <Mend key={one.version} one={one} load={load} token={token} /> : <Section title={t('partners.what_you_said')}><Told one={one} /></Section>}
    </>
  );
}

function Papers({ one, load, token, open }: { one: Application; load: Load<Application>; token: string; open: boolean }) {
  const [problem, setProblem] = useState<Problem | undefined>();
  const remove = async (paper: string) => {
    setProblem(undefined);
    try {
      await call('POST', '/application/papers/remove', { body: { token, paper }, anonymous: true });
      tell(t('partners.paper_removed'));
      load.reload();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  return (
    <Section title={t('partners.field.papers')} lead={open ? t('partners.papers_lead') : undefined}>
      {problem && <ProblemNotice problem={problem} focus />}
      <Remarked remarks={one.state === 'RETURNED' ? one.remarks : []} field="papers" />
      {one.papers.length > 0 && (
        <ul class="ledger">
          {one.papers.map((paper) => (
            <li key={paper.id} class="ledger-row">
              <span class="ledger-link"><Bdi>{paper.name}</Bdi></span>
              {open && <Button small kind="quiet" onClick={() => void remove(paper.id)}>{t('partners.remove')}<span class="hidden"> {paper.name}</span></Button>}
            </li>
          ))}
        </ul>
      )}
      {open && <Upload id="paper" path="/application/papers" action={t('partners.add_paper')} accept=".pdf,.jpg,.jpeg,.png,.docx,.odt" link={token} onDone={() => { tell(t('partners.paper_added')); load.reload(); }} />}
    </Section>
  );
}

function Mend({ one, load, token }: { one: Application; load: Load<Application>; token: string }) {
  const { kind, name, country, place, website, summary, officerName, referees } = one;
  const form = useForm<Text>({
    id: 'application',
    initial: { kind, name, country, place, website, summary, officerName, referees },
    submit: async (values) => {
      load.replace(await call<Application>('POST', '/application/resend', { ifMatch: `"${one.version}"`, body: { ...values, locale: one.locale, token }, anonymous: true }));
      tell(t('partners.sent_again'));
    },
  });
  return (
    <Section title={t('partners.mend')}>
      <FormView form={form} action={t('partners.send_again')} onReload={load.reload}><OrganisationFields form={form} remarks={one.remarks} /></FormView>
    </Section>
  );
}
