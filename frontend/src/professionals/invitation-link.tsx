// SPDX-License-Identifier: AGPL-3.0-or-later
import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { call, newKey } from '../api/call';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { announce, Button, Notice, ProblemNotice, TextInput } from '../ui';
import type { Invitation, Professional } from './types';

/** A link that was just made. The server keeps no copy: leaving the page is the end of it. */
export const madeLink = signal<{ professional: string; invitation: Invitation } | undefined>(undefined);

/** Keeps the link of a fresh invitation for the page that shows it. */
export function keepLink(professional: string, invitation: Invitation): void {
  madeLink.value = invitation.link ? { professional, invitation } : undefined;
}

interface Props {
  professional: Professional;
  name: string;
  /** The state of the invitation has changed. */
  onChanged: () => void;
}

/** The invitation of a member: the fresh link, or a way to make a new one. */
export function InvitationLink({ professional, name, onChanged }: Props) {
  const made = madeLink.value?.professional === professional.id ? madeLink.value.invitation : undefined;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  useLayoutEffect(() => () => void (madeLink.value = undefined), [professional.id]);
  const invite = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { data } = await call<Invitation>('POST', `/professionals/${professional.id}/invitation`, { body: {}, idempotencyKey: newKey() });
      keepLink(professional.id, data);
      announce(t('professionals.link_made'));
      onChanged();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <>
      {made ? <Fresh invitation={made} name={name} /> : <p>{standing(professional.invitation, name)}</p>}
      {problem && <ProblemNotice problem={problem} focus />}
      {professional.can.invite && <p class="form-actions"><Button busy={busy} onClick={() => void invite()}>{t('professionals.invite')}</Button> <span class="muted small">{t('professionals.invite_help')}</span></p>}
    </>
  );
}

function standing({ state, expiresAt }: Invitation, name: string): string {
  return t(`professionals.invitation_text.${state}`, { name, when: expiresAt ? moment(expiresAt) : '' });
}

/** The link, shown this once, with a button that copies it. */
function Fresh({ invitation, name }: { invitation: Invitation; name: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState(false);
  const link = new URL(invitation.link, location.origin).href;
  useEffect(() => box.current?.focus(), [invitation.link]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // Not allowed, or not a secure origin: marked, one can copy it by hand.
      document.querySelector<HTMLInputElement>('#invitation-link')?.select();
      return announce(t('professionals.link_marked'));
    }
    setCopied(true);
    announce(t('professionals.link_copied'));
  };
  return (
    <div ref={box} tabIndex={-1}>
      <Notice tone="success" title={t('professionals.link_title', { name })}>
        <p>{t('professionals.link_text')}</p>
        <div class="link-once">
          <TextInput id="invitation-link" label={t('professionals.link')} value={link} onChange={() => undefined} readOnly code />
          <Button kind="primary" icon={copied ? 'check' : undefined} onClick={() => void copy()}>{t(copied ? 'professionals.link_copied' : 'professionals.link_copy')}</Button>
        </div>
        {invitation.expiresAt && <p class="small">{t('professionals.link_until', { when: moment(invitation.expiresAt) })}</p>}
      </Notice>
    </div>
  );
}
