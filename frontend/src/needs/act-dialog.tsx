// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { nameIn, optionsOf, useLists } from '../taxonomy/taxonomy';
import { Button, DateInput, Dialog, Select, TextArea, TextInput, tell } from '../ui';
import type { Need } from './types';

export type ActName = 'validate' | 'approve' | 'reject' | 'publish' | 'extend' | 'close' | 'reopen' | 'cancel' | 'suspend' | 'resume' | 'standDown' | 'closeOut';

interface Act {
  reason?: 'needed' | 'optional';
  opens?: boolean;
  closes?: boolean;
  danger?: boolean;
  /** It cannot be taken back: the reference has to be typed. */
  typed?: boolean;
}

/** What each step asks for. The server has the last word. */
export const acts: Record<ActName, Act> = {
  validate: { reason: 'optional' },
  approve: { reason: 'optional' },
  reject: { reason: 'needed', danger: true },
  publish: { opens: true, closes: true },
  extend: { closes: true, reason: 'needed' },
  close: { reason: 'needed' },
  reopen: { opens: true, closes: true, reason: 'needed' },
  cancel: { reason: 'needed', danger: true, typed: true },
  suspend: { reason: 'needed' },
  resume: {},
  standDown: { reason: 'needed', danger: true, typed: true },
  closeOut: { reason: 'optional' },
};

/** The step as the address of the server spells it. */
function verbOf(act: ActName): string {
  return act.replace(/[A-Z]/g, (one) => `-${one.toLowerCase()}`);
}

interface Values {
  reason: string;
  opensOn: string;
  closesOn: string;
  language: string;
  typed: string;
}

/** Asks what a step needs, and takes it. */
export function ActDialog({ act, need, load, onClose }: { act: ActName; need: Need; load: Load<Need>; onClose: () => void }) {
  const asks = acts[act];
  const lists = useLists().data;
  const form = useForm<Values>({
    id: `act-${act}`,
    initial: { reason: '', opensOn: '', closesOn: act === 'extend' ? need.closesOn : '', language: need.language, typed: '' },
    check: (values) => (asks.typed && values.typed.trim() !== need.reference ? { typed: t('needs.type_reference_wrong', { reference: need.reference }) } : {}),
    submit: async (values) => {
      load.replace(await call<Need>('POST', `/needs/${need.id}/${verbOf(act)}`, { ifMatch: load.etag, body: bodyOf(asks, values) }));
      tell(t(`needs.done.${act}`));
      onClose();
    },
  });
  const needed = asks.reason === 'needed' || (act === 'validate' && need.outOfPriority);
  // What was typed stays; the page behind shows the newest version.
  const reload = () => {
    load.reload();
    tell(t('needs.reloaded'));
  };
  return (
    <Dialog open title={t(`needs.ask.${act}`)} onClose={onClose}>
      <p>{t(`needs.ask_text.${act}`)}</p>
      <FormView form={form} action={t(`needs.act.${act}`)} onReload={reload} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        {asks.opens && <DateInput {...form.bind('opensOn')} label={t('needs.call_opens')} help={t('needs.opens_help')} optional />}
        {asks.closes && <DateInput {...form.bind('closesOn')} label={t('needs.call_closes')} help={t('needs.closes_help')} max={need.startsOn} />}
        {asks.opens && (
          <Select {...form.bind('language')} label={t('needs.notice_language')} help={t('needs.notice_language_help', { language: nameIn(lists?.languages, need.language) })}
            options={optionsOf(lists?.languages)} />
        )}
        {asks.reason && <TextArea {...form.bind('reason')} label={t('needs.reason')} optional={!needed} rows={3}
          help={t(act === 'validate' && need.outOfPriority ? 'needs.reason_priority' : 'needs.reason_help')} />}
        {asks.typed && <TextInput {...form.bind('typed')} code label={t('needs.type_reference')} help={need.reference} width="medium" />}
      </FormView>
    </Dialog>
  );
}

function bodyOf(asks: Act, values: Values) {
  return {
    ...(asks.reason ? { reason: values.reason.trim() } : {}),
    ...(asks.opens ? { opensOn: values.opensOn, languages: values.language ? [values.language] : [] } : {}),
    ...(asks.closes ? { closesOn: values.closesOn } : {}),
  };
}
