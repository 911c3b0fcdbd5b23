// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import type { Load } from '../api/load';
import { problemOf } from '../api/problem';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { Button, Dialog, Section, TextArea, tell } from '../ui';
import type { EvaluationLink, Placement } from './types';

/** An evaluation without an account: by a link to one plain page, or as a file that came in a mail. */
export function Evaluating({ placement, load }: { placement: Placement; load: Load<Placement> }) {
  const [link, setLink] = useState<EvaluationLink | undefined>();
  const [filing, setFiling] = useState(false);
  const make = async () => {
    try {
      setLink((await call<EvaluationLink>('POST', `/placements/${placement.id}/evaluation-link`)).data);
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  const mail = async () => {
    try {
      load.replace(await call<Placement>('POST', `/placements/${placement.id}/evaluation-mail`, { ifMatch: load.etag }));
      tell(t('placements.link_mailed'));
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  return (
    <Section title={t('placements.evaluating')} lead={t('placements.evaluating_lead')}>
      <div class="clearance-acts">
        <Button onClick={() => void make()}>{t('placements.make_link')}</Button>
        {placement.file?.canMail && <Button onClick={() => void mail()}>{t('placements.mail_link')}</Button>}
        <Button kind="quiet" onClick={() => setFiling(true)}>{t('placements.bring_file')}</Button>
      </div>
      <Dialog open={link !== undefined} title={t('placements.make_link')} onClose={() => setLink(undefined)}>
        <p>{t('placements.link_text', { until: moment(link?.expiresAt ?? new Date().toISOString()) })}</p>
        <p class="evaluation-link" dir="ltr"><code>{link && location.origin + link.link}</code></p>
        <Button kind="primary" onClick={() => void navigator.clipboard.writeText(location.origin + (link?.link ?? '')).then(() => tell(t('placements.link_copied')))}>{t('placements.copy_link')}</Button>
      </Dialog>
      {filing && <Filing placement={placement} load={load} onClose={() => setFiling(false)} />}
    </Section>
  );
}

function Filing({ placement, load, onClose }: { placement: Placement; load: Load<Placement>; onClose: () => void }) {
  const form = useForm<{ text: string }>({
    id: 'evaluation-file',
    initial: { text: '' },
    check: ({ text }) => (text.trim() ? {} : { text: t('placements.file_missing') }),
    submit: async (body) => {
      load.replace(await call<Placement>('POST', `/placements/${placement.id}/evaluation-file`, { body }));
      tell(t('placements.report_kept'));
      onClose();
    },
  });
  return (
    <Dialog open wide title={t('placements.bring_file')} onClose={onClose}>
      <FormView form={form} action={t('placements.send_report')} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        <TextArea {...form.bind('text')} label={t('placements.file_text')} help={t('placements.file_help')} rows={8} maxLength={40000} />
      </FormView>
    </Dialog>
  );
}
