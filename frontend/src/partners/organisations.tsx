// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { usePages } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { country, moment, number } from '../i18n/format';
import { role } from '../session/session';
import { Bdi, Button, Dialog, Empty, LinkButton, Loaded, PageHeader, ShowMore, Table, tell, TextArea, useFilters, Views } from '../ui';
import { StateBadge } from './told';
import type { Application, Office } from './types';

/** Organisations that ask to take part, and those that do. */
export default function OrganisationsPage() {
  const { get } = useFilters();
  const runs = role.value !== 'ministry';
  const shown = get('show') || 'waiting';
  return (
    <>
      <PageHeader title={t('partners.nav')} lead={t(runs ? 'partners.nav_lead' : 'partners.nav_lead_ministry')} actions={<LinkButton href="/partners">{t('partners.title')}</LinkButton>} />
      <Views label={t('partners.nav')} current={shown} views={[
        { id: 'waiting', href: '/organisations', label: t('partners.view.waiting') },
        { id: 'all', href: '/organisations?show=all', label: t('partners.view.all') },
        ...(runs ? [{ id: 'offices', href: '/organisations?show=offices', label: t('partners.view.offices') }] : []),
      ]} />
      {shown === 'offices' ? <Offices /> : <Applications key={shown} state={shown === 'waiting' ? 'APPLIED' : ''} />}
    </>
  );
}

function Applications({ state }: { state: string }) {
  const all = usePages<Application>('/organisation-applications', { state });
  return (
    <Loaded load={all} waiting={t('partners.loading')}>
      {(items) => items.length === 0 ? <Empty title={t('partners.no_applications')}>{t('partners.no_applications_text')}</Empty> : (
        <>
          <Table caption={t('partners.applications')} rows={items} rowKey={(one) => one.id} columns={[
            { key: 'name', header: t('partners.field.name'), names: true, cell: (one) => <a href={`/organisations/applications/${one.id}`}><Bdi>{one.name}</Bdi></a> },
            { key: 'kind', header: t('partners.field.kind'), cell: (one) => t(`partners.kind.${one.kind}`) },
            { key: 'country', header: t('partners.field.country'), cell: (one) => country(one.country) },
            { key: 'state', header: t('partners.stands'), cell: (one) => <StateBadge state={one.state} /> },
            { key: 'when', header: t('partners.since'), cell: (one) => moment(one.updatedAt) },
          ]} />
          <ShowMore shown={items.length} more={all.more} loadMore={all.loadMore} />
        </>
      )}
    </Loaded>
  );
}

function Offices() {
  const all = usePages<Office>('/offices');
  const [asking, setAsking] = useState<{ office: Office; move: string } | undefined>();
  return (
    <Loaded load={all} waiting={t('partners.loading')}>
      {(items) => (
        <>
          <Table caption={t('partners.view.offices')} rows={items} rowKey={(one) => one.id} columns={[
            { key: 'name', header: t('partners.field.name'), names: true, cell: (one) => <><Bdi>{one.name}</Bdi>{one.state !== 'APPROVED' && one.reason && <span class="under muted small" dir="auto">{one.reason}</span>}</> },
            { key: 'kind', header: t('partners.field.kind'), cell: (one) => t(`partners.kind.${one.kind}`) },
            { key: 'country', header: t('partners.field.country'), cell: (one) => country(one.country) },
            { key: 'officers', header: t('partners.officers'), cell: (one) => number(one.officers) },
            { key: 'needs', header: t('partners.open_needs'), cell: (one) => number(one.openNeeds) },
            { key: 'state', header: t('partners.stands'), cell: (one) => <StateBadge state={one.state} /> },
            { key: 'do', header: t('partners.steps'), hideHeader: true, cell: (one) => <span class="actions">{one.can.map((step) => (
              <Button key={step.name} small kind="quiet" onClick={() => setAsking({ office: one, move: step.name })}>{t(`partners.move.${step.name}`)}<span class="hidden"> {one.name}</span></Button>
            ))}</span> },
          ]} />
          <ShowMore shown={items.length} more={all.more} loadMore={all.loadMore} />
          {asking && <Moving key={asking.office.id + asking.move} {...asking} onClose={() => setAsking(undefined)} onDone={() => { setAsking(undefined); all.reload(); }} />}
        </>
      )}
    </Loaded>
  );
}

function Moving({ office, move, onClose, onDone }: { office: Office; move: string; onClose: () => void; onDone: () => void }) {
  const form = useForm<{ reason: string }>({
    id: `office-${move}`,
    initial: { reason: '' },
    submit: async ({ reason }) => {
      await call('POST', `/offices/${office.id}/move`, { ifMatch: `"${office.version}"`, body: { move, reason } });
      tell(t('partners.done'));
      onDone();
    },
  });
  return (
    <Dialog open title={t(`partners.move.${move}`)} onClose={onClose}>
      <p><Bdi>{office.name}</Bdi></p>
      <p>{t(`partners.move_text.${move}`)}</p>
      <FormView form={form} action={t(`partners.move.${move}`)} onReload={onDone} beside={<Button kind="quiet" onClick={onClose}>{t('partners.not_now')}</Button>}>
        <TextArea {...form.bind('reason')} label={t('partners.reason')} help={t('partners.reason_office')} rows={3} maxLength={2000} />
      </FormView>
    </Dialog>
  );
}
