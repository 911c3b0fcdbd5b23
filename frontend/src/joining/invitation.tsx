// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { language, t } from '../i18n';
import '../professionals/professionals.css';
import type { Welcome } from '../professionals/types';
import { Button, Empty, LinkButton, Loaded, Notice, PageHeader, TextInput } from '../ui';
import { Answer } from './answer';

/** What stands behind the # of a link: no server ever sees it in an address. */
export function tokenOf(link: string): string {
  const at = link.indexOf('#');
  return (at < 0 ? link : link.slice(at + 1)).trim();
}

/** Where an invited person reads what was written about them, and says yes or no. */
export default function InvitationPage() {
  const [token, setToken] = useState(() => tokenOf(location.hash));
  const [declined, setDeclined] = useState(false);
  if (declined) return <Declined />;
  if (!token) return <Ask onToken={setToken} />;
  return <Opened token={token} onDeclined={() => setDeclined(true)} />;
}

function Opened({ token, onDeclined }: { token: string; onDeclined: () => void }) {
  const welcome = useLoad<Welcome>((signal) => call('POST', '/invitations/open', { body: { token, language: language.peek() }, signal, anonymous: true }), [token]);
  const { data, problem } = welcome;
  // The link is over, or was never one: there is nothing to try again.
  if (problem && [404, 409, 422].includes(problem.status)) {
    return (
      <>
        <PageHeader title={t('joining.title')} />
        <Notice tone="warning" focus title={t('joining.not_open')} action={problem.code === 'invitation.used' && <LinkButton href="/sign-in">{t('session.sign_in')}</LinkButton>}>{problem.text}</Notice>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('joining.title')} lead={data ? t('joining.lead', { name: data.association.name }) : undefined} />
      <Loaded load={welcome} waiting={t('joining.loading')}>{(one) => <Answer welcome={one} token={token} onDeclined={onDeclined} />}</Loaded>
    </>
  );
}

/** The link came on paper, or was cut off on its way. */
function Ask({ onToken }: { onToken: (token: string) => void }) {
  const [text, setText] = useState('');
  const open = (event: Event) => {
    event.preventDefault();
    const token = tokenOf(text);
    if (!token) return;
    // Behind the # it outlives a sign-in and a reload, and goes to no server.
    history.replaceState(null, '', `#${token}`);
    onToken(token);
  };
  return (
    <>
      <PageHeader title={t('joining.title')} lead={t('joining.ask_lead')} />
      <form class="form form-narrow" onSubmit={open}>
        <TextInput id="invitation-code" label={t('joining.link')} help={t('joining.link_help')} value={text} onChange={setText} code />
        <div class="form-actions"><Button kind="primary" type="submit">{t('joining.open')}</Button></div>
      </form>
      <p>{t('joining.without')} <a href="/register">{t('joining.register_link')}</a></p>
    </>
  );
}

function Declined() {
  return (
    <>
      <PageHeader title={t('joining.declined')} />
      <Empty title={t('joining.declined_title')}>{t('joining.declined_text')}</Empty>
    </>
  );
}
