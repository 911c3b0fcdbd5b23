// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../testing-server';
import LedgerPage from './ledger';

const entry = { number: 7, at: '2026-11-24T00:00:00Z', by: 'system', organisation: '', name: 'need.closed', subject: 'n1', details: { fields: ['closesOn'] } };
const show = () => render(<LocationProvider><LedgerPage /></LocationProvider>);

beforeEach(() => history.replaceState(null, '', '/ledger'));
afterEach(() => vi.unstubAllGlobals());

describe('the ledger', () => {
  it('says what happened, by whom, and with which details', async () => {
    serve({ 'GET /ledger': { items: [entry, { ...entry, number: 6, name: 'unheard.of', by: 'Awa Cissé', for: 'Efua Mensah' }], next: '' } });
    show();
    expect(await screen.findByText('Call closed')).toBeTruthy();
    expect(screen.getByText('The system')).toBeTruthy();
    expect(screen.getByText('in the name of Efua Mensah')).toBeTruthy();
    expect(screen.getByText('unheard.of')).toBeTruthy();
    expect(screen.getAllByText('fields: ["closesOn"]')).toHaveLength(2);
  });

  it('narrows to one subject and keeps that in the address', async () => {
    const asked = serve({ 'GET /ledger': { items: [entry], next: '' } });
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Only entries about n1' }));
    await screen.findByDisplayValue('n1');
    expect(location.search).toBe('?subject=n1');
    expect(asked.at(-1)?.query.get('subject')).toBe('n1');
  });

  it('proves the chain, or says where it is broken', async () => {
    serve({ 'GET /ledger': { items: [], next: '' }, 'GET /ledger/check': { entries: 8, intact: false, brokenAt: 5 } });
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Check the chain' }));
    expect(await screen.findByText(/Entry 5 does not continue/)).toBeTruthy();
  });
});
