// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { Button, DateInput, Dialog, RepeatableList, Section, Select, TextArea, TextInput, tell } from '../ui';
import { useLoad, type Load } from '../api/load';
import type { Contacts, Placement } from './types';

export const incidentKinds = ['safety', 'health', 'harassment', 'abuse', 'fee', 'work', 'other'] as const;

/** Telling in confidence what went wrong. */
export function Confide({ placement }: { placement: Placement }) {
  const [open, setOpen] = useState(false);
  const form = useForm<{ kind: string; happenedOn: string; text: string }>({
    id: `incident-${placement.id}`,
    initial: { kind: '', happenedOn: '', text: '' },
    check: ({ kind }) => (kind ? {} : { kind: t('placements.decide_missing') }),
    submit: async ({ kind, happenedOn, text }) => {
      await call('POST', `/placements/${placement.id}/incidents`, { body: { kind, text, ...(happenedOn ? { happenedOn } : {}) } });
      setOpen(false);
      tell(t('placements.incident_told'));
    },
  });
  return (
    <Section title={t('placements.incident')} lead={t('placements.incident_lead')}>
      <div class="clearance-acts">
        <Button onClick={() => setOpen(true)}>{t('placements.incident_tell')}</Button>
        <a href="/incidents">{t('placements.incidents_all')}</a>
      </div>
      {open && (
        <Dialog open wide title={t('placements.incident_tell')} onClose={() => setOpen(false)}>
          <p>{t('placements.incident_who')}</p>
          <FormView form={form} action={t('placements.send_report')} beside={<Button kind="quiet" onClick={() => setOpen(false)}>{t('needs.keep')}</Button>}>
            <Select {...form.bind('kind')} label={t('placements.incident_kind')} empty={t('placements.choose')} options={incidentKinds.map((value) => ({ value, label: t(`placements.incident_kind.${value}`) }))} />
            <DateInput {...form.bind('happenedOn')} label={t('placements.incident_on')} optional />
            <TextArea {...form.bind('text')} label={t('placements.incident_text')} rows={6} maxLength={5000} />
          </FormView>
        </Dialog>
      )}
    </Section>
  );
}

interface Row { name: string; phone: string; relation: string }

/** Whom to tell when something has happened to the person. */
export function OwnContacts() {
  const load = useLoad<Contacts>((signal) => call('GET', '/me/emergency-contacts', { signal }), []);
  if (!load.data) return null;
  return <Section title={t('placements.contacts')} lead={t('placements.contacts_lead')}><ContactsForm contacts={load.data} load={load} /></Section>;
}

function ContactsForm({ contacts, load }: { contacts: Contacts; load: Load<Contacts> }) {
  const form = useForm<{ contacts: Row[] }>({
    id: 'contacts',
    initial: { contacts: contacts.contacts.map((one) => ({ name: one.name, phone: one.phone, relation: one.relation ?? '' })) },
    submit: async (body) => {
      load.replace(await call<Contacts>('PUT', '/me/emergency-contacts', { body }));
      tell(t('placements.contacts_kept'));
    },
  });
  return (
    <FormView form={form} action={t('placements.contacts_keep')}>
      <RepeatableList<Row> {...form.bind<Row[]>('contacts')} label={t('placements.contacts')} hideLabel most={5} one={t('placements.contact')} add={t('placements.contact_add')}
        fresh={() => ({ name: '', phone: '', relation: '' })}
        row={(_, i) => (
          <>
            <TextInput {...form.bind(`contacts[${i}].name`)} label={t('placements.contact_name')} maxLength={200} />
            <TextInput {...form.bind(`contacts[${i}].phone`)} label={t('placements.contact_phone')} maxLength={40} />
            <TextInput {...form.bind(`contacts[${i}].relation`)} label={t('placements.contact_relation')} optional maxLength={100} />
          </>
        )} />
    </FormView>
  );
}
