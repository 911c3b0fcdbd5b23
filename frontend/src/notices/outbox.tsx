// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, usePages } from '../api/load';
import { problemOf } from '../api/problem';
import { language, t } from '../i18n';
import { moment, number } from '../i18n/format';
import { Badge, Button, Dialog, Empty, Loaded, Notice, PageHeader, Select, ShowMore, Table, tell, useFilters, type Column, type Tone } from '../ui';
import './notices.css';
import { mailStates, type Letter, type Mail, type Outbox } from './types';

const tones: Record<Mail['state'], Tone> = { waiting: 'neutral', sending: 'neutral', sent: 'good', shown: 'accent', dropped: 'neutral', dead: 'bad', given_up: 'caution' };

/** What is waiting, sent, stuck and why; for the administrator. */
export default function OutboxPage() {
  const { get, set } = useFilters();
  const state = get('state');
  const standing = useLoad<Outbox>((signal) => call('GET', '/outbox/standing', { signal }), []);
  const mails = usePages<Mail>('/outbox', { state, limit: 25, language: language.value });
  const [open, setOpen] = useState('');
  const refresh = () => {
    standing.reload();
    mails.reload();
  };
  const act = async (path: string, done: string) => {
    try {
      await call('POST', path);
      tell(done);
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
    refresh();
  };
  return (
    <>
      <PageHeader title={t('notices.outbox')} lead={t('notices.outbox_lead')}
        actions={<><Button onClick={() => void act('/outbox/tests', t('notices.test_queued'))}>{t('notices.test')}</Button><Button kind="quiet" onClick={refresh}>{t('notices.refresh')}</Button></>} />
      <Loaded load={standing} waiting={t('notices.outbox_loading')}>{(one) => <Standing outbox={one} />}</Loaded>
      <Select id="outbox-state" label={t('notices.state')} value={state} onChange={(value) => set({ state: value })} empty={t('notices.all_states')} options={mailStates.map((one) => ({ value: one, label: t(`notices.state.${one}`) }))} />
      <Loaded load={mails} waiting={t('notices.outbox_loading')}>
        {(items) => items.length === 0
          ? <Empty title={t('notices.no_mails')} action={state && <Button onClick={() => set({ state: '' })}>{t('notices.all_states')}</Button>}>{t('notices.no_mails_text')}</Empty>
          : (
            <>
              <Table caption={t('notices.outbox')} rows={items} rowKey={(one) => one.id} columns={columns(setOpen, act)} />
              <ShowMore shown={items.length} more={mails.more} loadMore={mails.loadMore} />
            </>
          )}
      </Loaded>
      {open && <Reading id={open} onClose={() => setOpen('')} />}
    </>
  );
}

function Standing({ outbox }: { outbox: Outbox }) {
  const counts = mailStates.filter((one) => (outbox.counts[one] ?? 0) > 0).map((one) => `${t(`notices.state.${one}`)}: ${number(outbox.counts[one] ?? 0)}`);
  return (
    <>
      {outbox.configured
        ? <p>{t('notices.server')} <b dir="ltr">{outbox.server}</b>, {t('notices.from')} <b dir="ltr" class="mail-to">{outbox.from}</b></p>
        : <Notice tone="warning" title={t('notices.no_server')}>{t('notices.no_server_text')}</Notice>}
      {counts.length > 0 && <p class="muted">{counts.join(' · ')}</p>}
    </>
  );
}

function columns(onOpen: (id: string) => void, act: (path: string, done: string) => Promise<void>): Column<Mail>[] {
  return [
    { key: 'what', header: t('notices.mail'), names: true, cell: (one) => <>{one.label}{one.fictional && <> <Badge>{t('needs.demo')}</Badge></>}</> },
    { key: 'to', header: t('notices.recipient'), cell: (one) => <span dir="ltr" class="mail-to">{one.to || '–'}</span> },
    { key: 'state', header: t('notices.state'), cell: (one) => <><Badge tone={tones[one.state]}>{t(`notices.state.${one.state}`)}</Badge>{one.problem && <p class="small">{why(one)}</p>}</> },
    { key: 'when', header: t('notices.time'), cell: (one) => moment(one.sentAt ?? one.retryAt ?? one.dueAt) },
    {
      key: 'acts', header: t('notices.acts'), hideHeader: true, cell: (one) => (
        <span class="mail-acts">
          {one.can.open && <Button small onClick={() => onOpen(one.id)}>{t('notices.open')}<span class="hidden"> {one.label} {one.to}</span></Button>}
          {one.can.retry && <Button small onClick={() => void act(`/outbox/${one.id}/retry`, t('notices.retried'))}>{t('notices.retry')}<span class="hidden"> {one.label} {one.to}</span></Button>}
          {one.can.giveUp && <Button kind="quiet" small onClick={() => void act(`/outbox/${one.id}/give-up`, t('notices.gave_up'))}>{t('notices.give_up')}<span class="hidden"> {one.label} {one.to}</span></Button>}
        </span>
      ),
    },
  ];
}

/** Why a mail was not sent, with the server's number for whoever looks it up. */
function why(mail: Mail): string {
  const words = t(`notices.problem.${mail.problem}`);
  return mail.reply > 0 ? `${words} (${mail.reply})` : words;
}

/** A mail in full, where it is sent to nobody. */
function Reading({ id, onClose }: { id: string; onClose: () => void }) {
  const letter = useLoad<Letter>((signal) => call('GET', `/outbox/${id}`, { signal }), [id]);
  return (
    <Dialog open wide title={letter.data?.subject || t('notices.mail')} onClose={onClose} actions={<Button onClick={onClose}>{t('notices.close')}</Button>}>
      <Loaded load={letter} waiting={t('notices.outbox_loading')}>
        {(one) => one.gone ? <p>{t('notices.gone')}</p> : (
          <>
            <p>{t('notices.recipient')}: <b dir="ltr" class="mail-to">{one.mail.to}</b></p>
            <p class="muted small">{t('notices.shown_only')}</p>
            <div class="letter" lang={one.language} dir={one.language === 'ar' ? 'rtl' : 'ltr'}><Linked text={one.text} /></div>
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

/** The text of a mail with its links made to be clicked; those of this server only. */
export function Linked({ text }: { text: string }) {
  return <>{text.split(/(https?:\/\/[^\s]+)/).map((part, i) => (i % 2 === 1 ? <a key={i} href={part} dir="ltr">{part}</a> : part))}</>;
}
