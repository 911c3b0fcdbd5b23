// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { languageName, listed, moment } from '../i18n/format';
import { role } from '../session/session';
import { Bdi, DefinitionList, Icon, Notice, Section, TextArea, tell } from '../ui';
import type { Candidacy, CandidacyFile } from './types';

/** Until when somebody has to decide, or since when that is late. */
export function Due({ candidacy }: { candidacy: Candidacy }) {
  if (!candidacy.decideBy) return null;
  const when = moment(candidacy.decideBy);
  if (candidacy.escalatedAt) return <Notice tone="warning" title={t('selection.late', { when })} />;
  return <p class="muted">{t('selection.due', { when })}{candidacy.deciders.length > 0 && <> {t('selection.deciders', { who: listed(candidacy.deciders) })}</>}</p>;
}

/** What each rule of eligibility found: for whoever decides. */
export function RulesFound({ file }: { file: CandidacyFile }) {
  if (file.rules.length === 0) return null;
  return (
    <Section title={t('selection.rules_found')} lead={t('selection.rules_lead')}>
      <DefinitionList facts={file.rules.map((one) => ({
        term: t(`selection.rule.${one.rule}`, { what: one.what ? languageName(one.what) : '' }),
        value: (
          <>
            <Icon name={one.outcome === 'met' ? 'check' : 'cross'} /> {t(`selection.${one.outcome}`)}
            {(one.asked || one.found) && <span class="muted"> – <Bdi>{t('selection.asked_found', { asked: one.asked || '–', found: one.found || '–' })}</Bdi></span>}
          </>
        ),
      }))} />
    </Section>
  );
}

/** What came of the wish to have a decision looked at again. */
export function Reviews({ file }: { file: CandidacyFile }) {
  if (file.reviews.length === 0) return null;
  return (
    <Section title={t('selection.reviews')}>
      <ol class="timeline">
        {file.reviews.map((one) => (
          <li key={one.askedAt}>
            <p class="timeline-what">{t(`selection.review.${one.outcome}`)}</p>
            <p class="muted small">{moment(one.decidedAt ?? one.askedAt)}</p>
            <p><Bdi>{one.grounds}</Bdi></p>
            {one.words && <p class="timeline-reason"><Bdi>{one.words}</Bdi></p>}
            {one.replayed && <p class="muted">{t(`selection.replayed.${one.replayed}`)}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

interface DoubtProps {
  candidacy: Candidacy;
  file: CandidacyFile;
  load: Load<Candidacy>;
  own?: boolean;
}

/** A doubt about what the person stated: what it is, the reply, and who may do what about it. */
export function Doubt({ candidacy, file, load, own = false }: DoubtProps) {
  const { doubt } = file;
  if (!doubt) return null;
  return (
    <Notice tone="warning" title={t('selection.doubt')}>
      <p><Bdi>{doubt.evidence}</Bdi></p>
      <p>{t(own ? 'selection.doubt_own' : 'selection.doubt_partner', { when: moment(doubt.replyBy) })}</p>
      {doubt.replied && <p><b>{t('selection.replied')}</b> <Bdi>{doubt.reply}</Bdi></p>}
      {own && !doubt.replied && <Said verb="reply" candidacy={candidacy} load={load} />}
      {!own && role.value === 'coordinator' && <Said verb="drop-doubt" candidacy={candidacy} load={load} />}
    </Notice>
  );
}

function Said({ verb, candidacy, load }: { verb: 'reply' | 'drop-doubt'; candidacy: Candidacy; load: Load<Candidacy> }) {
  const reply = verb === 'reply';
  const form = useForm<{ reason: string }>({
    id: verb,
    initial: { reason: '' },
    submit: async (body) => {
      load.replace(await call<Candidacy>('POST', `/candidacies/${candidacy.id}/${verb}`, { ifMatch: `"${candidacy.version}"`, body }));
      tell(t(reply ? 'selection.reply_done' : 'selection.drop_done'));
    },
  });
  return (
    <FormView form={form} action={t(reply ? 'selection.reply' : 'selection.drop')} onReload={load.reload}>
      <TextArea {...form.bind('reason')} label={t(reply ? 'selection.reply_label' : 'needs.reason')} rows={3} maxLength={5000} />
    </FormView>
  );
}
