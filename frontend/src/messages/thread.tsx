// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { listed, moment } from '../i18n/format';
import { role } from '../session/session';
import { Badge, Bdi, Loaded, RadioGroup, Section, TextArea, tell } from '../ui';
import './messages.css';
import type { Line, Thread } from './types';

interface Props {
  /** "/candidacies/…" or "/placements/…". */
  path: string;
  record: 'candidacy' | 'placement';
}

const parties = ['professional', 'host', 'coordinator'];

/** What the parties wrote to each other, what happened in between, and a place to write. Nobody's address is in it. */
export function Messages(props: Props) {
  return parties.includes(role.value ?? '') ? <Conversation {...props} /> : null;
}

function Conversation({ path, record }: Props) {
  const load = useLoad<Thread>((signal) => call('GET', `${path}/messages`, { signal }), [path]);
  // Who is no party to it is not told that it exists.
  if (load.problem?.status === 404) return null;
  return (
    <div id="messages" tabIndex={-1}>
      <Section title={t('messages.title')} lead={t('messages.lead')}>
        <Loaded load={load} waiting={t('messages.loading')}>
          {(thread) => (
            <>
              <ol class="thread">{thread.lines.map((one, i) => <Entry key={one.id || i} line={one} record={record} />)}</ol>
              {!thread.lines.some((one) => one.body) && <p class="muted">{t('messages.none')}</p>}
              {thread.mayWrite && <Write path={path} thread={thread} load={load} />}
            </>
          )}
        </Loaded>
      </Section>
    </div>
  );
}

function Entry({ line, record }: { line: Line; record: Props['record'] }) {
  const seen = line.seen.length > 0 && <span class="muted thread-seen">{t('messages.seen', { who: listed(line.seen.map((one) => t(`tasks.on.${one}`))) })}</span>;
  if (!line.body) {
    const what = line.status ? t(`selection.status.${line.status}`) : t(record === 'placement' ? `placements.state.${line.state}` : `selection.state.${line.state}`);
    return <li class="thread-event"><span>{what}</span> <time class="muted" dateTime={line.at}>{moment(line.at)}</time> {seen}</li>;
  }
  return (
    <li class={line.own ? 'thread-line thread-own' : 'thread-line'}>
      <p class="thread-by"><strong>{line.own ? t('messages.you') : <Bdi>{line.name || t(`role.${line.from}`)}</Bdi>}</strong> <span class="muted">{t(`role.${line.from}`)}</span> <time class="muted" dateTime={line.at}>{moment(line.at)}</time>
        {line.audience === 'programme' && <Badge>{t('messages.audience.programme')}</Badge>}</p>
      <p class="thread-body"><Bdi>{line.body}</Bdi></p>
      {seen}
    </li>
  );
}

function Write({ path, thread, load }: { path: string; thread: Thread; load: Load<Thread> }) {
  const form = useForm<{ body: string; audience: string }>({
    id: `message-${path}`,
    initial: { body: '', audience: thread.audiences[0] ?? 'everybody' },
    submit: async ({ body, audience }) => {
      load.replace(await call<Thread>('POST', `${path}/messages`, { body: { body, audience } }));
      form.reset({ body: '', audience });
      tell(t('messages.sent'));
    },
  });
  return (
    <FormView form={form} action={t('messages.send')}>
      <TextArea {...form.bind('body')} label={t('messages.write')} help={t('messages.write_help')} rows={3} maxLength={5000} />
      {thread.audiences.length > 1 && (
        <RadioGroup {...form.bind('audience')} label={t('messages.audience')} options={thread.audiences.map((one) => ({ value: one, label: t(`messages.audience.${one}`) }))} />
      )}
    </FormView>
  );
}
