// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLoad } from '../api/load';
import { call, type List } from '../api/call';
import { t } from '../i18n';
import type { Fields } from '../professionals/types';
import { Select } from '../ui';
import { documentHref, papers, type Paper } from './documents';
import { Upload } from './upload';

/** The paper that shows a licence: one that is here already, or a new one. */
export function LicenceDocument({ form, index }: { form: Fields<'licences'>; index: number }) {
  const load = useLoad<List<Paper>>((signal) => call('GET', '/me/documents', { signal }), []);
  const path = `licences[${index}].documentId`;
  const kept = (load.data?.items ?? []).filter((one) => one.kind !== 'cv');
  const chosen = form.values.licences[index]?.documentId ?? '';
  return (
    <div class="licence-document">
      {(kept.length > 0 || chosen) && (
        <Select {...form.bind(path)} label={t('me.licence_document')} help={t('me.licence_document_help')} optional empty={t('me.no_document')} width="full"
          options={kept.map((one) => ({ value: one.id, label: one.name }))} />
      )}
      {chosen && <p><a href={documentHref(chosen)} download>{t('me.file.save')}</a></p>}
      <Upload<Paper> id={`${form.id}-licence-${index}-file`} path="/me/documents" action={t('me.licence_document_send')} accept={papers}
        onDone={(answer) => { form.set(path, answer.data.id); load.reload(); }} />
    </div>
  );
}
