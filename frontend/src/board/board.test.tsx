// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, within } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session, type Role, type Session } from '../session/session';
import { refused, serve } from '../testing-server';
import BoardPage from './board';

const card = {
  record: 'candidacy', id: 'c1', reference: '', version: 3, state: 'NO_OBJECTION', person: 'Ama Boateng', pseudonym: 'P-7K3M-Q2XA', need: 'GH-2027-0001', title: 'Midwifery', language: 'en',
  organisation: 'Komfo Anokye', country: 'GH', place: 'Kumasi', from: '2027-02-01', to: '2027-04-25', since: '2026-11-01T10:00:00Z', waited: 9, limit: 5, late: true, score: 812,
  absences: [], tags: ['spring'], assignee: '', moves: [{ move: 'approve', to: 'OFFERED', evidence: ['reason'] }, { move: 'refuse', to: 'NOT_SELECTED', evidence: ['reason'] }],
};
const board = { cards: [card], candidacyStates: ['NO_OBJECTION', 'OFFERED', 'NOT_SELECTED', 'WITHDRAWN'], placementStates: ['PREPARING'], tags: ['spring'], members: [], more: false };

const signedIn = (role: Role) => (session.value = { user: { name: 'A', email: 'a@b.c', locale: 'en' }, professionalId: '', acting: { membershipId: 'm', role }, memberships: [] } as unknown as Session);

beforeEach(() => void signedIn('coordinator'));
afterEach(() => vi.unstubAllGlobals());

const shown = () => render(<LocationProvider><BoardPage /></LocationProvider>);

describe('the board', () => {
  it('has a column for each state that somebody is in or may come to', async () => {
    serve({ 'GET /board': board });
    shown();
    expect(await screen.findByRole('region', { name: 'Candidacies: No objection' })).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Candidacies: Offer made' })).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Candidacies: Withdrawn' })).toBeNull();
    expect(screen.getByText('Late: 9 days')).toBeTruthy();
  });

  it('moves by the menu, only where the server offers it, with the version that was seen', async () => {
    const asked = serve({ 'GET /board': board, 'POST /candidacies/c1/approve': {} });
    shown();
    fireEvent.click(await screen.findByRole('button', { name: /^Move Ama Boateng/ }));
    expect(screen.getAllByRole('button', { name: /to:/ })).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: /Approve.*Offer made/ }));
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: 'All is in order' } });
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Approve' }));
    await vi.waitFor(() => expect(asked.some((one) => one.method === 'POST')).toBe(true));
    const sent = asked.find((one) => one.method === 'POST');
    expect([sent?.path, sent?.body, sent?.headers['If-Match']]).toEqual(['/candidacies/c1/approve', { decision: 'yes', reason: 'All is in order' }, '"3"']);
  });

  it('says when somebody else was faster, and keeps what was typed', async () => {
    serve({ 'GET /board': board, 'POST /candidacies/c1/approve': refused(412, 'stale') });
    shown();
    fireEvent.click(await screen.findByRole('button', { name: /^Move Ama Boateng/ }));
    fireEvent.click(screen.getByRole('button', { name: /Approve.*Offer made/ }));
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: 'All is in order' } });
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Approve' }));
    expect(await screen.findByText(/Somebody else saved this meanwhile/)).toBeTruthy();
    expect((screen.getByLabelText('Reason') as HTMLTextAreaElement).value).toBe('All is in order');
  });

  it('says the effect of an act on several before it begins, and what failed', async () => {
    const act = { id: 'a1', kind: 'tag', state: 'done', undoUntil: new Date(Date.now() + 30_000).toISOString(), items: [{ record: 'candidacy', id: 'c1', outcome: 'failed', problem: 'x', message: 'It is gone.' }], failed: 1 };
    serve({ 'GET /board': board, 'POST /bulk/preview': { will: 1, told: 0, delayed: false, cannot: [] }, 'POST /bulk': act });
    shown();
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Select Ama Boateng' }));
    fireEvent.click(screen.getByRole('button', { name: 'Tag' }));
    expect(await screen.findByText(/This concerns 1 record\./)).toBeTruthy();
    fireEvent.input(within(screen.getByRole('dialog')).getByLabelText('Tag'), { target: { value: 'autumn' } });
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Tag' }));
    expect(await screen.findByText(/It is gone\./)).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Undo/ })).toBeTruthy();
  });

  const applied = { ...card, state: 'ELIGIBLE', moves: [{ move: 'longlist', to: 'LONGLISTED', evidence: ['score'] }] };
  const file = (missing: unknown[]) => ({ next: [{ move: 'longlist', to: 'LONGLISTED', evidence: ['score'], missing }], criteria: [], rules: [], reviewUntil: null });

  it('takes the steps of the table as the page of the candidacy does', async () => {
    const asked = serve({ 'GET /board': { ...board, cards: [applied], candidacyStates: ['ELIGIBLE', 'LONGLISTED'] }, 'GET /candidacies/c1': { id: 'c1', version: 4, file: file([]) }, 'POST /candidacies/c1/moves': {} });
    shown();
    fireEvent.click(await screen.findByRole('button', { name: /^Move Ama Boateng/ }));
    fireEvent.click(screen.getByRole('button', { name: /Put on the longlist/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Put on the longlist' }));
    await vi.waitFor(() => expect(asked.find((one) => one.method === 'POST')?.path).toBe('/candidacies/c1/moves'));
    const sent = asked.find((one) => one.method === 'POST');
    expect([sent?.body, sent?.headers['If-Match']]).toEqual([{ move: 'longlist', reason: '', code: '', levels: [] }, '"4"']);
  });

  it('says what a step still waits for instead of failing', async () => {
    serve({ 'GET /board': { ...board, cards: [applied], candidacyStates: ['ELIGIBLE', 'LONGLISTED'] }, 'GET /candidacies/c1': { id: 'c1', version: 4, file: file([{ evidence: 'references', what: '' }]) } });
    shown();
    fireEvent.click(await screen.findByRole('button', { name: /^Move Ama Boateng/ }));
    fireEvent.click(screen.getByRole('button', { name: /Put on the longlist/ }));
    expect(await screen.findByRole('link', { name: 'Open the card' })).toBeTruthy();
    expect(within(screen.getByRole('dialog')).queryByRole('button', { name: 'Put on the longlist' })).toBeNull();
  });

  it('puts several on the shortlist of their need, with how many and what it does first', async () => {
    const longlisted = [1, 2].map((n) => ({ ...card, id: `c${n}`, person: `Person ${n}`, pseudonym: `P-7K3M-Q2X${n}`, state: 'LONGLISTED', moves: [{ move: 'shortlist', to: 'SHORTLISTED', evidence: ['frozen_ranking'] }] }));
    const asked = serve({ 'GET /board': { ...board, cards: longlisted, candidacyStates: ['LONGLISTED', 'SHORTLISTED'] }, 'GET /needs/GH-2027-0001': { id: 'n1', version: 2 }, 'POST /needs/GH-2027-0001/shortlist': {} });
    shown();
    for (const n of [1, 2]) fireEvent.click(await screen.findByRole('checkbox', { name: `Select Person ${n}` }));
    fireEvent.click(screen.getByRole('button', { name: 'Put on the shortlist' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/2 people come before the host/)).toBeTruthy();
    fireEvent.input(within(dialog).getByLabelText('Reason'), { target: { value: 'The best.' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Put on the shortlist' }));
    await vi.waitFor(() => expect(asked.find((one) => one.method === 'POST')?.path).toBe('/needs/GH-2027-0001/shortlist'));
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ people: [{ pseudonym: 'P-7K3M-Q2X1' }, { pseudonym: 'P-7K3M-Q2X2' }], reason: 'The best.', balanceReason: '' });
  });

  it('says on the calendar where somebody is on leave, in words too', async () => {
    history.replaceState(null, '', '/board?view=calendar');
    const stay = { ...card, id: 'l1', record: 'placement', state: 'ON_DUTY', moves: [], absences: [{ kind: 'leave', from: '2027-03-01', to: '2027-03-05' }] };
    serve({ 'GET /board': { ...board, cards: [stay] } });
    shown();
    const row = (await screen.findByRole('link', { name: 'Ama Boateng' })).closest('li') as HTMLElement;
    expect(row.textContent).toMatch(/Leave: 1.*5 Mar 2027/);
    expect(row.querySelector('.stays-away-leave')).toBeTruthy();
    history.replaceState(null, '', '/board');
  });
});
