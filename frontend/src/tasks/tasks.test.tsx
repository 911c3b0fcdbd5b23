// SPDX-License-Identifier: AGPL-3.0-or-later
import { render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refused, serve } from '../testing-server';
import { TaskInbox } from './inbox';
import { WaitsOn } from './record';

const task = {
  kind: 'candidacy.endorse', record: 'candidacy', id: 'c1', reference: '', title: 'Irrigation', language: 'fr', organisation: 'Commune de Thiès', person: 'P-7K3M-Q2XA', for: '',
  on: ['host'], since: '2026-11-01T10:00:00Z', waited: 8, due: '2026-11-08T10:00:00Z', overdue: true,
};

afterEach(() => vi.unstubAllGlobals());

describe('the inbox', () => {
  it('says what waits, for how long and that it is overdue', async () => {
    serve({ 'GET /tasks': { mine: [task], others: [], count: 1, overdue: 1, more: false } });
    render(<TaskInbox role="host" limit={8} />);
    const link = await screen.findByRole('link', { name: /Decide about a person on your shortlist.*Irrigation.*waits 8 days/ });
    expect(link.getAttribute('href')).toBe('/candidacies/c1');
    expect(screen.getByText(/Overdue since/)).toBeTruthy();
    expect(screen.getByRole('heading', { name: '1 thing waits for you' })).toBeTruthy();
  });

  it('says on whom others’ steps wait', async () => {
    serve({ 'GET /tasks': { mine: [], others: [{ ...task, on: ['ministry'], overdue: false }], count: 0, overdue: 0, more: false } });
    render(<TaskInbox role="coordinator" limit={0} />);
    expect(await screen.findByText('Nothing waits for you')).toBeTruthy();
    expect(screen.getByText('waits for the ministry, 8 days')).toBeTruthy();
  });

  it('says what went wrong', async () => {
    serve({ 'GET /tasks': refused(503, 'unavailable') });
    render(<TaskInbox role="ministry" limit={8} />);
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('a record', () => {
  it('says on whom it waits', async () => {
    const asked = serve({ 'GET /tasks': { mine: [], others: [task], count: 0, overdue: 0, more: false } });
    render(<WaitsOn record="c1" version={3} />);
    expect(await screen.findByText('waits for the host, 8 days')).toBeTruthy();
    expect(asked[0]?.query.get('record')).toBe('c1');
  });
});
