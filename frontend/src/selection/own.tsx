// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { moment, period } from '../i18n/format';
import { Messages } from '../messages/thread';
import { needPath } from '../needs/words';
import { Bdi, Button, Checkbox, Dialog, LinkButton, Notice, PageHeader, ProblemNotice, Section, tell, TextArea } from '../ui';
import { Aside } from './card';
import { Facts } from './facts';
import { Doubt, Reviews } from './file';
import { Moves } from './moves';
import type { Candidacy } from './types';
import { CandidacyState } from './words';

/** A professional's own candidacy in their list: what it is for, where it stands, what comes next. */
export function OwnRow({ candidacy }: { candidacy: Candidacy }) {
  const { need, status } = candidacy;
  return (
    <li class="person">
      <h2 class="person-name"><a href={`/candidacies/${candidacy.id}`}><Bdi>{need.title}</Bdi></a></h2>
      <p><Bdi>{need.organisation.name}</Bdi></p>
      <p class="person-facts"><CandidacyState candidacy={candidacy} /> <span>{period(candidacy.from, candidacy.to)}</span></p>
      <p>{t(`selection.own.${status}`)}</p>
      {candidacy.answerBy && <p><b>{t('selection.own_by', { when: moment(candidacy.answerBy) })}</b></p>}
      {(candidacy.can.accept || candidacy.can.answer) && <div><LinkButton kind="primary" href={`/candidacies/${candidacy.id}`}>{t('selection.own_answer')}</LinkButton></div>}
    </li>
  );
}

/** A professional's own candidacy: what it means, what comes next, and what they may do. */
export function OwnCandidacy({ candidacy, load }: { candidacy: Candidacy; load: Load<Candidacy> }) {
  const { need, status, can, answerBy } = candidacy;
  return (
    <>
      <PageHeader title={need.title} heading={<Bdi>{need.title}</Bdi>} over={<Bdi>{need.organisation.name}</Bdi>} crumbs={[{ href: '/candidacies', label: t('selection.title.professional') }]}
        facts={<CandidacyState candidacy={candidacy} />} actions={<LinkButton href={needPath(need)}>{t('needs.read')}</LinkButton>} />
      <div class="own" id={`candidacy-${candidacy.id}`} tabIndex={-1}>
        <Notice tone={status === 'accepted' ? 'success' : 'info'} title={t(`selection.status.${status}`)}>
          <p>{t(`selection.own.${status}`)}</p>
          <p>{t(`selection.own_next.${status}`)}</p>
          {candidacy.reasonCode && <p><b>{t(`selection.code.${candidacy.reasonCode}`)}.</b> {t(`selection.code_text.${candidacy.reasonCode}`)}</p>}
          {answerBy && <p><b>{t('selection.own_by', { when: moment(answerBy) })}</b></p>}
        </Notice>
        {candidacy.file && <Doubt own candidacy={candidacy} file={candidacy.file} load={load} />}
        {can.answer && <Answer candidacy={candidacy} load={load} />}
        {can.accept && <Offer candidacy={candidacy} load={load} />}
      </div>
      {candidacy.file && <Reviews file={candidacy.file} />}
      {candidacy.file && <Moves own candidacy={candidacy} file={candidacy.file} load={load} />}
      <Section title={t('selection.facts')}><Facts candidacy={candidacy} /></Section>
      <Messages path={`/candidacies/${candidacy.id}`} record="candidacy" />
      <Aside own candidacy={{ ...candidacy, answerBy: null }} />
      {can.withdraw && <Leave verb="withdraw" candidacy={candidacy} load={load} />}
    </>
  );
}

interface ActProps {
  candidacy: Candidacy;
  load: Load<Candidacy>;
}

function focusHead(candidacy: Candidacy): void {
  requestAnimationFrame(() => document.getElementById(`candidacy-${candidacy.id}`)?.focus());
}

/** Yes or no to being nominated. */
function Answer({ candidacy, load }: ActProps) {
  const [busy, setBusy] = useState<boolean | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const answer = async (accept: boolean) => {
    setBusy(accept);
    setProblem(undefined);
    try {
      load.replace(await call<Candidacy>('POST', `/candidacies/${candidacy.id}/answer`, { ifMatch: `"${candidacy.version}"`, body: { accept } }));
      tell(t(accept ? 'selection.own_done.yes' : 'selection.own_done.no'));
      focusHead(candidacy);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(undefined);
  };
  return (
    <div class="own-act">
      <p>{t('selection.nomination_text', { name: candidacy.association })}</p>
      <div class="form-actions">
        <Button kind="primary" busy={busy === true} onClick={() => void answer(true)}>{t('selection.nomination_yes')}</Button>
        <Button busy={busy === false} onClick={() => void answer(false)}>{t('selection.nomination_no')}</Button>
      </div>
      {problem && <ProblemNotice problem={problem} focus {...(problem.conflict ? { onRetry: load.reload, retry: t('problem.load_newest') } : {})} />}
    </div>
  );
}

/** The offer: a declaration and a yes, or a no. */
function Offer({ candidacy, load }: ActProps) {
  const form = useForm<{ noFee: boolean }>({
    id: 'accept',
    initial: { noFee: false },
    submit: async (body) => {
      load.replace(await call<Candidacy>('POST', `/candidacies/${candidacy.id}/accept`, { ifMatch: `"${candidacy.version}"`, body }));
      tell(t('selection.own_done.accept'));
      focusHead(candidacy);
    },
  });
  return (
    <Section title={t('selection.offer')} lead={t('selection.offer_text')}>
      <FormView form={form} action={t('selection.accept')} onReload={load.reload}>
        <Checkbox {...form.bind<boolean>('noFee')} label={t('selection.no_fee')} help={t('selection.no_fee_help')} />
      </FormView>
      {candidacy.can.decline && <Leave verb="decline" candidacy={candidacy} load={load} />}
    </Section>
  );
}

/** Leaving, with a reason if one likes. */
function Leave({ verb, candidacy, load }: ActProps & { verb: 'decline' | 'withdraw' }) {
  const [open, setOpen] = useState(false);
  const form = useForm<{ reason: string }>({
    id: verb,
    initial: { reason: '' },
    submit: async (body) => {
      const answer = await call<Candidacy>('POST', `/candidacies/${candidacy.id}/${verb}`, { ifMatch: `"${candidacy.version}"`, body });
      setOpen(false);
      load.replace(answer);
      tell(t(`selection.own_done.${verb}`));
      focusHead(candidacy);
    },
  });
  return (
    <div class="own-leave">
      <Button kind={verb === 'decline' ? 'normal' : 'quiet'} onClick={() => setOpen(true)}>{t(`selection.${verb}`)}</Button>
      <Dialog open={open} title={t(`selection.${verb}_title`)} onClose={() => setOpen(false)}>
        <p>{t(`selection.${verb}_text`)}</p>
        <FormView form={form} action={t(`selection.${verb}`)} onReload={load.reload} beside={<Button kind="quiet" onClick={() => setOpen(false)}>{t('selection.stay')}</Button>}>
          <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.leave_help')} optional rows={3} maxLength={5000} />
        </FormView>
      </Dialog>
    </div>
  );
}
