// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { call } from '../api/call';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import { Bdi, Button, DateInput, Dialog, Fieldset, Select, Status, TextArea, tell } from '../ui';
import { choose } from './chosen';
import { proposedDays } from './reasons';
import type { Candidate } from './types';

interface Values {
  people: { pseudonym: string; from: string; to: string; position: string }[];
  reason: string;
  balanceReason: string;
}

interface Props {
  need: Need;
  /** The version of the need that the ranking was made for. */
  version: number;
  people: readonly Candidate[];
  onClose: () => void;
  onReload: () => void;
}

/** Puts the chosen people before the host, with the days that each would come and the reason. */
export function ShortlistDialog({ need, version, people, onClose, onReload }: Props) {
  const { route } = useLocation();
  const form = useForm<Values>({
    id: 'shortlist',
    initial: { people: people.map((one) => ({ pseudonym: one.person, ...proposedDays(need, one.summary), position: '' })), reason: '', balanceReason: '' },
    submit: (values, key) => call('POST', `/needs/${need.id}/shortlist`, { body: values, ifMatch: `"${version}"`, idempotencyKey: key }),
  });
  const send = async (event?: Event) => {
    const done = await form.submit(event);
    if (done) {
      choose(need.reference, []);
      tell(t('ranking.shortlisted', { count: people.length }));
      route(needPath(need, '/shortlist'));
    }
    return done;
  };
  return (
    <Dialog open wide title={t('ranking.shortlist_title', { count: people.length })} onClose={onClose}>
      <p>{t('ranking.shortlist_text')}</p>
      <Rules count={people.length} most={need.programme.shortlistMost} />
      <FormView form={{ ...form, submit: send }} action={t('ranking.shortlist_act')} onReload={onReload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {people.map((one, i) => (
          <Fieldset key={one.person} id={form.bind(`people[${i}].pseudonym`).id} error={form.errors[`people[${i}].pseudonym`]} label={t('ranking.person_with', { person: one.person, occupation: one.summary.occupationTitle })}>
            <div class="form-row">
              <DateInput {...form.bind(`people[${i}].from`)} label={t('ranking.from')} min={need.startsOn} max={need.endsOn} />
              <DateInput {...form.bind(`people[${i}].to`)} label={t('ranking.to')} min={need.startsOn} max={need.endsOn} />
            </div>
            {need.posts.length > 0 && <Select {...form.bind(`people[${i}].position`)} label={t('selection.position_label')} options={need.posts.map((post) => ({ value: post.id, label: post.title }))} empty={t('selection.position_own')} optional />}
          </Fieldset>
        ))}
        <TextArea {...form.bind('reason')} label={t('ranking.shortlist_reason')} help={t('ranking.shortlist_reason_help')} rows={3} maxLength={5000} />
        {(people.length < 2 || form.errors['balanceReason']) && (
          <TextArea {...form.bind('balanceReason')} label={t('ranking.shortlist_balance')} help={t('ranking.shortlist_balance_help')} rows={2} maxLength={5000} />
        )}
      </FormView>
      <p class="muted small"><Bdi>{need.organisation.name}</Bdi></p>
    </Dialog>
  );
}

/** What a shortlist should be: neither one person nor a crowd, and balanced; what the ranking cannot know is for people to see to. */
function Rules({ count, most }: { count: number; most: number }) {
  return (
    <ul class="rules">
      <li><Status fit={count >= 2 ? 'met' : 'partly'}>{t('ranking.rule.size', { count, most })}</Status><span>{t(count >= 2 ? 'ranking.rule.size_good' : 'ranking.rule.size_one')}</span></li>
      <li><Status fit="unknown">{t('ranking.rule.balance')}</Status><span>{t('ranking.rule.balance_text')}</span></li>
    </ul>
  );
}
