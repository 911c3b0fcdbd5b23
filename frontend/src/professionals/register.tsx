// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation, useRoute } from 'preact-iso';
import { useRef, useState } from 'preact/hooks';
import { call, type Answer } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { LinkButton, Loaded, Notice, PageHeader, tell } from '../ui';
import { ProfileForm } from './form';
import { keepLink } from './invitation-link';
import { Newer } from './newer';
import './professionals.css';
import { emptyProfile, textOf, type Field, type Professional, type ProfileText } from './types';
import { nameOf } from './words';

/** Registering a member, or mending what was registered before the member has answered. */
export default function RegisterPage() {
  const { id } = useRoute().params;
  return id ? <Revise id={id} /> : <Editor />;
}

function Revise({ id }: { id: string }) {
  const load = useLoad<Professional>((signal) => call('GET', `/professionals/${encodeURIComponent(id)}`, { signal }), [id]);
  return (
    <>
      {!load.data?.can.edit && <PageHeader title={load.data ? nameOf(load.data) : t('professionals.edit')} crumbs={[{ href: '/professionals', label: t('professionals.members') }]} />}
      <Loaded load={load} waiting={t('professionals.loading_one')}>{(data) => (data.can.edit ? <Editor key={data.id} professional={data} load={load} /> : <NotYours professional={data} />)}</Loaded>
    </>
  );
}

/** The person has answered: only they change their profile now. */
function NotYours({ professional }: { professional: Professional }) {
  return (
    <Notice tone="info" title={t('professionals.not_yours')} action={<LinkButton href={`/professionals/${professional.id}`}>{t('professionals.read')}</LinkButton>}>
      {t('professionals.not_yours_text', { name: nameOf(professional) })}
    </Notice>
  );
}

const fields = Object.keys(emptyProfile()) as Field[];

function Editor({ professional, load }: { professional?: Professional; load?: Load<Professional> }) {
  const { route } = useLocation();
  const [saved, setSaved] = useState<Answer<Professional> | undefined>(professional && load ? { data: professional, etag: load.etag, status: 200 } : undefined);
  const [newest, setNewest] = useState<Professional | undefined>();
  const leaving = useRef('');
  const form = useForm<ProfileText>({
    id: professional ? `professional-${professional.id}` : 'professional-new',
    initial: professional ? textOf(professional) : emptyProfile(),
    draft: true,
    version: saved?.etag ?? '',
    submit: async (values, key) => {
      const answer = saved
        ? await call<Professional>('PUT', `/professionals/${saved.data.id}`, { body: values, ifMatch: saved.etag })
        : await call<Professional>('POST', '/professionals', { body: values, idempotencyKey: key });
      if (!saved) keepLink(answer.data.id, answer.data.invitation);
      tell(t(saved ? 'professionals.saved' : 'professionals.registered', { name: nameOf(answer.data) }));
      leaving.current = `/professionals/${answer.data.id}`;
    },
  });
  const send = async (event?: Event) => {
    const done = await form.submit(event);
    if (done) route(leaving.current);
    return done;
  };
  const loadNewest = async () => {
    if (!saved) return;
    const answer = await call<Professional>('GET', `/professionals/${saved.data.id}`);
    setNewest(answer.data);
    setSaved(answer);
  };
  return (
    <>
      <PageHeader title={professional ? t('professionals.edit_title', { name: nameOf(professional) }) : t('professionals.register')} lead={t(professional ? 'professionals.edit_lead' : 'professionals.register_lead')}
        crumbs={[{ href: '/professionals', label: t('professionals.members') }, ...(professional ? [{ href: `/professionals/${professional.id}`, label: nameOf(professional) }] : [])]} />
      <FormView form={{ ...form, submit: send }} action={t(professional ? 'professionals.save' : 'professionals.register_send')} onReload={() => void loadNewest()}
        beside={<LinkButton kind="quiet" href={professional ? `/professionals/${professional.id}` : '/professionals'}>{t('professionals.cancel')}</LinkButton>}>
        {newest && <Newer newest={newest} form={form} fields={fields} />}
        <ProfileForm form={form} />
      </FormView>
    </>
  );
}
