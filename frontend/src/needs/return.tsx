// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm, type Form } from '../form';
import { t } from '../i18n';
import { ActionBar, Bdi, Button, Dialog, TextArea, tell } from '../ui';
import { fieldName } from './fields';
import type { Commenting } from './remarks';
import type { Need, Remark } from './types';

interface Values {
  reason: string;
  comments: Record<string, string>;
}

export interface Returning {
  form: Form<Values>;
  commenting: Commenting;
  remarks: Remark[];
  reload: () => void;
}

/** Comments gathered while reading; they stay on the device until they are sent. */
export function useReturn(need: Need, load: Load<Need>, onDone: () => void): Returning {
  const form = useForm<Values>({
    id: `return-${need.id}`,
    draft: true,
    version: load.etag,
    initial: { reason: '', comments: {} },
    check: (values) => (remarksOf(values).length === 0 ? { comments: t('needs.return_nothing') } : {}),
    submit: async (values) => {
      const body = { reason: values.reason.trim(), comments: remarksOf(values) };
      load.replace(await call<Need>('POST', `/needs/${need.id}/return`, { ifMatch: load.etag, body }));
      tell(t('needs.done.return'));
      onDone();
    },
  });
  const commenting = { comments: form.values.comments, set: (field: string, text: string) => form.set(`comments.${field}`, text) };
  return { form, commenting, remarks: remarksOf(form.values), reload: load.reload };
}

/** The comments that say something. */
export function remarksOf({ comments }: Values): Remark[] {
  return Object.entries(comments).filter(([, text]) => text.trim() !== '').map(([field, text]) => ({ field, text: text.trim() }));
}

/** Counts the comments while one reads, and sends them. */
export function ReturnBar({ returning, onStop }: { returning: Returning; onStop: () => void }) {
  const [open, setOpen] = useState(false);
  const { form, remarks } = returning;
  return (
    <ActionBar label={t('needs.return')}>
      <p>{t('needs.comments', { count: remarks.length })}</p>
      <Button kind="quiet" onClick={onStop}>{t('needs.return_stop')}</Button>
      <Button kind="primary" disabled={remarks.length === 0} onClick={() => setOpen(true)}>{t('needs.return_review')}</Button>
      <Dialog open={open} wide title={t('needs.return')} onClose={() => setOpen(false)}>
        <dl class="comments">
          {remarks.map((one) => <div key={one.field}><dt>{fieldName(one.field)}</dt><dd><Bdi>{one.text}</Bdi></dd></div>)}
        </dl>
        <FormView form={form} action={t('needs.act.return')} onReload={returning.reload} beside={<Button kind="quiet" onClick={() => setOpen(false)}>{t('needs.return_on')}</Button>}>
          <TextArea {...form.bind('reason')} label={t('needs.return_reason')} help={t('needs.return_reason_help')} optional rows={3} />
        </FormView>
      </Dialog>
    </ActionBar>
  );
}
