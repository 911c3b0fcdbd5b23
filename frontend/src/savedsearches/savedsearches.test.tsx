// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../testing-server';
import { countAlerts, unread } from './alerts';
import AlertsPage, { days } from './alerts-page';
import { Bell } from './bell';
import SavedSearchesPage from './list';
import { PinnedSearches } from './pinned';
import type { Alert, SavedSearch } from './types';

const saved: SavedSearch = { id: 's1', version: 3, kind: 'people', name: 'Drip people', q: 'drip', facets: { residence: ['IT'] }, exact: false, best: 0, shared: false, owner: '', pinned: true, frequency: 'daily',
  unread: 2, can: { edit: true }, updatedAt: '2026-11-28T10:00:00Z' };
const watch: SavedSearch = { ...saved, id: 's2', kind: 'need', name: 'Midwives', q: '', facets: {}, need: { reference: 'GH-2027-0001', title: 'Midwives for Tamale' }, best: 10, pinned: false, owner: 'Ama', shared: true, can: { edit: false }, unread: 0 };
const alert = (n: number, read = false): Alert => ({ id: `a${n}`, search: { id: 's1', name: 'Drip people', kind: 'people', need: '' }, professionalId: `p${n}`, foundAt: '2026-11-28T10:00:00Z', dueAt: `2026-11-2${n}T10:00:00Z`, read,
  who: { person: `P-000${n}-AAAA`, demo: false, summary: { occupationTitle: `Agronomo ${n}`, isco: '2132', residenceCountry: 'IT', languages: ['fr B2/B1'], yearsExperience: 3, availability: [], longestDays: 0 } } });
const lists = { 'GET /taxonomy/lists': { languages: [], countries: [], sectors: [], educationFields: [], educationLevels: [] } };

const page = (children: preact.ComponentChildren) => render(<LocationProvider>{children}</LocationProvider>);

beforeEach(() => history.replaceState(null, '', '/saved-searches'));
afterEach(() => vi.unstubAllGlobals());

describe('saved searches', () => {
  it('say what they look for, whose they are and what is new', async () => {
    serve({ 'GET /saved-searches': { items: [saved, watch], next: '' } });
    page(<SavedSearchesPage />);
    expect(await screen.findByRole('link', { name: 'Drip people' })).toBeTruthy();
    expect(screen.getByText(/Lives in: Italy/)).toBeTruthy();
    expect(screen.getByRole('link', { name: '2 new' }).getAttribute('href')).toBe('/alerts?search=s1');
    expect(screen.getByRole('link', { name: 'Midwives' }).getAttribute('href')).toBe('/needs/GH-2027-0001/ranking');
    expect(screen.getByText('Shared by Ama')).toBeTruthy();
    expect(screen.getAllByRole('button', { name: /^Edit/ })).toHaveLength(1);
  });

  it('are opened without their words in the address', async () => {
    serve({ 'GET /saved-searches': { items: [saved], next: '' } });
    page(<SavedSearchesPage />);
    fireEvent.click(await screen.findByRole('link', { name: 'Drip people' }));
    expect(location.pathname + location.search).toBe('/search?residence=IT');
  });

  it('are followed as often as one wants', async () => {
    const asked = serve({ 'GET /saved-searches': { items: [saved], next: '' }, 'PUT /saved-searches/s1/following': saved });
    page(<SavedSearchesPage />);
    fireEvent.change(await screen.findByLabelText('Tell me of new matches'), { target: { value: 'weekly' } });
    await waitFor(() => expect(asked.find((one) => one.method === 'PUT')?.body).toEqual({ pinned: true, frequency: 'weekly' }));
  });

  it('are removed at a press, and brought back by another', async () => {
    const asked = serve({ 'GET /saved-searches': { items: [saved], next: '' }, 'DELETE /saved-searches/s1': undefined, 'POST /saved-searches': saved });
    page(<SavedSearchesPage />);
    fireEvent.click(await screen.findByRole('button', { name: /^Remove/ }));
    await waitFor(() => expect(asked.some((one) => one.method === 'DELETE')).toBe(true));
  });

  it('stand on the overview when they are pinned, and take no room when none is', async () => {
    serve({ 'GET /saved-searches': { items: [saved, watch], next: '' } });
    const { unmount } = page(<PinnedSearches />);
    expect(await screen.findByRole('link', { name: 'Drip people' })).toBeTruthy();
    expect(screen.queryByText('Midwives')).toBeNull();
    unmount();
    serve({ 'GET /saved-searches': { items: [watch], next: '' } });
    page(<PinnedSearches />);
    await waitFor(() => expect(document.querySelector('.section')).toBeNull());
  });
});

describe('alerts', () => {
  it('stand under the day on which they were due', () => {
    expect(days([alert(2), alert(2), alert(1)]).map(([day, some]) => [day, some.length])).toEqual([['2026-11-22', 2], ['2026-11-21', 1]]);
  });

  it('lead to the person and say what they meet', async () => {
    const asked = serve({ ...lists, 'GET /alerts': { items: [alert(2), alert(1, true)], next: '' }, 'POST /alerts/read': { unread: 0 } });
    page(<AlertsPage />);
    expect((await screen.findByRole('link', { name: 'Agronomo 2' })).getAttribute('href')).toBe('/professionals/p2');
    expect(screen.getAllByText('Drip people')).toHaveLength(2);
    expect(screen.getAllByText('New')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: /^Mark as read/ }));
    await waitFor(() => expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ ids: ['a2'] }));
  });

  it('are counted at the bell, which stays quiet when the server cannot say', async () => {
    serve({ 'GET /alerts/count': { unread: 3 } });
    page(<Bell />);
    expect(await screen.findByRole('link', { name: 'Alerts: 3 new' })).toBeTruthy();
    serve({});
    await countAlerts();
    expect(unread.value).toBe(3);
  });

  it('say what they are for when there are none', async () => {
    serve({ ...lists, 'GET /alerts': { items: [], next: '' } });
    page(<AlertsPage />);
    expect(await screen.findByText('No alerts')).toBeTruthy();
  });
});
