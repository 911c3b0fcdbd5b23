// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { period } from '../i18n/format';
import { placeOf } from '../needs/list';
import type { Need } from '../needs/types';
import { needPath } from '../needs/words';
import { Bdi, DateInput, LinkButton, Loaded, Notice, PageHeader, Select, TextArea, tell } from '../ui';
import type { Candidacy } from './types';

/** Applying for a need in one's own words; the profile goes along by itself. */
export default function ApplyPage() {
  const { ref = '' } = useRoute().params;
  const need = useLoad<Need>((signal) => call('GET', `/needs/${encodeURIComponent(ref)}`, { signal }), [ref]);
  return (
    <>
      <NeedHead need={need.data} reference={ref} title={t('selection.apply_title')} lead={t('selection.apply_lead')} />
      <Loaded load={need} waiting={t('needs.loading_one')}>{(data) => (data.can.apply ? <ApplyForm need={data} /> : <NotOpen need={data} />)}</Loaded>
    </>
  );
}

/** The head of a page that is about taking part in a need. */
export function NeedHead({ need, reference, title, lead }: { need: Need | undefined; reference: string; title: string; lead: string }) {
  return (
    <PageHeader title={title} lead={lead} crumbs={[{ href: '/needs', label: t('needs.title') }, { href: needPath(need ?? reference), label: need?.title ?? reference }]}
      facts={need && <><span lang={need.language}><b><Bdi>{need.title}</Bdi></b></span><span><Bdi>{need.organisation.name}</Bdi></span><span>{placeOf(need)}</span><span>{period(need.startsOn, need.endsOn)}</span></>} />
  );
}

/** The call is over, or the reader's role has no part in it. */
export function NotOpen({ need }: { need: Need }) {
  return <Notice tone="info" title={t('selection.not_open')} action={<LinkButton href={needPath(need)}>{t('needs.read')}</LinkButton>}>{t('selection.not_open_text')}</Notice>;
}

/** The positions of a need to choose from. */
export const postOptions = (need: Need) => need.posts.map((one) => ({ value: one.id, label: one.title }));

function ApplyForm({ need }: { need: Need }) {
  const { route } = useLocation();
  const made = useRef('');
  const form = useForm<{ statement: string; from: string; to: string; position: string }>({
    id: `apply-${need.id}`,
    draft: true,
    initial: { statement: '', from: '', to: '', position: '' },
    submit: async ({ statement, from, to, position }, key) => {
      const body = need.shortestDays > 0 ? { statement, position, from, to } : { statement, position };
      const { data } = await call<Candidacy>('POST', `/needs/${need.id}/applications`, { body, idempotencyKey: key });
      made.current = data.id;
    },
  });
  // Only that it was begun is told, so that a mail can come before the call closes; the words stay here.
  const begun = form.values.statement.trim() !== '';
  useEffect(() => {
    if (begun) void call('PUT', `/needs/${need.id}/application-draft`).catch(() => undefined);
  }, [begun, need.id]);
  const send = async (event?: Event) => {
    const done = await form.submit(event);
    if (done) {
      tell(t('selection.applied'));
      route(`/candidacies/${made.current}`);
    }
    return done;
  };
  return (
    <FormView form={{ ...form, submit: send }} action={t('selection.apply')} beside={<LinkButton kind="quiet" href={needPath(need)}>{t('needs.keep')}</LinkButton>}>
      {need.posts.length > 0 && <Select {...form.bind('position')} label={t('selection.position_label')} options={postOptions(need)} empty={t('selection.position_own')} optional />}
      <TextArea {...form.bind('statement')} label={t('selection.statement_label')} help={t('selection.statement_help')} rows={8} maxLength={5000} />
      {need.shortestDays > 0 && (
        <div class="form-row">
          <DateInput {...form.bind('from')} label={t('selection.apply_from')} help={t('selection.apply_days', { count: need.shortestDays })} optional min={need.startsOn} />
          <DateInput {...form.bind('to')} label={t('selection.apply_to')} optional min={form.values.from || need.startsOn} />
        </div>
      )}
    </FormView>
  );
}
