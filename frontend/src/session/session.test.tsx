// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call } from '../api/call';
import { findDraft, keepDraft } from '../form/draft';
import { App } from '../app';
import { loadSession, role, session, signOut, type Session } from './session';
import SignInPage, { onward } from './sign-in';
import { SignInDialog } from './sign-in-dialog';
import { digits } from './sign-in-form';

const place = (id: string) => ({ membershipId: id, role: 'host' as const, organisation: { id: `o-${id}`, name: `Hospital ${id}`, kind: 'host' }, programme: null });
const efua: Session = {
  user: { id: 'u1', name: 'Efua Mensah', email: 'efua@example.org', locale: 'en', demo: true }, role: 'host', acting: place('m2'), memberships: [place('m1'), place('m2')],
  professionalId: '', totp: { enrolled: true, required: true }, demo: true,
};

type Handler = (body: Record<string, unknown>) => [number, unknown];

function server(routes: Record<string, Handler>) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const name = `${init.method} ${url.replace('/api/v1', '')}`;
    asked.push(name);
    const [status, body] = routes[name]?.(JSON.parse((init.body as string | undefined) ?? '{}') as Record<string, unknown>) ?? [404, { code: 'missing' }];
    if (status === 204) return new Response(null, { status });
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } });
  });
  return asked;
}

beforeEach(() => {
  session.value = undefined;
  history.replaceState(null, '', '/');
});
afterEach(() => vi.unstubAllGlobals());

describe('the session', () => {
  it('is null when nobody is signed in', async () => {
    server({ 'GET /session': () => [401, { code: 'session.missing' }] });
    await loadSession();
    expect(session.value).toBeNull();
  });

  it('knows the role of a professional who acts for nobody', () => {
    session.value = { ...efua, role: '', acting: null, professionalId: 'p1' };
    expect(role.value).toBe('professional');
  });

  it('takes the drafts along when it ends', async () => {
    server({ 'DELETE /session': () => [204, undefined] });
    session.value = efua;
    keepDraft('u1', 'need', { at: Date.now(), version: '', values: {} });
    await signOut();
    expect(findDraft('u1', 'need')).toBeUndefined();
    expect(session.value).toBeNull();
  });
});

describe('signing in', () => {
  it('asks for the code only when the account has one, and takes it with spaces', async () => {
    const bodies: Record<string, unknown>[] = [];
    server({ 'POST /session': (body) => {
      bodies.push(body);
      return body['code'] ? [200, efua] : [401, { code: 'session.totp_required' }];
    } });
    session.value = null;
    render(<LocationProvider><SignInPage /></LocationProvider>);
    fireEvent.input(screen.getByLabelText('E-mail address'), { target: { value: 'efua@example.org' } });
    fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'secret' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    const code = await screen.findByLabelText('Six-digit code');
    expect(code.getAttribute('autocomplete')).toBe('one-time-code');
    fireEvent.input(code, { target: { value: '123 456' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(session.value?.user.name).toBe('Efua Mensah'));
    expect(bodies).toEqual([{ email: 'efua@example.org', password: 'secret' }, { email: 'efua@example.org', password: 'secret', code: '123456' }]);
    expect(digits(' 12-34 56')).toBe('123456');
  });

  it('says what is wrong and keeps what was typed', async () => {
    server({ 'POST /session': () => [401, { code: 'session.wrong', detail: 'x' }] });
    session.value = null;
    render(<LocationProvider><SignInPage /></LocationProvider>);
    fireEvent.input(screen.getByLabelText('E-mail address'), { target: { value: 'who@example.org' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('The e-mail address or the password is not right.')).toBeTruthy();
    expect((screen.getByLabelText('E-mail address') as HTMLInputElement).value).toBe('who@example.org');
  });

  it('fills in a demonstration account with one press', async () => {
    server({ 'GET /demo-sign-ins': () => [200, { items: [{ role: 'host', email: 'demo@example.org', password: 'demo', name: 'Kwame', organisation: 'Hospital' }], next: '' }] });
    session.value = null;
    render(<LocationProvider><SignInPage /></LocationProvider>);
    fireEvent.click(await screen.findByRole('button', { name: 'Use this account Kwame' }));
    await waitFor(() => expect((screen.getByLabelText('E-mail address') as HTMLInputElement).value).toBe('demo@example.org'));
    expect((screen.getByLabelText('Password') as HTMLInputElement).value).toBe('demo');
  });

  it('leads on only within the application', () => {
    expect(onward('/needs/7?tab=1')).toBe('/needs/7?tab=1');
    for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', undefined]) expect(onward(bad)).toBe('/');
  });
});

describe('a session that ends in the middle of work', () => {
  it('is renewed in place, for the same organisation, and the request goes through', async () => {
    let live = false;
    const asked = server({
      'POST /needs': () => (live ? [200, { ref: 'n1' }] : [401, { code: 'session.ended' }]),
      'POST /session': () => {
        live = true;
        return [200, { ...efua, acting: place('m1') }];
      },
      'PUT /session/acting': (body) => [200, { ...efua, acting: place(String(body['membershipId'])) }],
    });
    session.value = efua;
    render(<SignInDialog />);
    const both = Promise.all([call('POST', '/needs', { body: {} }), call('POST', '/needs', { body: {} })]);
    const email = (await screen.findByLabelText('E-mail address')) as HTMLInputElement;
    expect(email.readOnly).toBe(true);
    expect(email.value).toBe('efua@example.org');
    expect(screen.getAllByRole('dialog', { hidden: true })).toHaveLength(1);
    fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'secret' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in', hidden: true }));
    expect((await both).map((one) => one.data)).toEqual([{ ref: 'n1' }, { ref: 'n1' }]);
    expect(session.value?.acting?.membershipId).toBe('m2');
    expect(asked.filter((one) => one === 'PUT /session/acting')).toHaveLength(1);
    await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull());
  });

  it('gives up when the person closes the dialog', async () => {
    server({ 'GET /needs': () => [401, { code: 'session.ended' }] });
    session.value = efua;
    render(<SignInDialog />);
    const asked = call('GET', '/needs').catch((thrown: unknown) => thrown);
    fireEvent.click(await screen.findByRole('button', { name: 'Close', hidden: true }));
    expect(await asked).toMatchObject({ status: 401 });
  });
});

describe('the application', () => {
  it('leads a stranger to the sign-in and remembers where they wanted to go', async () => {
    server({});
    history.replaceState(null, '', '/security');
    session.value = null;
    render(<App />);
    expect(await screen.findByRole('heading', { name: 'Sign in', level: 1 })).toBeTruthy();
    expect(location.search).toBe('?next=%2Fsecurity');
  });

  it('shows the frame, the ribbon and the page, and marks where one is', async () => {
    server({});
    session.value = efua;
    render(<App />);
    expect(await screen.findByRole('heading', { name: 'Overview', level: 1 })).toBeTruthy();
    expect(screen.getByText('Demo programme – fictional people')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBe('page');
    expect(screen.getByRole('link', { name: 'Help' })).toBeTruthy();
    await waitFor(() => expect(document.title).toBe('Overview – Sankofa'));
  });

  it('moves the focus to the new page', async () => {
    server({});
    session.value = efua;
    render(<App />);
    await screen.findByRole('heading', { name: 'Overview', level: 1 });
    fireEvent.click(screen.getByRole('link', { name: 'Help' }));
    await screen.findByRole('heading', { name: 'Help', level: 1 });
    expect(document.activeElement?.id).toBe('main');
  });

  it('says that an address leads nowhere', async () => {
    server({});
    history.replaceState(null, '', '/nowhere');
    session.value = efua;
    render(<App />);
    expect(await screen.findByText('There is no page at this address')).toBeTruthy();
  });
});
