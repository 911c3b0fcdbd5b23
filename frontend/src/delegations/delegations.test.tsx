// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session, type Session } from '../session/session';
import { refused, serve } from '../testing-server';
import { ActingFor } from './acting';
import DelegationsPage from './delegations';
import type { Delegation } from './types';

const organisation = { id: 'o1', name: 'Commune de Thiès', kind: 'host_institution', country: 'SN', place: 'Thiès' };
const own = { membershipId: 'm1', role: 'host' as const, organisation, programme: null };
const lent = { delegationId: 'd1', name: 'Awa Diop', until: '2026-12-14', office: { ...own, membershipId: 'm9' } };
const me: Session = { user: { id: 'u1', name: 'Moussa Fall', email: 'moussa@example.org', locale: 'en', demo: false }, role: 'host', acting: own, memberships: [own],
  actingFor: null, lent: [], professionalId: null, totp: { enrolled: true, required: false }, demo: false };
const offered: Delegation = { id: 'd1', version: 3, mine: false, giver: 'Awa Diop', taker: 'Moussa Fall', organisation, role: 'host', from: '2026-12-01', until: '2026-12-14',
  reason: 'On leave', state: 'offered', acceptedAt: null, endedAt: null, canAccept: true, canEnd: true };

const show = () => render(<LocationProvider><DelegationsPage /></LocationProvider>);

beforeEach(() => { session.value = me; });
afterEach(() => vi.unstubAllGlobals());

describe('acting for a colleague', () => {
  it('begins with the colleague’s yes to what they read', async () => {
    const asked = serve({ 'GET /delegations': { items: [offered], next: '' }, 'GET /delegations/colleagues': { items: [], next: '' },
      'POST /delegations/d1/accept': { ...offered, state: 'live' }, 'GET /session': me });
    show();
    expect(await screen.findByText('On leave')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Agree' }));
    await waitFor(() => expect(asked.filter((one) => one.path === '/delegations')).toHaveLength(2));
    expect(asked.find((one) => one.path === '/delegations/d1/accept')?.headers['If-Match']).toBe('"3"');
    expect(screen.getByText(/There is nobody to choose/)).toBeTruthy();
  });

  it('is asked of a colleague, with days and a reason', async () => {
    const asked = serve({ 'GET /delegations': { items: [], next: '' }, 'GET /delegations/colleagues': { items: [{ userId: 'u2', name: 'Awa Diop' }], next: '' },
      'POST /delegations': refused(409, 'delegation.overlap') });
    show();
    fireEvent.change(await screen.findByLabelText(/^Colleague/), { target: { value: 'u2' } });
    fireEvent.input(screen.getByLabelText(/^Why/), { target: { value: 'On leave' } });
    fireEvent.click(screen.getByRole('button', { name: 'Ask this colleague' }));
    expect(await screen.findByText(/End that first, or choose other days/)).toBeTruthy();
    expect(asked.find((one) => one.method === 'POST')?.body).toMatchObject({ takerId: 'u2', reason: 'On leave' });
  });

  it('is said on every page, with the way back', async () => {
    session.value = { ...me, acting: lent.office, actingFor: lent, lent: [lent] };
    const asked = serve({ 'PUT /session/acting': me });
    render(<ActingFor />);
    expect(screen.getByText('You are acting in the name of Awa Diop')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Back to my own office' }));
    await waitFor(() => expect(screen.queryByText(/acting in the name/)).toBeNull());
    expect(asked[0]?.body).toEqual({ membershipId: 'm1' });
  });
});
