// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { t } from '../i18n';
import { period } from '../i18n/format';
import { Badge, Bdi, Loaded, Notice, PageHeader } from '../ui';
import { NeedActs } from './acts';
import { CoverageOf } from './coverage';
import { TermsOfReference } from './document';
import { placeOf } from './list';
import './needs.css';
import { CommentingContext, openRemarks } from './remarks';
import { ReturnBar, useReturn } from './return';
import { Standing } from './standing';
import type { Need } from './types';
import { daysWords, needPath, NeedState } from './words';

/** One need: its terms of reference, where it stands and what may be done next. */
export default function NeedPage() {
  const { ref = '' } = useRoute().params;
  const need = useLoad<Need>((signal) => call('GET', `/needs/${encodeURIComponent(ref)}`, { signal }), [ref]);
  return (
    <>
      {!need.data && <PageHeader title={t('needs.need')} crumbs={[{ href: '/needs', label: t('needs.title') }]} />}
      <Loaded load={need} waiting={t('needs.loading_one')}>{(data) => <Reading key={data.id} need={data} load={need} />}</Loaded>
    </>
  );
}

function Reading({ need, load }: { need: Need; load: Load<Need> }) {
  const [commenting, setCommenting] = useState(false);
  const returning = useReturn(need, load, () => setCommenting(false));
  return (
    <CommentingContext.Provider value={commenting ? returning.commenting : undefined}>
      <PageHeader title={need.title} heading={<span lang={need.language}><Bdi>{need.title}</Bdi></span>} crumbs={[{ href: '/needs', label: t('needs.title') }]}
        over={<><span dir="ltr">{need.reference}</span> {need.demo && <Badge>{t('needs.demo')}</Badge>}</>} facts={<Facts need={need} />}
        actions={!commenting && <NeedActs need={need} load={load} onReturn={() => setCommenting(true)} />} />
      <Returned need={need} />
      {need.stateReason && <Notice tone="info" title={t('needs.state_reason')}><Bdi>{need.stateReason}</Bdi></Notice>}
      {commenting && <Notice tone="info" title={t('needs.return')} focus>{t('needs.return_how')}</Notice>}
      <div class="columns terms-page">
        <TermsOfReference need={need} />
        <Standing need={need} />
      </div>
      {need.relay && need.days > 0 && <CoverageOf need={need} />}
      {commenting && <ReturnBar returning={returning} onStop={() => setCommenting(false)} />}
    </CommentingContext.Provider>
  );
}

function Facts({ need }: { need: Need }) {
  return (
    <>
      <NeedState state={need.state} />
      <span><Bdi>{need.organisation.name}</Bdi></span>
      <span>{placeOf(need)}</span>
      {need.startsOn && need.endsOn && <span>{period(need.startsOn, need.endsOn)}</span>}
      {need.days > 0 && <span>{daysWords(need.days)}</span>}
      <span>{t(`needs.modality.${need.modality}`)}</span>
    </>
  );
}

/** The host sees first of all what it was asked to mend. */
function Returned({ need }: { need: Need }) {
  const remarks = openRemarks(need);
  if (remarks.length === 0) return null;
  const last = [...need.reviews].reverse().find((one) => one.outcome === 'returned');
  return (
    <Notice tone="warning" title={t(need.state === 'RETURNED' ? 'needs.returned' : 'needs.returned_before', { count: remarks.length })}
      action={need.can.edit && <a href={needPath(need, '/edit')}>{t('needs.mend')}</a>}>
      {last?.reason && <p><Bdi>{last.reason}</Bdi></p>}
    </Notice>
  );
}
