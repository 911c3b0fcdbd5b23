// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import type { ComponentType } from 'preact';
import { LocationProvider, Route, Router, type RoutePropsForPath } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../i18n';
import type { Criterion } from '../ranking/types';
import { session, type Session } from '../session/session';
import { refused, serve, Status } from '../testing-server';
import { filledWords } from './fields';
import { keepLink, madeLink } from './invitation-link';
import MemberPage from './member';
import MembersPage from './members';
import { dayOfMonth, detailed } from './past-rows';
import { levelWords } from './read-lists';
import { gains, open } from './reasons';
import RegisterPage from './register';
import { freshSkill, renamed } from './skill-rows';
import { differing, emptyProfile, pick, textOf, type Language, type Professional } from './types';
import { valueWords } from './values';
import { levelled, nameOf, sameLevel } from './words';

const lists = {
  countries: [{ code: 'GH', name: 'Ghana' }, { code: 'NL', name: 'Netherlands' }], languages: [{ code: 'en', name: 'English' }], iscedLevels: [], iscedFields: [],
  sectors: [], cefr: ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'], esco: { loaded: false, notice: '' },
};

export const ama: Professional = {
  ...emptyProfile(), id: 'p1', pseudonym: 'P-7K3M-Q2XA', version: 1, state: 'invited', visible: false, demo: false, named: true, lacks: [], warnings: [],
  associations: [{ id: 'o1', name: 'Ghana Nurses NL' }], invitation: { state: 'sent', expiresAt: '2027-01-01T00:00:00Z', link: '' }, consents: [],
  can: { edit: true, invite: true, pause: false, resume: false, confirm: false, consent: false }, confirmedAt: null, createdAt: '2026-11-24T00:00:00Z',
  updatedAt: '2026-11-24T00:00:00Z', givenName: 'Ama', familyName: 'Boateng', email: 'ama@example.org', originCountry: 'GH', originLink: 'born',
  residenceCountry: 'NL', occupationTitle: 'Midwife', isco: '2222',
};

const officer = { user: { id: 'u1', name: 'Efua', email: 'efua@example.org', locale: 'en', demo: false }, role: 'association', acting: null, memberships: [], professionalId: null, totp: { enrolled: false, required: false }, demo: false } satisfies Session;

const english: Language = { language: 'en', native: false, listening: 'C1', reading: 'C1', interaction: 'C1', production: 'C1', writing: 'C1' };

beforeEach(() => {
  session.value = officer;
  madeLink.value = undefined;
});
afterEach(() => {
  session.value = undefined;
  vi.unstubAllGlobals();
});

function at(path: string, page: () => preact.JSX.Element, pattern = path) {
  history.replaceState(null, '', path);
  const routes = [<Route key="one" path={pattern} component={page as ComponentType<RoutePropsForPath<string>>} />];
  return render(<LocationProvider><Router>{routes}</Router></LocationProvider>);
}

describe('a profile', () => {
  it('sends what people write, and nothing that the server decides', () => {
    expect(Object.keys(textOf(ama)).sort()).toEqual(Object.keys(emptyProfile()).sort());
    expect(textOf(ama)).not.toHaveProperty('visible');
  });

  it('knows which of some fields differ', () => {
    const later = { ...textOf(ama), skills: [freshSkill('health.x', 'X')], summary: 'New.' };
    expect(differing(textOf(ama), later, ['skills', 'summary', 'email'])).toEqual(['skills', 'summary']);
    expect(pick(later, ['summary'])).toEqual({ summary: 'New.' });
  });

  it('names a person only where the reader may know the name', () => {
    expect(nameOf(ama)).toBe('Ama Boateng');
    expect(nameOf({ ...ama, named: false })).toBe('P-7K3M-Q2XA');
    expect(nameOf({ ...ama, givenName: '', familyName: '' })).toBe('P-7K3M-Q2XA');
  });

  it('says how much of a part is filled in', () => {
    expect(filledWords({ ...emptyProfile(), skills: [freshSkill(), freshSkill()] }, ['skills'])).toBe('2 entries');
    expect(filledWords({ ...emptyProfile(), phone: '+31', sex: 'female' }, ['phone', 'sex', 'birthDate'])).toBe('2 filled in');
    expect(filledWords(emptyProfile(), ['phone', 'availability', 'onsite', 'longestDays'])).toBeUndefined();
  });
});

describe('languages', () => {
  it('have one level for all abilities, or say which differ', () => {
    expect(sameLevel(english)).toBe('C1');
    expect(sameLevel({ ...english, writing: 'B2' })).toBeUndefined();
    expect(sameLevel(levelled({ ...english, writing: '' }, 'B1'))).toBe('B1');
    expect(levelWords({ ...english, listening: '', writing: 'B2' })).toBe('Reading\u00a0C1 · Conversation\u00a0C1 · Speaking\u00a0C1 · Writing\u00a0B2');
  });
});

describe('skills', () => {
  const confirmed = { ...freshSkill('health.obstetric-care', 'obstetric care'), level: 4, evidence: 'referee' };

  it('are a concept, or words alone', () => {
    expect(renamed(freshSkill(), { value: 'health.x', label: 'X' })).toMatchObject({ concept: 'health.x', label: 'X' });
    expect(renamed(freshSkill('health.x', 'X'), { value: 'words:songs', label: 'songs' })).toMatchObject({ concept: '', label: 'songs' });
  });

  it('lose what others confirmed when they become another skill', () => {
    expect(renamed(confirmed, { value: 'words:songs', label: 'songs' })).toMatchObject({ evidence: 'claimed', level: 4 });
    expect(renamed({ ...confirmed, evidence: 'experience' }, { value: 'health.x', label: 'X' }).evidence).toBe('experience');
  });
});

describe('dates and codes', () => {
  it('turn a month into its first or last day', () => {
    expect(dayOfMonth('2024-02', 'first')).toBe('2024-02-01');
    expect(dayOfMonth('2024-02', 'last')).toBe('2024-02-29');
    expect(dayOfMonth('2024', 'last')).toBe('2024');
  });

  it('offer fields of study in detail, and the one that was chosen', () => {
    const fields = [{ code: '09', name: 'Health' }, { code: '091', name: 'Health' }, { code: '0913', name: 'Nursing' }];
    expect(detailed(fields, '').map((one) => one.code)).toEqual(['0913']);
    expect(detailed(fields, '091').map((one) => one.code)).toEqual(['091', '0913']);
  });

  it('say any value in words', () => {
    expect(valueWords('originCountry', 'GH')).toBe('Ghana');
    expect(valueWords('birthDate', '1988-04-02')).toBe('2 Apr 1988');
    expect(valueWords('rightOfReturn', 'unknown')).toBe('Not known');
    expect(valueWords('onsite', true)).toBe('Yes');
    expect(valueWords('summary', '')).toBe('Not given');
    expect(valueWords('availability', [{ from: '2027-02-01', to: '2027-04-25' }])).toMatch(/^1 Feb.+25 Apr 2027$/);
    expect(valueWords('skills', [{ ...freshSkill('', 'songs'), level: 2, years: 3 }])).toBe('songs · Independent · 3 years');
  });
});

describe('reasons', () => {
  const criterion = (name: string, status: Criterion['status'], points: number, of: number): Criterion => ({ name, status, points, of, concept: '', conceptLabel: '', evidence: { need: 'n', person: 'p' } });
  const all = [criterion('occupation', 'met', 200, 200), criterion('text', 'missing', 0, 40), criterion('skill.required', 'missing', 0, 90), criterion('language', 'partly', 30, 36), criterion('experience', 'met', 80, 80)];

  it('put what weighs most first', () => {
    expect(gains(all).first.map((one) => one.name)).toEqual(['occupation', 'experience']);
    expect(open(all).first.map((one) => one.name)).toEqual(['skill.required', 'language']);
  });
});

describe('the list of members', () => {
  it('offers the first registration where there is nobody', async () => {
    serve({ 'GET /professionals': { items: [], next: '' } });
    at('/professionals', MembersPage);
    expect(await screen.findByText('No members registered yet')).toBeTruthy();
    expect(screen.getAllByRole('link', { name: 'Register a member' })).toHaveLength(2);
  });

  it('shows who is invited and not visible, and keeps names out of the address', async () => {
    const counts = { uninvited: 0, sent: 1, opened: 0, expired: 0, confirmed: 0, visible: 0, paused: 0, withdrawn: 0, stale: 0, declined: 0 };
    const asked = serve({
      'GET /members': { counts, total: 1, waiting: 1, oldest: '2026-11-24T00:00:00Z', proposed: 0, placed: 0 },
      'GET /members/invitations': { count: 1, rested: 2, languages: { fr: 1 }, left: 0 }, 'POST /members/invitations': { count: 1, rested: 2, languages: { fr: 1 }, left: 0 },
      'GET /professionals': ({ query }: { query: URLSearchParams }) => ({ items: query.get('q') ? [] : [{ ...ama, progress: 'sent' }], next: '' }),
    });
    at('/professionals?progress=sent', MembersPage, '/professionals');
    expect(await screen.findByRole('link', { name: 'Ama Boateng' })).toBeTruthy();
    expect((await screen.findByRole('link', { name: '1 Invited, not opened' })).getAttribute('aria-current')).toBe('page');
    expect(asked.find((one) => one.path === '/professionals')?.query.get('progress')).toBe('sent');
    fireEvent.click(screen.getByRole('button', { name: 'Invite again' }));
    expect(await screen.findByText('2 people were invited in the last three days and are left alone.')).toBeTruthy();
    expect(screen.getByText('Each in their own language: French (1).')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Send the invitations' }));
    await waitFor(() => expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ progress: 'sent', import: '' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'Kofi' } });
    fireEvent.submit(screen.getByRole('search'));
    expect(await screen.findByText('Nobody found for “Kofi”')).toBeTruthy();
    expect(location.href).not.toContain('Kofi');
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
  });

  it('says when the reader may not see it', async () => {
    serve({ 'GET /professionals': refused(403, 'denied') });
    at('/professionals', MembersPage);
    expect(await screen.findByText('You may not do this')).toBeTruthy();
  });
});

describe('registering a member', () => {
  it('opens the part in which something is wrong', async () => {
    serve({
      'GET /taxonomy/lists': lists, 'GET /taxonomy/occupation-links': { items: [], next: '' }, 'GET /taxonomy/skills': { items: [], next: '' },
      'POST /professionals': refused(422, 'request.invalid', [{ field: 'phone', code: 'phone.malformed', message: 'Please.' }, { field: 'givenName', code: 'field.empty', message: 'Please.' }]),
    });
    const { container } = at('/professionals/new', RegisterPage);
    fireEvent.submit(container.querySelector('form') as HTMLFormElement);
    const summary = await screen.findByRole('alert');
    expect([...summary.querySelectorAll('a')].map((one) => one.textContent)).toEqual(['Given name: Please fill this in.', expect.stringMatching(/^Telephone: Please write the number/)]);
    expect((screen.getByLabelText(/^Telephone/).closest('details') as HTMLDetailsElement).open).toBe(true);
    expect(screen.getByText('Skills', { selector: '.fold-title' }).closest('details')?.open).toBe(false);
  });

  it('asks six questions at most', () => {
    serve({ 'GET /taxonomy/lists': lists });
    const { container } = at('/professionals/new', RegisterPage);
    const outside = [...container.querySelectorAll('[aria-required=true]')].filter((one) => !one.closest('details'));
    expect(outside.map((one) => one.getAttribute('name'))).toEqual(['givenName', 'email', 'originCountry', 'residenceCountry', 'occupationTitle']);
  });
});

describe('a member', () => {
  const show = () => at('/professionals/p1', MemberPage, '/professionals/:id');

  it('is invited, not visible, and the fresh link is shown once', async () => {
    serve({ 'GET /professionals/p1': ama, 'GET /taxonomy/lists': lists, 'GET /taxonomy/occupations': { items: [], next: '' } });
    keepLink('p1', { state: 'sent', expiresAt: '2027-01-01T00:00:00Z', link: '/invitation#secret' });
    const { unmount } = show();
    expect(await screen.findByText('Invited, not visible')).toBeTruthy();
    expect((screen.getByLabelText('Link of the invitation') as HTMLInputElement).value).toBe('http://localhost:3000/invitation#secret');
    unmount();
    await waitFor(() => expect(madeLink.value).toBeUndefined());
    show();
    expect(await screen.findByText(/has a link and has not opened it/)).toBeTruthy();
    expect(screen.queryByLabelText('Link of the invitation')).toBeNull();
  });

  it('gets a new invitation', async () => {
    serve({
      'GET /professionals/p1': { ...ama, invitation: { state: 'expired', expiresAt: null, link: '' } }, 'GET /taxonomy/lists': lists, 'GET /taxonomy/occupations': { items: [], next: '' },
      'POST /professionals/p1/invitation': new Status(201, { state: 'sent', expiresAt: '2027-01-01T00:00:00Z', link: '/invitation#newer' }),
    });
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Make a new invitation' }));
    expect(((await screen.findByLabelText('Link of the invitation')) as HTMLInputElement).value).toContain('#newer');
  });

  it('says why somebody who joined cannot be found, in French too', async () => {
    await speak('fr');
    serve({ 'GET /professionals/p1': { ...ama, state: 'active', lacks: ['isco'], can: { ...ama.can, edit: false, invite: false } }, 'GET /taxonomy/lists': lists, 'GET /taxonomy/occupations': { items: [], next: '' } });
    show();
    expect(await screen.findByText(/il reste à remplir.*Groupe de professions/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Modifier' })).toBeNull();
  });
});
