// SPDX-License-Identifier: AGPL-3.0-or-later

// Who is signed in, and for whom they act. The server decides what they may do;
// the role here only chooses what is offered.
import { computed, signal } from '@preact/signals';
import { call, onSessionEnd } from '../api/call';
import { Problem } from '../api/problem';
import { dropDrafts } from '../form/draft';

export type Role = 'association' | 'professional' | 'host' | 'ministry' | 'coordinator' | 'administrator';

export interface Organisation {
  id: string;
  name: string;
  kind: string;
  country?: string;
  place?: string;
}

export interface Programme {
  id: string;
  code: string;
  name: string;
  countries?: string[];
  minimumCounterparts?: number;
  shortlistMost?: number;
  demo?: boolean;
}

export interface Membership {
  membershipId: string;
  role: Role;
  organisation: Organisation;
  programme: Programme | null;
}

export interface Lent {
  delegationId: string;
  name: string;
  /** The last day. */
  until: string;
  office: Membership;
}

export interface Session {
  user: { id: string; name: string; email: string; locale: string; demo: boolean };
  /** Empty for somebody who is neither a member of an organisation nor registered. */
  role?: Role | '';
  acting: Membership | null;
  memberships: Membership[];
  /** The colleague in whose name one acts; null in one's own office. */
  actingFor?: Lent | null;
  /** Colleagues in whose name one may act now. */
  lent?: Lent[];
  professionalId: string | null;
  totp: { enrolled: boolean; required: boolean };
  demo: boolean;
}

/** The current session: undefined while it is being asked for, null when nobody is signed in. */
export const session = signal<Session | null | undefined>(undefined);
/** Why the session could not be asked for, other than that there is none. */
export const sessionProblem = signal<Problem | undefined>(undefined);

/** The role of the one who looks at the screen. */
export const role = computed<Role | undefined>(() => {
  const own = session.value;
  if (!own) return undefined;
  return own.role || own.acting?.role || (own.professionalId ? 'professional' : undefined);
});

/** Asks the server who is signed in. */
export async function loadSession(): Promise<void> {
  sessionProblem.value = undefined;
  try {
    session.value = (await call<Session>('GET', '/session', { anonymous: true })).data;
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    if (thrown.status === 401) session.value = null;
    else sessionProblem.value = thrown;
  }
}

export interface Credentials {
  email: string;
  password: string;
  code?: string;
}

/** Signs in and makes the session current. */
export async function signIn(credentials: Credentials): Promise<Session> {
  const body = credentials.code ? credentials : { email: credentials.email, password: credentials.password };
  session.value = (await call<Session>('POST', '/session', { body, anonymous: true })).data;
  return session.value;
}

/** Signs out, and takes every draft of this person off the device. */
export async function signOut(): Promise<void> {
  const user = session.value?.user.id;
  try {
    await call('DELETE', '/session', { anonymous: true });
  } catch (thrown) {
    // A session that has ended already is signed out too.
    if (!(thrown instanceof Problem) || thrown.status !== 401) throw thrown;
  }
  if (user) dropDrafts(user);
  session.value = null;
}

/** Acts for another organisation; an empty membership acts for oneself. */
export async function actFor(membershipId: string): Promise<void> {
  session.value = (await call<Session>('PUT', '/session/acting', { body: { membershipId } })).data;
}

/** Acts in the name of the colleague whose office a delegation lends. */
export async function actUnder(delegationId: string): Promise<void> {
  session.value = (await call<Session>('PUT', '/session/acting', { body: { membershipId: '', delegationId } })).data;
}

/** Remembers the language with the account. */
export async function rememberLanguage(locale: string): Promise<void> {
  if (!session.value) return;
  session.value = (await call<Session>('PUT', '/session/locale', { body: { locale } })).data;
}

/** Set while the person is being asked to sign in again; answers whether they did. */
export const renewal = signal<{ email: string; settle: (renewed: boolean) => void } | undefined>(undefined);

let asking: Promise<boolean> | undefined;

/**
 * Asks for the password in place, so that a form that was being filled in stays
 * as it is. Requests that fail at the same moment share one dialog.
 */
export function renew(): Promise<boolean> {
  const ended = session.value;
  if (!ended) return Promise.resolve(false);
  asking ??= new Promise<boolean>((resolve) => {
    renewal.value = { email: ended.user.email, settle: resolve };
  })
    .then((renewed) => (renewed ? actAsBefore(ended) : false))
    .finally(() => {
      asking = undefined;
      renewal.value = undefined;
    });
  return asking;
}

// A new session starts in the first membership; the request that waits was made in this one.
async function actAsBefore(ended: Session): Promise<boolean> {
  const before = ended.acting?.membershipId ?? '';
  if ((session.value?.acting?.membershipId ?? '') === before) return true;
  const body = ended.actingFor ? { membershipId: '', delegationId: ended.actingFor.delegationId } : { membershipId: before };
  session.value = (await call<Session>('PUT', '/session/acting', { body, anonymous: true })).data;
  return true;
}

onSessionEnd(renew);
