// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation, useRoute } from 'preact-iso';
import { useRef, useState } from 'preact/hooks';
import { call, type Answer } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { dropDraft } from '../form/draft';
import { language, t } from '../i18n';
import { session } from '../session/session';
import { Bdi, Button, Loaded, Notice, PageHeader, tell } from '../ui';
import './needs.css';
import { Newer } from './newer';
import { openRemarks } from './remarks';
import { emptyNeed, textOf, type Need, type NeedText } from './types';
import { needPath } from './words';
import { FormSections } from './write-sections';

/** Writing a need: a new one, or one that is a draft or came back. */
export default function WriteNeedPage() {
  const { ref } = useRoute().params;
  return ref ? <Revise reference={ref} /> : <Editor />;
}

function Revise({ reference }: { reference: string }) {
  const need = useLoad<Need>((signal) => call('GET', `/needs/${encodeURIComponent(reference)}`, { signal }), [reference]);
  return (
    <>
      {!need.data && <PageHeader title={t('needs.write_title.edit')} crumbs={[{ href: '/needs', label: t('needs.title') }]} />}
      <Loaded load={need} waiting={t('needs.loading_one')}>
        {(data) => (data.can.edit ? <Editor key={data.id} need={data} load={need} /> : <NotNow need={data} />)}
      </Loaded>
    </>
  );
}

function NotNow({ need }: { need: Need }) {
  return (
    <>
      <PageHeader title={need.title} crumbs={[{ href: '/needs', label: t('needs.title') }]} />
      <Notice tone="info" title={t('needs.not_now')} action={<a href={needPath(need)}>{t('needs.read')}</a>}>{t('needs.not_now_text')}</Notice>
    </>
  );
}

function Editor({ need, load }: { need?: Need; load?: Load<Need> }) {
  const { route } = useLocation();
  const [saved, setSaved] = useState<Answer<Need> | undefined>(need && load ? { data: need, etag: load.etag, status: 200 } : undefined);
  const [newest, setNewest] = useState<Need | undefined>();
  const submitting = useRef(false);
  const leaving = useRef('');

  const form = useForm<NeedText>({
    id: need ? `need-${need.id}` : 'need-new',
    initial: need ? textOf(need) : emptyNeed(session.peek()?.user.locale.slice(0, 2) || language.value),
    draft: true,
    version: saved?.etag ?? '',
    submit: async (values, key) => {
      // A draft that was written by an attempt to submit is there: the next attempt rewrites it.
      const draft = saved
        ? await call<Need>('PUT', `/needs/${saved.data.id}`, { body: values, ifMatch: saved.etag })
        : await call<Need>('POST', '/needs', { body: values, idempotencyKey: key });
      if (!saved) stayAt(draft.data);
      setSaved(draft);
      setNewest(undefined);
      if (submitting.current) await call('POST', `/needs/${draft.data.id}/submit`, { ifMatch: draft.etag, body: {} });
      tell(t(submitting.current ? 'needs.done.submit' : 'needs.saved', { reference: draft.data.reference }));
      leaving.current = needPath(draft.data);
    },
  });

  const send = async (submit: boolean, event?: Event) => {
    submitting.current = submit;
    const done = await form.submit(event);
    if (done && leaving.current) route(leaving.current);
  };
  const loadNewest = async () => {
    if (!saved) return;
    const answer = await call<Need>('GET', `/needs/${saved.data.id}`);
    setNewest(answer.data);
    setSaved(answer);
  };
  const remarks = need ? openRemarks(need) : [];
  const title = need ? t('needs.write_title.edit') : t('needs.write_title.new');
  return (
    <>
      <PageHeader title={title} over={need && <span dir="ltr">{need.reference}</span>} lead={t('needs.write_lead')}
        crumbs={[{ href: '/needs', label: t('needs.title') }, ...(need ? [{ href: needPath(need), label: need.title }] : [])]} />
      {remarks.length > 0 && need && <Asked need={need} count={remarks.length} />}
      <FormView form={{ ...form, submit: (event) => send(false, event).then(() => true) }} action={t('needs.save')} onReload={() => void loadNewest()}
        beside={<Button busy={form.state === 'saving'} onClick={() => void send(true)}>{t('needs.save_and_submit')}</Button>}>
        {newest && <Newer newest={newest} form={form} />}
        <FormSections form={form} remarks={remarks} programme={need?.programme} />
      </FormView>
    </>
  );
}

// From now on a reload must find the draft that was made, not begin another one.
function stayAt(need: Need): void {
  history.replaceState(null, '', needPath(need, '/edit'));
  dropDraft(session.peek()?.user.id ?? 'nobody', 'need-new');
}

function Asked({ need, count }: { need: Need; count: number }) {
  const last = [...need.reviews].reverse().find((one) => one.outcome === 'returned');
  return (
    <Notice tone="warning" title={t('needs.returned', { count })}>
      {last?.reason && <p><Bdi>{last.reason}</Bdi></p>}
      <p>{t('needs.returned_how')}</p>
    </Notice>
  );
}
