// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session, type Role, type Session } from '../session/session';
import { refused, serve, Status, type Asked } from '../testing-server';
import CandidaciesPage from './candidacies';
import CandidacyPage from './candidacy';
import ShortlistPage from './shortlist';
import SnapshotPage from './snapshot';
import type { Candidacy, Decision } from './types';
import { stepsOf } from './words';

const can: Candidacy['can'] = { dismiss: false, endorse: false, object: false, approve: false, answer: false, accept: false, decline: false, withdraw: false, stay: false };
const organisation = { id: 'o1', name: 'Commune de Thiès', kind: 'host', country: 'SN', place: '' };
const chosen: Decision = { step: 'shortlist', outcome: 'yes', reason: 'The strongest.', by: 'Claire Fournier', for: '', organisation: 'Programme office', at: '2026-11-24T00:00:00Z', round: 1 };
const moussa: Candidacy = {
  id: 'c1', version: 2, state: 'SHORTLISTED', status: 'interview', origin: 'ranking', association: '', statement: '',
  need: { id: 'n1', reference: 'SN-2027-0001', title: 'Irrigation', state: 'IN_SELECTION', version: 7, organisation, country: 'SN', dutyStation: 'Thiès', modality: 'onsite', startsOn: '2027-06-07', endsOn: '2027-07-16' },
  person: { pseudonym: 'P-6GRW-2JHS', name: 'Moussa Diop', professionalId: 'p1' }, from: '2027-06-07', to: '2027-07-16', days: 40, score: 979, outOf: 1000, answerBy: null, endReason: '',
  decisions: [chosen], teamId: '', placementReference: '', can, reasonCode: '', round: 1, deciders: [], decideBy: null, escalatedAt: null, createdAt: '2026-11-24T00:00:00Z', updatedAt: '2026-11-24T00:00:00Z',
};
const snapshot = { id: 's1', takenAt: '2026-11-24T00:00:00Z', by: 'Claire Fournier', algorithm: 'sankofa-1', indexPosition: 12, sha256: 'abc', intact: true };

function as(role: Role): void {
  const acting = { membershipId: 'm1', role, organisation, programme: null };
  session.value = { user: { id: 'u1', name: 'Awa', email: 'awa@example.org', locale: 'en', demo: false }, role, acting, memberships: [acting], professionalId: 'p1', totp: { enrolled: true, required: false }, demo: false } satisfies Session;
}

function show(Page: () => preact.JSX.Element, address: string, path: string, replies: Record<string, unknown>): Asked[] {
  const asked = serve(replies);
  history.replaceState(null, '', address);
  render(<LocationProvider><Router>{[<Route key="page" path={path} component={Page} />]}</Router></LocationProvider>);
  return asked;
}
const openOne = (one: Candidacy, more: Record<string, unknown> = {}) => show(CandidacyPage, '/candidacies/c1', '/candidacies/:id', { 'GET /candidacies/c1': one, ...more });
const openList = (items: Candidacy[], more: Record<string, unknown> = {}) =>
  show(ShortlistPage, '/needs/SN-2027-0001/shortlist', '/needs/:ref/shortlist', { 'GET /needs/SN-2027-0001/shortlist': { snapshot, items }, ...more });

beforeEach(() => as('host'));
afterEach(() => {
  session.value = null;
  vi.unstubAllGlobals();
});

describe('the steps of a candidacy', () => {
  it('are decided, waited for, or still to come', () => {
    expect(stepsOf(moussa).map((one) => one.standing)).toEqual(['yes', 'waiting', 'later', 'later', 'later']);
    expect(stepsOf({ ...moussa, state: 'OBJECTED', decisions: [chosen, { ...chosen, step: 'host_endorsement' }, { ...chosen, step: 'no_objection', outcome: 'no' }] }).map((one) => one.standing))
      .toEqual(['yes', 'yes', 'no', 'later', 'later']);
  });
});

describe('the shortlist', () => {
  it('names people only where the server does', async () => {
    openList([moussa, { ...moussa, id: 'c2', person: { pseudonym: 'P-MBT3-GZ33', name: '', professionalId: '' } }]);
    expect((await screen.findAllByRole('heading', { level: 3 })).map((one) => one.textContent)).toEqual(['Moussa Diop P-6GRW-2JHS', 'P-MBT3-GZ33']);
  });

  it('shows who decided what and why, and who is waited for', async () => {
    openList([moussa]);
    const steps = within(await screen.findByRole('list', { name: 'Decisions, in their order' })).getAllByRole('listitem');
    expect(steps[0]?.textContent).toContain('The strongest.');
    expect(steps[0]?.textContent).toContain('Claire Fournier');
    expect(steps[1]?.textContent).toContain('Waits here now');
    expect(screen.queryByRole('button', { name: /Endorse/ })).toBeNull();
  });

  it('sends a decision with its reason and the version that was seen', async () => {
    const endorsed = { ...moussa, version: 3, state: 'HOST_ENDORSED', decisions: [chosen, { ...chosen, step: 'host_endorsement' as const, reason: 'He knows our kit.' }] };
    const asked = openList([{ ...moussa, can: { ...can, endorse: true } }], { 'POST /candidacies/c1/endorse': new Status(200, endorsed, '"3"') });
    fireEvent.click(await screen.findByRole('button', { name: /^Endorse/ }));
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: 'He knows our kit.' } });
    fireEvent.click(screen.getByRole('button', { name: 'Endorse' }));
    expect(await screen.findByText('Endorsed by the host')).toBeTruthy();
    const sent = asked.find((one) => one.method === 'POST');
    expect(sent?.headers['If-Match']).toBe('"2"');
    expect(sent?.body).toEqual({ decision: 'yes', reason: 'He knows our kit.' });
    expect(screen.queryByRole('button', { name: /Do not endorse/ })).toBeNull();
  });

  it('keeps the reason when somebody else decided first', async () => {
    openList([{ ...moussa, can: { ...can, endorse: true } }], { 'POST /candidacies/c1/endorse': refused(409, 'decision.taken') });
    fireEvent.click(await screen.findByRole('button', { name: /^Do not endorse/ }));
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: 'No room.' } });
    fireEvent.click(screen.getByRole('button', { name: 'Do not endorse' }));
    expect(await screen.findByText('This has changed meanwhile')).toBeTruthy();
    expect((screen.getByLabelText('Reason') as HTMLTextAreaElement).value).toBe('No room.');
  });

  it('says what it is for while nobody is on it', async () => {
    openList([]);
    expect(await screen.findByText('Nobody is on the shortlist yet')).toBeTruthy();
  });

  it('warns when the ranking that it rests on was changed', async () => {
    show(ShortlistPage, '/needs/SN-2027-0001/shortlist', '/needs/:ref/shortlist', { 'GET /needs/SN-2027-0001/shortlist': { snapshot: { ...snapshot, intact: false }, items: [moussa] } });
    expect(await screen.findByText('The stored ranking has been changed')).toBeTruthy();
  });
});

describe('one’s own candidacy', () => {
  beforeEach(() => as('professional'));
  const own = { ...moussa, state: '', status: 'offer' as const, decisions: [], score: 0, answerBy: '2026-12-08T00:00:00Z' };

  it('says in kind words where it stands and what comes next', async () => {
    openOne({ ...own, status: 'not_selected', answerBy: null });
    expect(await screen.findByText(/That says nothing about your worth/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Accept the offer' })).toBeNull();
  });

  it('is accepted with the declaration that nobody was paid', async () => {
    const asked = openOne({ ...own, can: { ...can, accept: true, decline: true } }, { 'POST /candidacies/c1/accept': new Status(200, { ...own, status: 'accepted', answerBy: null, placementReference: 'SN-P-2027-0001' }, '"3"') });
    fireEvent.click(await screen.findByLabelText(/I paid nobody for this/));
    fireEvent.click(screen.getByRole('button', { name: 'Accept the offer' }));
    expect(await screen.findByText('You accepted. Your placement is being prepared.')).toBeTruthy();
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ noFee: true });
    expect(screen.getByRole('link', { name: 'SN-P-2027-0001' }).getAttribute('href')).toBe('/placements/SN-P-2027-0001');
  });

  it('answers a nomination', async () => {
    const nominated = { ...own, status: 'nominated' as const, origin: 'nomination' as const, association: 'Senegalese of Emilia', can: { ...can, answer: true } };
    const asked = openOne(nominated, { 'POST /candidacies/c1/answer': new Status(200, { ...own, status: 'received', answerBy: null }, '"3"') });
    fireEvent.click(await screen.findByRole('button', { name: 'Yes, propose me' }));
    expect(await screen.findByText('Your application has arrived, and somebody will read it.')).toBeTruthy();
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ accept: true });
  });

  it('can be left without saying why', async () => {
    const asked = openOne({ ...own, status: 'received', answerBy: null, can: { ...can, withdraw: true } }, { 'POST /candidacies/c1/withdraw': new Status(200, { ...own, status: 'closed', answerBy: null }, '"3"') });
    fireEvent.click(await screen.findByRole('button', { name: 'Leave this candidacy' }));
    fireEvent.click(screen.getAllByRole('button', { name: 'Leave this candidacy' }).at(-1) as HTMLElement);
    expect(await screen.findByText('This is over.')).toBeTruthy();
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ reason: '' });
  });
});

describe('the list', () => {
  it('begins with those who wait for the reader', async () => {
    const asked = show(CandidaciesPage, '/candidacies', '/candidacies', { 'GET /candidacies': { items: [], next: '' } });
    expect(await screen.findByText('Nobody waits for your decision')).toBeTruthy();
    expect(asked[0]?.query.get('pending')).toBe('true');
  });
});

describe('a frozen ranking', () => {
  const ranking = { need: { id: 'n1', reference: 'SN-2027-0001', title: 'Irrigation', version: 7 }, algorithm: 'sankofa-1', indexPosition: 12, source: 'index', considered: 3, passed: 3, excluded: [], candidates: [], others: [{ rank: 201, person: 'P-MBT3-GZ33', score: 12 }] };
  const open = (intact: boolean) => show(SnapshotPage, '/snapshots/s1', '/snapshots/:id', { 'GET /snapshots/s1': { ...snapshot, intact, needReference: 'SN-2027-0001', ranking } });

  it('proves that it is unchanged', async () => {
    open(true);
    expect(await screen.findByText('Unchanged')).toBeTruthy();
    expect(screen.getAllByText('1 more person met the conditions')[0]?.tagName).toBe('SUMMARY');
  });

  const replayed = { algorithm: 'sankofa-1', replayable: true, reason: '', equal: true, compared: 3, kept: 0, differences: [] };
  it.each([
    [replayed, '3 people were compared once more: every score and every reason is as it was.'],
    [{ ...replayed, equal: false, differences: [{ person: 'P-MBT3-GZ33', what: 'score', frozen: '12', replayed: '13' }] }, 'Something else came out'],
    [{ ...replayed, replayable: false, reason: 'no_values' }, 'It cannot be computed again'],
  ])('is computed again on demand', async (answer, said) => {
    show(SnapshotPage, '/snapshots/s1', '/snapshots/:id', { 'GET /snapshots/s1': { ...snapshot, intact: true, needReference: 'SN-2027-0001', ranking }, 'GET /snapshots/s1/replay': answer });
    fireEvent.click(await screen.findByRole('button', { name: 'Compute it again' }));
    expect(await screen.findByText(said)).toBeTruthy();
  });

  it('says so when it was changed', async () => {
    open(false);
    expect(await screen.findByText('The stored ranking has been changed')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText('Unchanged')).toBeNull());
  });
});
