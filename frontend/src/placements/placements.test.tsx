// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serve, Status, type Asked } from '../testing-server';
import DutyPage from './duty';
import PlacementsPage from './list';
import PlacementPage from './placement';
import type { Placement } from './types';

const stay: Placement = {
  id: 'l1', reference: 'SN-P-2027-0001', version: 1, state: 'PREPARING', need: { id: 'n1', reference: 'SN-2027-0001', title: 'Irrigation' }, candidacyId: 'c1',
  organisation: { id: 'o1', name: 'Commune de Thiès', kind: 'host', country: 'SN', place: '' }, person: { pseudonym: 'P-6GRW-2JHS', name: '', professionalId: '' },
  from: '2027-06-07', to: '2027-07-16', days: 40, extensionTo: '', modality: 'onsite', reason: '', can: { cancel: true }, createdAt: '2026-11-24T00:00:00Z', updatedAt: '2026-11-24T00:00:00Z',
};

function show(Page: () => preact.JSX.Element, address: string, path: string, replies: Record<string, unknown>): Asked[] {
  const asked = serve(replies);
  history.replaceState(null, '', address);
  render(<LocationProvider><Router>{[<Route key="page" path={path} component={Page} />]}</Router></LocationProvider>);
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('placements', () => {
  it('are listed by who goes where and when', async () => {
    const asked = show(PlacementsPage, '/placements?view=coming', '/placements', { 'GET /placements': { items: [stay], next: '' } });
    expect((await screen.findByRole('link', { name: 'P-6GRW-2JHS' })).getAttribute('href')).toBe('/placements/SN-P-2027-0001');
    expect(asked[0]?.query.get('state')).toBe('PREPARING,CLEARED,POSTPONED');
  });

  it('say what they are for while there are none', async () => {
    show(PlacementsPage, '/placements', '/placements', { 'GET /placements': { items: [], next: '' } });
    expect(await screen.findByText('No placements yet')).toBeTruthy();
  });

  it('say what comes next, what it waits for, and what is to be cleared', async () => {
    const paper = { mandatory: true, why: 'always', done: false, short: '', reference: '', issuedOn: '', validFrom: '', validUntil: '', note: '', signed: [] };
    const file = {
      next: [{ move: 'clear', to: 'CLEARED', evidence: ['clearances'], missing: [{ evidence: 'clearances', what: 'insurance' }] }], steps: [], reports: [], due: [], owed: [], skills: [], canLink: false, canMail: false, indicators: [], sessions: [], absences: [], used: [], writes: { indicators: false, sessions: false, absences: false }, letters: ['invitation'], midterm: '', certificate: '',
      clearances: [
        { ...paper, kind: 'insurance', state: 'PROVIDED', short: 'covers_not_all_days', can: { bring: true, sign: false, decide: true } },
        { ...paper, kind: 'agreement', state: 'OPEN', can: { bring: false, sign: true, decide: false } },
      ],
    };
    const asked = show(PlacementPage, '/placements/SN-P-2027-0001', '/placements/:ref', {
      'GET /placements/SN-P-2027-0001': { ...stay, file }, 'POST /placements/l1/clearances/agreement/signature': new Status(200, { ...stay, file: { ...file, clearances: [] } }, '"2"'),
    });
    expect((await screen.findByRole('button', { name: 'Clear for travel' })).hasAttribute('disabled')).toBe(true);
    expect(screen.getByRole('link', { name: 'Letter of invitation' }).getAttribute('href')).toBe('/api/v1/placements/l1/letters/invitation?language=en');
    expect(screen.getByText('It does not cover every day of the stay.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Sign' }));
    await screen.findByText('What comes next');
    expect(asked.filter((one) => one.method === 'POST').map((one) => one.headers['If-Match'])).toEqual(['"1"']);
  });

  it('are cancelled only after the reference was typed, with a reason', async () => {
    const asked = show(PlacementPage, '/placements/SN-P-2027-0001', '/placements/:ref', {
      'GET /placements/SN-P-2027-0001': stay, 'POST /placements/l1/cancel': new Status(200, { ...stay, state: 'CANCELLED', reason: 'Flooded.', can: { cancel: false } }, '"2"'),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel the placement' }));
    const send = () => fireEvent.click(screen.getAllByRole('button', { name: 'Cancel the placement' }).at(-1) as HTMLElement);
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: 'Flooded.' } });
    send();
    expect(await screen.findAllByText(/Please type SN-P-2027-0001/)).not.toEqual([]);
    fireEvent.input(screen.getByLabelText('Type the reference to confirm'), { target: { value: 'SN-P-2027-0001' } });
    send();
    expect(await screen.findByText('Why it was cancelled')).toBeTruthy();
    expect(asked.filter((one) => one.method === 'POST').map((one) => [one.headers['If-Match'], one.body])).toEqual([['"1"', { reason: 'Flooded.' }]]);
  });

  it('show what is measured, and take a value with a comma', async () => {
    const writes = { indicators: true, sessions: false, absences: false };
    const file = { next: [], clearances: [], steps: [], reports: [], due: [], owed: [], skills: [], canLink: false, canMail: false, letters: [], midterm: '', certificate: '', sessions: [], absences: [], used: [], writes,
      indicators: [{ name: 'Waiting time', unit: 'days', source: 'A register', values: [{ moment: 'baseline', value: '34', on: '2027-06-07', measuredBy: 'The office' }] }] };
    const asked = show(PlacementPage, '/placements/SN-P-2027-0001', '/placements/:ref', {
      'GET /placements/SN-P-2027-0001': { ...stay, file }, 'PUT /placements/l1/indicators': { ...stay, file }, 'GET /placements/l1/messages': { items: [] }, 'GET /tasks': { mine: [], others: [] } });
    expect((await screen.findByRole('rowheader', { name: /Waiting time/ })).closest('tr')?.textContent).toContain('34');
    fireEvent.click(screen.getByRole('button', { name: 'Write indicators' }));
    const values = screen.getAllByLabelText(/^Value/);
    expect(values).toHaveLength(4);
    fireEvent.input(values[2] as HTMLElement, { target: { value: '22,5' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await vi.waitFor(() => expect(asked.find((one) => one.method === 'PUT')).toBeTruthy());
    const sent = asked.find((one) => one.method === 'PUT')?.body as { indicators: { values: { moment: string; value: string }[] }[] };
    expect(sent.indicators[0]?.values.map((one) => `${one.moment} ${one.value}`)).toEqual(['baseline 34', 'target ', 'end 22.5', 'month_12 ']);
  });

  it('stand on a map of tiles that says in words how many are where', async () => {
    const there = (id: string, code: string) => ({ placement: { ...stay, id, reference: id, state: 'ON_DUTY' }, country: code, dutyStation: 'Town', phone: '', insured: true, policy: '', insuredTo: '', contacts: [] });
    show(DutyPage, '/duty', '/duty', { 'GET /duty': { items: [there('a', 'GH'), there('b', 'GH'), there('c', 'LB')], next: '' } });
    expect(await screen.findByRole('img', { name: /Ghana: 2.*Lebanon: 1/ })).toBeTruthy();
    expect(screen.getAllByRole('row')).toHaveLength(4);
  });
});
