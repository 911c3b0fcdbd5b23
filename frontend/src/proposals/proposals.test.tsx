// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refused, serve, Status } from '../testing-server';
import { minorOf, money, written } from './money';
import ProposalPage from './proposal';
import type { Proposal } from './types';
import WishesPage from './wishes';

afterEach(() => vi.unstubAllGlobals());

const line = { need: 'GH-1', person: 'P-AAAA-AAAA', from: '2027-02-08', to: '2027-02-28', days: 21, stay: 1, stays: 2, score: 900, points: 450, cost: 5000, candidacy: '', pinned: false };
const proposal: Proposal = {
  id: 'p1', version: 1, round: 1, at: '2026-12-01T08:00:00Z', by: 'Efua', position: 7,
  inputs: { currency: 'EUR', budget: 100000, travel: 0, daily: 0, handover: 3, relays: ['GH-1'], quotas: [], pins: [] },
  total: 900, bound: 950, optimal: false, posts: 1, cost: 10000,
  needs: [
    { reference: 'GH-1', title: 'Teaching', organisation: 'University', country: 'GH', state: 'PUBLISHED', from: '2027-02-08', to: '2027-03-18', posts: 1, empty: 0, reason: '', suitable: 5, relay: true, divides: true },
    { reference: 'GH-2', title: 'Surgery', organisation: 'Hospital', country: 'GH', state: 'PUBLISHED', from: '2027-03-01', to: '2027-03-10', posts: 2, empty: 2, reason: 'budget', suitable: 3, relay: false, divides: false },
  ],
  lines: [line, { ...line, person: 'P-BBBB-BBBB', from: '2027-02-26', to: '2027-03-18', stay: 2 }],
  pins: [], changes: [],
};
const revised: Proposal = {
  ...proposal, version: 2, round: 2, total: 800, optimal: true, bound: 800, before: { total: 900, posts: 1, cost: 10000 },
  inputs: { ...proposal.inputs, pins: [{ need: 'GH-1', person: 'P-AAAA-AAAA', here: false }] },
  pins: [{ need: 'GH-1', person: 'P-AAAA-AAAA', here: false, cost: 100, exact: true, least: 100, most: 100 }],
  lines: [{ ...line, person: 'P-CCCC-CCCC' }, proposal.lines[1] as typeof line], changes: [{ person: 'P-AAAA-AAAA', before: line }, { person: 'P-CCCC-CCCC', after: { ...line, person: 'P-CCCC-CCCC' } }],
};

function open() {
  history.pushState(null, '', '/assignment/p1');
  return render(<LocationProvider><Router>{[<Route key="one" path="/assignment/:id" component={ProposalPage} />]}</Router></LocationProvider>);
}

describe('the assignment', () => {
  it('says how good it is, what stays empty and why', async () => {
    serve({ 'GET /proposals/p1': proposal });
    open();
    expect(await screen.findByText(/No proposal has more than 950; this is at most 50 below/)).toBeTruthy();
    expect(screen.getByText(/2 posts stay empty: the money does not reach/)).toBeTruthy();
    expect(screen.getAllByText(/stay 2 of 2/).length).toBeGreaterThan(0);
  });

  it('pins a line away from the menu, and shows what changed and what it costs', async () => {
    const asked = serve({ 'GET /proposals/p1': proposal, 'PUT /proposals/p1': new Status(200, revised, '"2"') });
    open();
    fireEvent.click((await screen.findAllByRole('button', { name: /P-AAAA-AAAA, GH-1/ }))[0] as HTMLElement);
    fireEvent.click(screen.getByRole('button', { name: 'Not here' }));
    expect(await screen.findByText(/costs 100 points/)).toBeTruthy();
    expect(screen.getByText(/no longer goes to/)).toBeTruthy();
    const put = asked.find((one) => one.method === 'PUT');
    expect(put?.headers['If-Match']).toBe('"1"');
    expect(put?.body).toMatchObject({ relays: ['GH-1'], pins: [{ need: 'GH-1', person: 'P-AAAA-AAAA', here: false }] });
  });

  it('tells who was slower, and names every pin that contradicts another', async () => {
    const replies: Record<string, unknown> = { 'GET /proposals/p1': proposal, 'PUT /proposals/p1': refused(412, 'stale') };
    serve(replies);
    open();
    const unrelay = await screen.findByRole('button', { name: /Side by side/ });
    fireEvent.click(unrelay);
    expect(await screen.findByText('Somebody else asked meanwhile')).toBeTruthy();
    replies['PUT /proposals/p1'] = refused(422, 'invalid', [{ field: 'pins[1]', code: 'pin.two_places', message: 'Nobody can be in two places on the same day.' }]);
    fireEvent.click(unrelay);
    expect(await screen.findByText(/in two places on the same day/)).toBeTruthy();
  });
});

describe('a person’s wishes', () => {
  const needs = ['One', 'Two'].map((title, i) => ({ id: `n${i}`, reference: `GH-${i}`, title, organisation: 'Host', country: 'GH', dutyStation: '', startsOn: '2027-02-01', endsOn: '2027-03-01', days: 29, closesOn: '', modality: 'onsite', language: 'en', demo: false }));

  it('are put in order with buttons and sent with the version', async () => {
    const asked = serve({ 'GET /me/wishes': { version: 1, ordered: 1, needs }, 'PUT /me/wishes': new Status(200, { version: 2, ordered: 2, needs: [...needs].reverse() }, '"2"') });
    render(<LocationProvider><WishesPage /></LocationProvider>);
    fireEvent.click(await screen.findByRole('button', { name: /Take in\s*Two/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Move Two up' }));
    fireEvent.click(screen.getByRole('button', { name: 'Save my order' }));
    await waitFor(() => expect(asked.find((one) => one.method === 'PUT')?.body).toEqual({ needs: ['GH-1', 'GH-0'] }));
  });
});

describe('money', () => {
  it('is read and written in the units of its currency', () => {
    expect(minorOf('25 000,50', 'EUR')).toBe(2500050);
    expect(minorOf('٢٥٠٠', 'XOF')).toBe(2500);
    expect(minorOf('', 'EUR')).toBeUndefined();
    expect(minorOf('a lot', 'EUR')).toBeNaN();
    expect(written(2500050, 'EUR')).toBe('25000.5');
    expect(money(150000, 'EUR')).toBe('€1,500');
  });
});
