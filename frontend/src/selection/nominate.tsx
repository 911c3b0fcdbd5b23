// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation, useRoute } from 'preact-iso';
import { useRef, useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import { Combobox, LinkButton, Loaded, Select, TextArea, tell, type Option } from '../ui';
import { NeedHead, NotOpen, postOptions } from './apply';
import type { Candidacy } from './types';

interface Member {
  id: string;
  pseudonym: string;
  givenName: string;
  familyName: string;
  occupationTitle: string;
}

/** An association proposes one of its members; the person answers before anybody else learns of it. */
export default function NominatePage() {
  const { ref = '' } = useRoute().params;
  const need = useLoad<Need>((signal) => call('GET', `/needs/${encodeURIComponent(ref)}`, { signal }), [ref]);
  return (
    <>
      <NeedHead need={need.data} reference={ref} title={t('selection.nominate_title')} lead={t('selection.nominate_lead')} />
      <Loaded load={need} waiting={t('needs.loading_one')}>{(data) => (data.can.nominate ? <NominateForm need={data} /> : <NotOpen need={data} />)}</Loaded>
    </>
  );
}

export async function findMembers(text: string, signal: AbortSignal): Promise<Option[]> {
  const { data } = await call<List<Member>>('GET', '/professionals', { query: { q: text, limit: 10 }, signal });
  return data.items.map((one) => ({ value: one.id, label: `${one.givenName} ${one.familyName}`.trim() || one.pseudonym, hint: one.occupationTitle }));
}

function NominateForm({ need }: { need: Need }) {
  const { route } = useLocation();
  const [member, setMember] = useState<Option | null>(null);
  const made = useRef('');
  const form = useForm<{ professionalId: string; position: string; reason: string }>({
    id: `nominate-${need.id}`,
    initial: { professionalId: '', position: '', reason: '' },
    check: ({ professionalId }) => (professionalId ? {} : { professionalId: t('selection.choose_member') }),
    submit: async (body, key) => {
      const { data } = await call<Candidacy>('POST', `/needs/${need.id}/nominations`, { body, idempotencyKey: key });
      made.current = data.id;
    },
  });
  const send = async (event?: Event) => {
    const done = await form.submit(event);
    if (done) {
      tell(t('selection.nominated', { name: member?.label ?? '' }));
      route(`/candidacies/${made.current}`);
    }
    return done;
  };
  return (
    <FormView form={{ ...form, submit: send }} action={t('needs.act.nominate')} beside={<LinkButton kind="quiet" href={needPath(need)}>{t('needs.keep')}</LinkButton>}>
      <Combobox {...form.bind('professionalId')} label={t('selection.member')} help={t('selection.member_help')} value={member} find={findMembers} onChange={(picked) => {
        setMember(picked);
        form.set('professionalId', picked?.value ?? '');
      }} />
      {need.posts.length > 0 && <Select {...form.bind('position')} label={t('selection.position_label')} options={postOptions(need)} empty={t('selection.position_own')} optional />}
      <TextArea {...form.bind('reason')} label={t('selection.nominate_reason')} help={t('selection.nominate_reason_help')} rows={5} maxLength={5000} />
    </FormView>
  );
}
