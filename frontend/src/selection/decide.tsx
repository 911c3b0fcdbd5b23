// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, type Answer } from '../api/call';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { Button, Dialog, TextArea, tell } from '../ui';
import type { Candidacy } from './types';
import { nameOf } from './words';

type Verb = 'endorse' | 'no-objection' | 'approve' | 'dismiss';

interface Choice {
  verb: Verb;
  decision: 'yes' | 'no';
}

interface Props {
  candidacy: Candidacy;
  onChanged: (answer: Answer<Candidacy>) => void;
  onReload: () => void;
}

/** The decision that is the reader's to take, as a yes and a no; each asks for its reason. */
export function Decide({ candidacy, onChanged, onReload }: Props) {
  const [choice, setChoice] = useState<Choice | undefined>();
  const { can } = candidacy;
  const verb: Verb | undefined = can.endorse ? 'endorse' : can.object ? 'no-objection' : can.approve ? 'approve' : undefined;
  if (!verb && !can.dismiss) return null;
  const name = nameOf(candidacy.person);
  return (
    <div class="cluster decide">
      {verb && <Button kind="primary" onClick={() => setChoice({ verb, decision: 'yes' })}>{t(`selection.act.${verb}.yes`)}<span class="hidden"> {name}</span></Button>}
      {verb && <Button onClick={() => setChoice({ verb, decision: 'no' })}>{t(`selection.act.${verb}.no`)}<span class="hidden"> {name}</span></Button>}
      {can.dismiss && <Button onClick={() => setChoice({ verb: 'dismiss', decision: 'no' })}>{t('selection.act.dismiss.no')}<span class="hidden"> {name}</span></Button>}
      {choice && <DecisionDialog key={`${choice.verb} ${choice.decision}`} choice={choice} candidacy={candidacy} onChanged={onChanged} onReload={onReload} onClose={() => setChoice(undefined)} />}
    </div>
  );
}

function DecisionDialog({ choice: { verb, decision }, candidacy, onChanged, onReload, onClose }: Props & { choice: Choice; onClose: () => void }) {
  const name = nameOf(candidacy.person);
  const form = useForm<{ reason: string }>({
    id: `decide-${verb}`,
    initial: { reason: '' },
    submit: async ({ reason }) => {
      const body = verb === 'dismiss' ? { reason } : { decision, reason };
      const answer = await call<Candidacy>('POST', `/candidacies/${candidacy.id}/${verb}`, { ifMatch: `"${candidacy.version}"`, body });
      onClose();
      onChanged(answer);
      tell(t(`selection.done.${verb}.${decision}`, { name }));
      // The buttons are gone; go on where the decision now stands.
      requestAnimationFrame(() => document.getElementById(`candidacy-${candidacy.id}`)?.focus());
    },
  });
  return (
    <Dialog open title={t(`selection.ask.${verb}.${decision}`, { name })} onClose={onClose}>
      <p>{t(`selection.ask_text.${verb}.${decision}`)}</p>
      <FormView form={form} action={t(`selection.act.${verb}.${decision}`)} onReload={onReload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />
      </FormView>
    </Dialog>
  );
}
