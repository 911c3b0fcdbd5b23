// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { usePages, type Pages } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { date, moment } from '../i18n/format';
import { Badge, Bdi, Button, Dialog, Empty, LinkButton, Loaded, PageHeader, RadioGroup, ShowMore, TextArea, tell, type Tone } from '../ui';
import './placements.css';
import type { Incident } from './types';
import { placementPath } from './words';

const tones: Record<Incident['state'], Tone> = { OPEN: 'caution', WORKING: 'accent', CLOSED: 'good' };

/** What was told in confidence: one's own, and for a coordinator the programme's. */
export default function IncidentsPage() {
  const load = usePages<Incident>('/incidents');
  return (
    <>
      <PageHeader title={t('placements.incidents')} lead={t('placements.incident_who')} />
      <Loaded load={load} waiting={t('placements.loading')}>
        {(items) => items.length === 0 ? (
          <Empty title={t('placements.incidents_none')} action={<LinkButton href="/placements">{t('placements.title')}</LinkButton>}>{t('placements.incident_lead')}</Empty>
        ) : (
          <>
            <ul class="moves">{items.map((one) => <One key={one.id} one={one} load={load} />)}</ul>
            <ShowMore shown={items.length} more={load.more} loadMore={load.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}

function One({ one, load }: { one: Incident; load: Pages<Incident> }) {
  const [working, setWorking] = useState(false);
  return (
    <li class="move">
      <div>
        <p class="move-name">{t(`placements.incident_kind.${one.kind}`)} <Badge tone={tones[one.state]}>{t(`placements.incident_state.${one.state}`)}</Badge></p>
        <p class="muted small">
          <a href={placementPath(one.placement)} dir="ltr">{one.placement}</a> · {t(`placements.role.${one.role}`)} · {moment(one.createdAt)}
          {one.happenedOn && ` · ${t('placements.about_day', { day: date(one.happenedOn) })}`}
        </p>
        <p class="prose"><Bdi>{one.text}</Bdi></p>
        {one.outcome && <p><strong>{t('placements.incident_done')}</strong> <Bdi>{one.outcome}</Bdi></p>}
      </div>
      {one.can.work && <Button small onClick={() => setWorking(true)}>{t('placements.incident_work')}</Button>}
      {working && <Work one={one} onClose={() => setWorking(false)} onDone={load.reload} />}
    </li>
  );
}

function Work({ one, onClose, onDone }: { one: Incident; onClose: () => void; onDone: () => void }) {
  const form = useForm<{ to: string; outcome: string }>({
    id: `work-${one.id}`,
    initial: { to: one.state === 'OPEN' ? 'WORKING' : 'CLOSED', outcome: one.outcome },
    submit: async (body) => {
      await call('POST', `/incidents/${one.id}/work`, { ifMatch: `"${one.version}"`, body });
      tell(t('placements.decided'));
      onClose();
      onDone();
    },
  });
  return (
    <Dialog open title={t('placements.incident_work')} onClose={onClose}>
      <FormView form={form} action={t('placements.send_report')} onReload={onDone} beside={<Button kind="quiet" onClick={onClose}>{t('needs.keep')}</Button>}>
        <RadioGroup {...form.bind('to')} label={t('placements.decision')} options={['WORKING', 'CLOSED'].filter((value) => value !== one.state).map((value) => ({ value, label: t(`placements.incident_state.${value}`) }))} />
        <TextArea {...form.bind('outcome')} label={t('placements.incident_done')} help={t('placements.incident_done_help')} rows={4} maxLength={5000} />
      </FormView>
    </Dialog>
  );
}
