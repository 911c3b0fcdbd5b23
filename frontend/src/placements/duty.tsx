// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { country, date } from '../i18n/format';
import { PersonName } from '../selection/words';
import { ActionBar, Badge, Bdi, Button, Checkbox, Dialog, Empty, LinkButton, Loaded, Notice, PageHeader, Select, Table, TextArea, useFilters, type Column } from '../ui';
import './placements.css';
import type { Evacuation, Present } from './types';
import { Where } from './where';
import { placementPath, PlacementState } from './words';

const placeOf = (one: Present) => `${one.country}|${one.dutyStation}`;

/** Who is where now, and the order that brings several to safety. */
export default function DutyPage() {
  const load = useLoad<List<Present>>((signal) => call('GET', '/duty', { signal }), []);
  const { get, set } = useFilters();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<Evacuation | undefined>();
  return (
    <>
      <PageHeader title={t('placements.duty')} lead={t('placements.duty_lead')} />
      {done && <Done done={done} />}
      <Loaded load={load} waiting={t('placements.loading')}>
        {({ items }) => {
          if (items.length === 0) return <Empty title={t('placements.duty_none')} action={<LinkButton href="/placements">{t('placements.title')}</LinkButton>}>{t('placements.duty_none_text')}</Empty>;
          const places = [...new Set(items.map(placeOf))];
          const place = places.includes(get('at')) ? get('at') : '';
          const shown = items.filter((one) => !place || placeOf(one) === place);
          const able = shown.filter(movable).map((one) => one.placement.reference);
          const picked = able.filter((one) => chosen.includes(one));
          return (
            <>
              <Where countries={items.map((one) => one.country)} />
              <Select id="at" label={t('placements.duty_place')} value={place} empty={t('placements.duty_everywhere')} onChange={(value) => { set({ at: value }); setChosen([]); }}
                options={places.map((one) => ({ value: one, label: `${one.split('|')[1]}, ${country(one.split('|')[0] ?? '')}` }))} />
              {able.length > 1 && <p><Button small kind="quiet" onClick={() => setChosen(picked.length === able.length ? [] : able)}>{t(picked.length === able.length ? 'placements.duty_nobody' : 'placements.duty_all', { count: able.length })}</Button></p>}
              <Table caption={t('placements.duty')} rows={shown} rowKey={(one) => one.placement.id}
                columns={columns(chosen, (reference, on) => setChosen(on ? [...chosen, reference] : chosen.filter((one) => one !== reference)))} />
              {picked.length > 0 && <ActionBar label={t('placements.move.evacuate')}><Button kind="danger" onClick={() => setAsking(true)}>{t('placements.evacuate_count', { count: picked.length })}</Button></ActionBar>}
              {asking && <Order references={picked} onClose={() => setAsking(false)} onDone={(answer) => { setDone(answer); setChosen([]); setAsking(false); load.reload(); }} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const movable = (one: Present) => ['ON_DUTY', 'EXTENSION_ASKED'].includes(one.placement.state);

function columns(chosen: readonly string[], choose: (reference: string, on: boolean) => void): readonly Column<Present>[] {
  return [
    { key: 'choose', header: t('placements.duty_choose'), hideHeader: true, cell: (one) => movable(one)
      && <Checkbox id={`choose-${one.placement.id}`} label={<span class="hidden">{t('placements.duty_choose')} {one.placement.person.name}</span>} value={chosen.includes(one.placement.reference)} onChange={(on) => choose(one.placement.reference, on)} /> },
    { key: 'person', header: t('placements.person'), names: true, cell: (one) => <><a href={placementPath(one.placement.reference)}><PersonName person={one.placement.person} /></a><span class="muted under" dir="ltr">{one.phone || one.placement.reference}</span></> },
    { key: 'place', header: t('placements.duty_place'), cell: (one) => <><span><Bdi>{one.dutyStation}</Bdi>, {country(one.country)}</span><span class="muted under"><Bdi>{one.placement.organisation.name}</Bdi></span></> },
    { key: 'state', header: t('needs.state'), cell: (one) => <><PlacementState state={one.placement.state} /><span class="muted under">{t('placements.valid_until', { day: date(one.placement.to) })}</span></> },
    { key: 'insurance', header: t('placements.clearance.insurance'), cell: (one) => <><Badge tone={one.insured ? 'good' : 'bad'}>{t(one.insured ? 'placements.insured' : 'placements.not_insured')}</Badge>{one.policy && <span class="muted under"><Bdi>{one.policy}</Bdi></span>}</> },
    { key: 'contacts', header: t('placements.contacts'), cell: (one) => one.contacts.length === 0 ? <span class="muted">{t('placements.contacts_none')}</span>
      : one.contacts.map((who) => <span key={who.phone} class="under"><Bdi>{who.name}</Bdi>{who.relation && <> (<Bdi>{who.relation}</Bdi>)</>} <span dir="ltr">{who.phone}</span></span>) },
  ];
}

function Order({ references, onClose, onDone }: { references: readonly string[]; onClose: () => void; onDone: (done: Evacuation) => void }) {
  const form = useForm<{ reason: string }>({
    id: 'evacuation',
    initial: { reason: '' },
    submit: async ({ reason }) => onDone((await call<Evacuation>('POST', '/evacuations', { body: { placements: references, reason } })).data),
  });
  return (
    <Dialog open title={t('placements.evacuate_count', { count: references.length })} onClose={onClose}>
      <p>{t('placements.evacuate_effect')}</p>
      <FormView form={form} action={t('placements.evacuate_count', { count: references.length })} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />
      </FormView>
    </Dialog>
  );
}

/** What the order did, and for whom it could not. */
function Done({ done }: { done: Evacuation }) {
  const failed = done.items.filter((one) => !one.done);
  return (
    <Notice tone={failed.length > 0 ? 'warning' : 'success'} focus title={t('placements.evacuated_count', { count: done.done })}>
      {failed.length > 0 && <ul>{failed.map((one) => <li key={one.reference}><span dir="ltr">{one.reference}</span>: {one.detail}</li>)}</ul>}
    </Notice>
  );
}
