// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { date, moment, period } from '../i18n/format';
import '../needs/needs.css';
import { Messages } from '../messages/thread';
import { needPath } from '../needs/words';
import '../ranking/ranking.css';
import { nameOf, PersonName } from '../selection/words';
import { WaitsOn } from '../tasks/record';
import { Bdi, Button, DefinitionList, Dialog, Loaded, Notice, PageHeader, TextArea, TextInput, tell } from '../ui';
import { FileOf } from './file';
import type { Placement } from './types';
import { PlacementState } from './words';

/** One placement: who goes where, when, and what came before. */
export default function PlacementPage() {
  const { ref = '' } = useRoute().params;
  const load = useLoad<Placement>((signal) => call('GET', `/placements/${encodeURIComponent(ref)}`, { signal }), [ref]);
  return (
    <>
      {!load.data && <PageHeader title={t('placements.one')} crumbs={[{ href: '/placements', label: t('placements.title') }]} />}
      <Loaded load={load} waiting={t('placements.loading')}>{(data) => <Shown placement={data} load={load} />}</Loaded>
    </>
  );
}

function Shown({ placement, load }: { placement: Placement; load: Load<Placement> }) {
  const { person, need, organisation } = placement;
  return (
    <>
      <PageHeader title={nameOf(person)} heading={<PersonName person={person} />} over={<span dir="ltr">{placement.reference}</span>} crumbs={[{ href: '/placements', label: t('placements.title') }]}
        facts={<><PlacementState state={placement.state} /><span><Bdi>{organisation.name}</Bdi></span><span>{period(placement.from, placement.to)}</span></>}
        actions={placement.can.cancel && <Cancel placement={placement} load={load} />} />
      <p class="page-lead">{t(`placements.next.${placement.state}`)}</p>
      <WaitsOn record={placement.id} version={placement.version} />
      {placement.reason && <Notice tone="warning" title={t(placement.state === 'CANCELLED' ? 'placements.cancelled_because' : 'placements.because')}><Bdi>{placement.reason}</Bdi></Notice>}
      {placement.extensionTo && <Notice tone="info" title={t('placements.extension_to', { day: date(placement.extensionTo, 'long') })}><p>{t('placements.extension_text')}</p></Notice>}
      <DefinitionList facts={[
        { term: t('needs.need'), value: <><a href={needPath(need.reference)}><Bdi>{need.title}</Bdi></a> <span class="muted" dir="ltr">{need.reference}</span></> },
        { term: t('needs.host'), value: <Bdi>{organisation.name}</Bdi> },
        { term: t('needs.first_day'), value: date(placement.from, 'long') },
        { term: t('needs.last_day'), value: date(placement.to, 'long') },
        { term: t('needs.length'), value: t('needs.days', { count: placement.days }) },
        { term: t('needs.modality'), value: t(`needs.modality.${placement.modality}`) },
        { term: t('placements.candidacy'), value: <a href={`/candidacies/${placement.candidacyId}`}>{t('placements.candidacy_link')}</a> },
        { term: t('placements.made'), value: moment(placement.createdAt) },
        { term: t('needs.changed'), value: moment(placement.updatedAt) },
      ]} />
      <FileOf placement={placement} load={load} />
      <Messages path={`/placements/${placement.id}`} record="placement" />
    </>
  );
}

/** Ending a placement before it began: for good, so its reference has to be typed. */
function Cancel({ placement, load }: { placement: Placement; load: Load<Placement> }) {
  const [open, setOpen] = useState(false);
  const form = useForm<{ reason: string; typed: string }>({
    id: 'cancel',
    initial: { reason: '', typed: '' },
    check: ({ typed }) => (typed.trim() === placement.reference ? {} : { typed: t('needs.type_reference_wrong', { reference: placement.reference }) }),
    submit: async ({ reason }) => {
      const answer = await call<Placement>('POST', `/placements/${placement.id}/cancel`, { ifMatch: load.etag, body: { reason } });
      setOpen(false);
      load.replace(answer);
      tell(t('placements.cancelled'));
      document.querySelector<HTMLElement>('main')?.focus();
    },
  });
  return (
    <>
      <Button kind="danger" onClick={() => setOpen(true)}>{t('placements.cancel')}</Button>
      <Dialog open={open} title={t('placements.cancel_title')} onClose={() => setOpen(false)}>
        <p>{t('placements.cancel_text')}</p>
        <FormView form={form} action={t('placements.cancel')} onReload={load.reload} beside={<Button kind="quiet" onClick={() => setOpen(false)}>{t('needs.keep')}</Button>}>
          <TextArea {...form.bind('reason')} label={t('needs.reason')} help={t('selection.reason_help')} rows={3} maxLength={5000} />
          <TextInput {...form.bind('typed')} code label={t('needs.type_reference')} help={placement.reference} width="medium" />
        </FormView>
      </Dialog>
    </>
  );
}
