// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation, useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { country, date, period } from '../i18n/format';
import { Bdi, DefinitionList, Loaded, Notice, PageHeader, TextInput } from '../ui';
import type { components } from '../api/schema.gen';

type Certificate = components['schemas']['CertificateView'];

/** Whether a certificate of service is real. It says nothing of whose it is. */
export default function CertificatePage() {
  const { code = '' } = useRoute().params;
  return (
    <>
      <PageHeader title={t('placements.check_title')} lead={t('placements.check_lead')} />
      {code ? <Shown code={code} /> : <Ask />}
    </>
  );
}

function Ask() {
  const { route } = useLocation();
  const form = useForm({
    id: 'certificate',
    initial: { code: '' },
    check: ({ code }) => (code.trim() ? {} : { code: t('placements.check_missing') }),
    submit: async ({ code }) => route(`/certificates/${encodeURIComponent(code.trim())}`),
  });
  return (
    <FormView form={form} action={t('placements.check')}>
      <TextInput {...form.bind('code')} code label={t('placements.check_code')} help={t('placements.check_help')} width="medium" maxLength={60} />
    </FormView>
  );
}

function Shown({ code }: { code: string }) {
  const load = useLoad<Certificate>((signal) => call('GET', `/certificates/${encodeURIComponent(code)}`, { signal }), [code]);
  if (load.problem?.status === 404) {
    return (
      <>
        <Notice tone="problem" title={t('placements.check_unknown')}><p>{t('placements.check_unknown_text')}</p></Notice>
        <Ask />
      </>
    );
  }
  return (
    <Loaded load={load} waiting={t('placements.checking')}>
      {(data) => (
        <>
          {data.demo && <Notice tone="warning" title={t('placements.check_demo')} />}
          <Notice tone="success" title={t('placements.check_real')} />
          <DefinitionList facts={[
            { term: t('placements.check_code'), value: <code dir="ltr">{data.code.match(/.{1,4}/g)?.join('-')}</code> },
            { term: t('needs.host'), value: <><Bdi>{data.organisation}</Bdi>, {country(data.country)}</> },
            { term: t('needs.need'), value: <Bdi>{data.title}</Bdi> },
            { term: t('placements.check_period'), value: `${period(data.from, data.to)} · ${t('needs.days', { count: data.days })}` },
            { term: t('placements.check_issued'), value: date(data.issuedOn, 'long') },
          ]} />
        </>
      )}
    </Loaded>
  );
}
