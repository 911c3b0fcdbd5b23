// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refused, serve } from '../testing-server';
import DecideByMailPage from './by-mail';
import ChainPage from './chain';
import type { ApprovalChain, AskedDecision } from './types';

const step = (name: ApprovalChain['steps'][number]['step']): ApprovalChain['steps'][number] => ({ step: name, days: 10, working: false, silence: 'escalate', approvers: [],
  candidates: [{ userId: `u-${name}`, name: `Officer of ${name}`, organisation: 'House' }] });
const chain: ApprovalChain = { version: 2, by: 'Claire Fournier', at: '2026-11-20T00:00:00Z', steps: [step('host_endorsement'), step('no_objection'), step('approval')] };
const asked: AskedDecision = { id: 'c1', step: 'no_objection', locale: 'en', enrolled: true, for: '', reference: 'SN-2027-0001', title: 'Irrigation', language: 'en', host: 'Commune de Thiès',
  pseudonym: 'P-7K3M-Q2XA', from: '2027-01-10', to: '2027-02-10', decideBy: null, earlier: [] };

afterEach(() => { vi.unstubAllGlobals(); history.replaceState(null, '', '/'); });

describe('the chain of approval', () => {
  it('is sent whole, with who is named', async () => {
    const sent = serve({ 'GET /approval-chain': chain, 'PUT /approval-chain': { ...chain, version: 3 } });
    render(<LocationProvider><ChainPage /></LocationProvider>);
    expect(await screen.findByText(/Version 2, set by Claire Fournier/)).toBeTruthy();
    const [days] = screen.getAllByLabelText('Days to decide');
    if (days) fireEvent.input(days, { target: { value: '7' } });
    fireEvent.click(screen.getByLabelText('Officer of approval'));
    fireEvent.click(screen.getByRole('button', { name: 'Use this chain from now on' }));
    await waitFor(() => expect(sent.find((one) => one.method === 'PUT')).toBeTruthy());
    const put = sent.find((one) => one.method === 'PUT');
    expect(put?.headers['If-Match']).toBe('"2"');
    expect(put?.body).toMatchObject({ steps: [{ step: 'host_endorsement', days: 7, working: false, silence: 'escalate', approvers: [] }, { step: 'no_objection' },
      { step: 'approval', approvers: ['u-approval'] }] });
  });
});

describe('a decision by the link of a mail', () => {
  it('needs a choice, a reason and the code, and names nobody', async () => {
    history.replaceState(null, '', '/decide#secret');
    const sent = serve({ 'POST /decision-links/open': asked, 'POST /decision-links': undefined });
    render(<LocationProvider><DecideByMailPage /></LocationProvider>);
    expect(await screen.findByText('P-7K3M-Q2XA')).toBeTruthy();
    fireEvent.click(screen.getByLabelText('The ministry objects'));
    fireEvent.input(screen.getByLabelText(/^Reason/), { target: { value: 'A post of ours' } });
    fireEvent.input(screen.getByLabelText(/^Six-digit code/), { target: { value: '123 456' } });
    fireEvent.click(screen.getByRole('button', { name: 'Decide' }));
    expect(await screen.findByText('Your decision is written down.')).toBeTruthy();
    expect(sent.find((one) => one.path === '/decision-links')?.body).toEqual({ token: 'secret', decision: 'no', reason: 'A post of ours', code: '123456' });
  });

  it('asks whoever has no second factor to sign in', async () => {
    history.replaceState(null, '', '/decide#secret');
    serve({ 'POST /decision-links/open': { ...asked, enrolled: false } });
    render(<LocationProvider><DecideByMailPage /></LocationProvider>);
    expect(await screen.findByText('Please sign in to decide')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Decide' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Sign in and see everything' }).getAttribute('href')).toBe('/candidacies/c1');
  });

  it('says that it was decided meanwhile', async () => {
    history.replaceState(null, '', '/decide#secret');
    serve({ 'POST /decision-links/open': refused(409, 'decision_link.decided') });
    render(<LocationProvider><DecideByMailPage /></LocationProvider>);
    expect(await screen.findByText('This has been decided meanwhile. Please sign in to see how.')).toBeTruthy();
  });
});
