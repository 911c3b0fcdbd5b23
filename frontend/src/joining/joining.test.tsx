// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../i18n';
import { emptyProfile, type Notice } from '../professionals/types';
import { session, type Session } from '../session/session';
import { refused, serve, Status } from '../testing-server';
import { ticked } from './consents';
import InvitationPage, { tokenOf } from './invitation';
import { blocksOf } from './notice';
import RegisterPage from './register';

const notice = (purpose: Notice['purpose'], language = 'en'): Notice => ({ purpose, version: '2026-12', language, title: `About ${purpose}`, body: 'One.\n\nRights:\n- a\n- b', required: purpose === 'registry_search' });
const notices = { items: [notice('registry_search'), notice('statistics')], next: '' };
const own: Session = { user: { id: 'u1', name: 'Ama Boateng', email: 'ama@example.org', locale: 'en', demo: false }, role: 'professional', acting: null, memberships: [], professionalId: 'p1', totp: { enrolled: false, required: false }, demo: false };
const lists = { countries: [{ code: 'GH', name: 'Ghana' }, { code: 'FR', name: 'France' }], languages: [], iscedLevels: [], iscedFields: [], sectors: [], cefr: [], esco: { loaded: false, notice: '' } };
const welcome = {
  givenName: 'Ama', familyName: 'Boateng', association: { id: 'o1', name: 'Ghana Nurses NL', kind: 'association', country: 'NL', place: '' },
  programmes: [{ id: 'g1', code: 'GH', name: 'Ghana Health', countries: ['GH'] }], notices: notices.items, hasAccount: false, expiresAt: '2027-01-01T00:00:00Z',
  profile: { ...emptyProfile(), givenName: 'Ama', familyName: 'Boateng', email: 'ama@example.org', originCountry: 'GH', residenceCountry: 'NL', occupationTitle: 'Midwife' },
};

function at(path: string, page: () => preact.JSX.Element) {
  history.replaceState(null, '', path);
  return render(<LocationProvider><Router><Route path="/invitation" component={page} /><Route path="/register" component={page} /><Route default component={() => <p>elsewhere</p>} /></Router></LocationProvider>);
}

beforeEach(() => {
  session.value = null;
});
afterEach(() => {
  session.value = undefined;
  vi.unstubAllGlobals();
});

describe('the parts of it', () => {
  it('find the token behind the #, in a link or alone', () => {
    expect(tokenOf('https://sankofa.example/invitation#abc ')).toBe('abc');
    expect(tokenOf('#abc')).toBe('abc');
    expect(tokenOf(' abc')).toBe('abc');
    expect(tokenOf('')).toBe('');
  });

  it('read a notice as paragraphs and lists', () => {
    expect(blocksOf('One.\n\nRights:\n- a\n- b\n\nTwo.')).toEqual([
      { list: false, lines: ['One.'] }, { list: false, lines: ['Rights:'] }, { list: true, lines: ['a', 'b'] }, { list: false, lines: ['Two.'] }]);
  });

  it('remember in which words something was ticked', () => {
    const given = ticked([], notice('statistics', 'ar'), true);
    expect(given).toEqual([{ purpose: 'statistics', version: '2026-12', language: 'ar' }]);
    expect(ticked(given, notice('statistics'), false)).toEqual([]);
  });
});

describe('an invitation', () => {
  it('shows who wrote what, ticks nothing, and sends what was ticked', async () => {
    const asked = serve({ 'POST /invitations/open': welcome, 'GET /notices': notices, 'POST /invitations/accept': own });
    at('/invitation#secret', InvitationPage);
    expect((await screen.findAllByText('Ghana Nurses NL')).length).toBeGreaterThan(0);
    expect(screen.getByText('Midwife')).toBeTruthy();
    const boxes = await screen.findAllByRole('checkbox');
    expect(boxes.map((one) => (one as HTMLInputElement).checked)).toEqual([false, false]);
    expect(screen.getByText(/nobody will find you/)).toBeTruthy();
    fireEvent.click(boxes[0] as HTMLElement);
    fireEvent.input(screen.getByLabelText('Choose a password'), { target: { value: 'four words that rhyme' } });
    fireEvent.click(screen.getByRole('button', { name: 'Accept the invitation' }));
    await waitFor(() => expect(session.value).toEqual(own));
    expect(asked.at(-1)?.body).toEqual({ token: 'secret', locale: 'en', password: 'four words that rhyme', consents: [{ purpose: 'registry_search', version: '2026-12', language: 'en' }] });
    expect(asked.map((one) => one.path + String(one.query)).join(' ')).not.toContain('secret');
    expect(location.pathname).toBe('/me');
  });

  it('asks for signing in first where there is an account', async () => {
    serve({ 'POST /invitations/open': { ...welcome, hasAccount: true }, 'GET /notices': notices });
    at('/invitation#secret', InvitationPage);
    expect(await screen.findByText('Please sign in first')).toBeTruthy();
    expect((screen.getByLabelText('E-mail address') as HTMLInputElement).value).toBe('ama@example.org');
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('needs no password of who is signed in, and is not for anybody else', async () => {
    session.value = own;
    serve({ 'POST /invitations/open': { ...welcome, hasAccount: true }, 'GET /notices': notices });
    const { unmount } = at('/invitation#secret', InvitationPage);
    expect(await screen.findByRole('button', { name: 'Accept the invitation' })).toBeTruthy();
    expect(screen.queryByLabelText('Choose a password')).toBeNull();
    unmount();
    session.value = { ...own, user: { ...own.user, name: 'Efua', email: 'efua@example.org' } };
    at('/invitation#secret', InvitationPage);
    expect(await screen.findByText('You are signed in as Efua')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Accept the invitation' })).toBeNull();
  });

  it('is declined only when the person says so twice', async () => {
    const asked = serve({ 'POST /invitations/open': welcome, 'GET /notices': notices, 'POST /invitations/decline': undefined });
    at('/invitation#secret', InvitationPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Decline the invitation' }));
    expect(asked.some((one) => one.path === '/invitations/decline')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Decline and delete' }));
    expect(await screen.findByText('It is deleted')).toBeTruthy();
  });

  it.each([[409, 'invitation.used', 'Sign in'], [409, 'invitation.expired', ''], [404, 'invitation.unknown', '']] as const)('that is over says so kindly (%i %s)', async (status, code, link) => {
    serve({ 'POST /invitations/open': refused(status, code) });
    at('/invitation#secret', InvitationPage);
    expect(await screen.findByText('This invitation cannot be opened')).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Sign in' }) !== null).toBe(link !== '');
  });

  it('can be pasted, and stays out of every address but behind the #', async () => {
    serve({ 'POST /invitations/open': welcome, 'GET /notices': notices });
    at('/invitation', InvitationPage);
    fireEvent.input(screen.getByLabelText('Link of the invitation'), { target: { value: 'http://localhost:3000/invitation#secret' } });
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(await screen.findByText('What is written about you')).toBeTruthy();
    expect(location.hash).toBe('#secret');
  });

  it('speaks Arabic from beginning to end', async () => {
    await speak('ar');
    const asked = serve({ 'POST /invitations/open': welcome, 'GET /notices': notices });
    const { container } = at('/invitation#secret', InvitationPage);
    await screen.findAllByRole('checkbox');
    expect(asked[0]?.body).toEqual({ token: 'secret', language: 'ar' });
    const english = [...container.querySelectorAll('h1, h2, summary, label, button, .field-help')].map((one) => one.textContent ?? '').filter((text) => /\u2066/.test(text));
    expect(english).toEqual([]);
  });
});

describe('registering oneself', () => {
  const served = { 'GET /open-programmes': { items: welcome.programmes, next: '' }, 'GET /notices': notices, 'GET /taxonomy/lists': lists, 'GET /taxonomy/occupation-links': { items: [], next: '' } };

  it('says everything that is missing at once', async () => {
    const asked = serve(served);
    at('/register', RegisterPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Register' }));
    expect((await screen.findByRole('alert')).querySelectorAll('li')).toHaveLength(6);
    expect(asked.some((one) => one.method === 'POST')).toBe(false);
  });

  it('tells which programme serves the country, or that none does', async () => {
    serve(served);
    at('/register', RegisterPage);
    const country = await screen.findByLabelText('Country of origin');
    await screen.findAllByRole('option', { name: 'France' });
    fireEvent.change(country, { target: { value: 'GH' } });
    expect(await screen.findByText('Ghana Health')).toBeTruthy();
    fireEvent.change(country, { target: { value: 'FR' } });
    expect(await screen.findByText('No programme here serves France yet')).toBeTruthy();
    expect(screen.getByText('Served at the moment: Ghana.')).toBeTruthy();
  });

  it('shows an address that is taken at its field', async () => {
    serve({ ...served, 'GET /taxonomy/occupations': { items: [{ code: '2222', title: 'Midwives', matched: '' }], next: '' }, 'POST /registrations': refused(422, 'request.invalid', [{ field: 'email', code: 'email.taken', message: 'Taken.' }]) });
    at('/register', RegisterPage);
    await fill();
    fireEvent.click(screen.getByRole('button', { name: 'Register' }));
    expect((await screen.findByRole('alert')).textContent).toContain('E-mail address: This e-mail address has an account already.');
  });

  it('registers once, then signs in with the same words', async () => {
    let tries = 0;
    const asked = serve({
      ...served, 'GET /taxonomy/occupations': { items: [{ code: '2222', title: 'Midwives', matched: '' }], next: '' }, 'POST /registrations': new Status(201, { id: 'p1' }),
      'POST /session': () => (tries++ === 0 ? refused(503, 'busy') : own),
    });
    at('/register', RegisterPage);
    await fill();
    fireEvent.click(screen.getByRole('button', { name: 'Register' }));
    await screen.findByText('This did not work');
    fireEvent.click(screen.getByRole('button', { name: 'Register' }));
    await waitFor(() => expect(session.value).toEqual(own));
    expect(asked.filter((one) => one.path === '/registrations')).toHaveLength(1);
    expect(asked.find((one) => one.path === '/registrations')?.body).toMatchObject({ givenName: 'Ama', isco: '2222', locale: 'en', consents: [] });
  });

  async function fill() {
    await screen.findAllByRole('option', { name: 'France' });
    const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
    const choose = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
    type('Given name', 'Ama');
    type('E-mail address', 'ama@example.org');
    choose('Country of origin', 'GH');
    choose('Country of residence', 'FR');
    type('Occupation', 'Midwife');
    fireEvent.input(screen.getByRole('combobox', { name: /^Group of occupations/ }), { target: { value: 'mid' } });
    fireEvent.click(await screen.findByRole('option', { name: /Midwives/ }));
    type('Choose a password', 'four words that rhyme');
  }
});
