// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import type { Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { DateInput, Section, tell } from '../ui';
import type { Candidacy } from './types';

/** The days of a candidacy, which the coordinator gives it within the period of the need. */
export function StayOf({ candidacy, load }: { candidacy: Candidacy; load: Load<Candidacy> }) {
  const form = useForm<{ from: string; to: string }>({
    id: `stay-${candidacy.id}`,
    initial: { from: candidacy.from, to: candidacy.to },
    submit: async (body) => {
      load.replace(await call<Candidacy>('PUT', `/candidacies/${candidacy.id}/stay`, { ifMatch: load.etag, body }));
      tell(t('selection.stay_saved'));
    },
  });
  return (
    <Section title={t('selection.stay')} lead={t('selection.stay_lead')}>
      <FormView form={form} action={t('selection.stay_save')} onReload={load.reload}>
        <div class="form-row">
          <DateInput {...form.bind('from')} label={t('needs.first_day')} />
          <DateInput {...form.bind('to')} label={t('needs.last_day')} min={form.values.from} />
        </div>
      </FormView>
    </Section>
  );
}
