// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation, useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { country, date } from '../i18n/format';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import { role } from '../session/session';
import { Bdi, DateInput, DefinitionList, Loaded, PageHeader, Select, tell, TextArea, TextInput } from '../ui';
import { bases, contracts, type Transfer } from './types';

const nothing: Transfer = { id: '', version: 0, recipient: '', country: '', categories: '', purpose: '', basis: '', safeguards: '', contract: '', from: '', until: '', runs: false, createdAt: '' };

/** One transfer: read, corrected, or entered anew. */
export default function TransferPage() {
  const { id = 'new' } = useRoute().params;
  if (id === 'new') return <Head><TransferForm transfer={nothing} /></Head>;
  return <Known id={id} />;
}

function Head({ children, title }: { children: preact.ComponentChildren; title?: string }) {
  return (
    <>
      <PageHeader title={title ?? t('accountability.transfer_new')} heading={title && <Bdi>{title}</Bdi>} crumbs={[{ href: '/transfers', label: t('accountability.transfers') }]} />
      {children}
    </>
  );
}

function Known({ id }: { id: string }) {
  const load = useLoad<Transfer>((signal) => call('GET', `/transfers/${id}`, { signal }), [id]);
  return (
    <Loaded load={load} waiting={t('accountability.loading')}>
      {(data) => <Head title={data.recipient}>{role.value === 'administrator' ? <TransferForm key={data.version} transfer={data} load={load} /> : <Facts transfer={data} />}</Head>}
    </Loaded>
  );
}

function Facts({ transfer }: { transfer: Transfer }) {
  return (
    <DefinitionList facts={[
      { term: t('accountability.country'), value: country(transfer.country) }, { term: t('accountability.categories'), value: <Bdi>{transfer.categories}</Bdi> },
      { term: t('accountability.purpose'), value: <Bdi>{transfer.purpose}</Bdi> }, { term: t('accountability.basis'), value: t(`accountability.basis.${transfer.basis}`) },
      { term: t('accountability.safeguards'), value: <Bdi>{transfer.safeguards || '–'}</Bdi> },
      transfer.contract !== '' && { term: t('accountability.contract'), value: t(`accountability.contract.${transfer.contract}`) },
      { term: t('accountability.from'), value: date(transfer.from) }, { term: t('accountability.until'), value: transfer.until ? date(transfer.until) : t('accountability.open_end') },
    ]} />
  );
}

function TransferForm({ transfer, load }: { transfer: Transfer; load?: Load<Transfer> }) {
  const lists = useLists().data;
  const { route } = useLocation();
  const form = useForm<Transfer>({
    id: 'transfer', initial: transfer,
    submit: async ({ recipient, country: at, categories, purpose, basis, safeguards, contract, from, until }, key) => {
      const body = { recipient, country: at, categories, purpose, basis, safeguards, contract, from, until };
      if (load) load.replace(await call<Transfer>('PUT', `/transfers/${transfer.id}`, { ifMatch: `"${transfer.version}"`, body }));
      else await call('POST', '/transfers', { idempotencyKey: key, body });
      tell(t('accountability.saved'));
      if (!load) route('/transfers');
    },
  });
  return (
    <FormView form={form} action={t('accountability.save')} {...(load && { onReload: load.reload })}>
      <TextInput {...form.bind('recipient')} label={t('accountability.recipient')} maxLength={200} />
      <Select {...form.bind('country')} label={t('accountability.country')} options={optionsOf(lists?.countries)} empty={t('accountability.choose')} />
      <TextArea {...form.bind('categories')} label={t('accountability.categories')} help={t('accountability.categories_help')} maxLength={1000} rows={2} />
      <TextArea {...form.bind('purpose')} label={t('accountability.purpose')} maxLength={1000} rows={2} />
      <Select {...form.bind('basis')} label={t('accountability.basis')} width="full" options={bases.map((one) => ({ value: one, label: t(`accountability.basis.${one}`) }))} empty={t('accountability.choose')} />
      <TextArea {...form.bind('safeguards')} label={t('accountability.safeguards')} help={t('accountability.safeguards_help')} maxLength={2000} rows={3} />
      <Select {...form.bind('contract')} label={t('accountability.contract')} optional options={contracts.map((one) => ({ value: one, label: t(`accountability.contract.${one}`) }))} empty={t('accountability.no_contract')} />
      <DateInput {...form.bind('from')} label={t('accountability.from')} />
      <DateInput {...form.bind('until')} label={t('accountability.until')} optional help={t('accountability.until_help')} />
    </FormView>
  );
}
