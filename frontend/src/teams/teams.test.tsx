// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, within } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Candidacy } from '../selection/types';
import { session, type Role, type Session } from '../session/session';
import { serve, Status, type Asked } from '../testing-server';
import EquipmentPage from './equipment';
import TeamPage from './team';
import type { Equipment, Team } from './types';

const organisation = { id: 'o1', name: 'Heart centre', kind: 'host', country: 'ET', place: '' };
const member = (id: string, name: string, state: string) => ({
  id, version: 2, state, status: 'interview', person: { pseudonym: `P-${id}`, name, professionalId: name && id }, position: { id: 'x1', isco: '2221', title: 'Nurses', headcount: 5, filled: 3 },
  placementReference: '', teamId: 't1',
} as unknown as Candidacy);
const nothing: Team['can'] = { add: false, apply: false, shortlist: false, endorse: false, object: false, approve: false };
const hearts: Team = {
  id: 't1', version: 4, name: 'Hearts', statement: 'Ten years together', state: 'APPLIED', association: 'Doctors abroad', appliedAt: '2026-12-01T00:00:00Z', can: nothing, outcomes: [],
  need: { id: 'n1', reference: 'ET-2027-0001', title: 'Surgery', language: 'en', headcount: 12, filled: 3, posts: [{ id: 'x1', isco: '2221', title: 'Nurses', headcount: 5, filled: 3 }] },
  members: [member('c1', 'Hana Tesfaye', 'SHORTLISTED'), member('c2', '', 'WITHDRAWN')],
};

function as(role: Role): void {
  const acting = { membershipId: 'm1', role, organisation, programme: null };
  session.value = { user: { id: 'u1', name: 'Awa', email: 'awa@example.org', locale: 'en', demo: false }, role, acting, memberships: [acting], professionalId: null, totp: { enrolled: true, required: false }, demo: false } satisfies Session;
}

function show(Page: () => preact.JSX.Element, address: string, path: string, replies: Record<string, unknown>): Asked[] {
  const asked = serve(replies);
  history.replaceState(null, '', address);
  render(<LocationProvider><Router>{[<Route key="page" path={path} component={Page} />]}</Router></LocationProvider>);
  return asked;
}

beforeEach(() => as('host'));
afterEach(() => {
  session.value = null;
  vi.unstubAllGlobals();
});

describe('a team', () => {
  it('shows how each member stands and how much of each profession is found', async () => {
    show(TeamPage, '/teams/t1', '/teams/:id', { 'GET /teams/t1': hearts });
    expect((await screen.findByRole('link', { name: /Hana Tesfaye/ })).getAttribute('href')).toBe('/candidacies/c1');
    expect(screen.getByText(/3 of 5/).textContent).toContain('Nurses');
    expect(screen.queryByRole('button', { name: 'Endorse the team' })).toBeNull();
  });

  it('is decided about as one, and says for whom that was not done', async () => {
    const after = { ...hearts, version: 5, outcomes: [
      { candidacyId: 'c1', pseudonym: 'P-c1', outcome: 'done', code: '', message: '' }, { candidacyId: 'c2', pseudonym: 'P-c2', outcome: 'failed', code: 'x', message: 'No consent any more.' }] };
    const asked = show(TeamPage, '/teams/t1', '/teams/:id', { 'GET /teams/t1': { ...hearts, can: { ...nothing, endorse: true } }, 'POST /teams/t1/steps': new Status(200, after, '"5"') });
    fireEvent.click(await screen.findByRole('button', { name: 'Endorse the team' }));
    const dialog = within(screen.getByRole('dialog'));
    fireEvent.input(dialog.getByLabelText('Reason'), { target: { value: 'They know our theatre.' } });
    fireEvent.click(dialog.getByRole('button', { name: 'Endorse the team' }));
    expect(await screen.findByText('Done for 1 of 2')).toBeTruthy();
    expect(screen.getByText(/No consent any more/)).toBeTruthy();
    const sent = asked.find((one) => one.method === 'POST');
    expect(sent?.body).toEqual({ step: 'endorse', decision: 'yes', reason: 'They know our theatre.' });
  });
});

describe('what a team brings', () => {
  const goods: Equipment = { version: 3, edit: true, items: [{ name: 'Pump', quantity: 2, value: 150_050, currency: 'USD', serial: 'S1', stays: false }], team: [{ placementReference: 'ET-P-2027-0001', name: 'Hana Tesfaye', work: 'Nurses' }] };

  it('is kept in minor units, and the letter names who comes', async () => {
    const asked = show(EquipmentPage, '/needs/ET-2027-0001/equipment', '/needs/:ref/equipment', {
      'GET /needs/ET-2027-0001/equipment': goods, 'PUT /needs/ET-2027-0001/equipment': new Status(200, { ...goods, version: 4 }, '"4"') });
    expect(await screen.findByText('Hana Tesfaye')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Fetch the letter (PDF)' }).getAttribute('href')).toContain('/needs/ET-2027-0001/customs-letter?language=');
    fireEvent.click(screen.getByRole('button', { name: 'Write the list' }));
    fireEvent.input(screen.getByLabelText('Value of one'), { target: { value: '1 200.5' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep the list' }));
    await vi.waitFor(() => expect(asked.find((one) => one.method === 'PUT')).toBeTruthy());
    const sent = asked.find((one) => one.method === 'PUT')?.body as { items: { value: number }[] };
    expect(sent.items[0]?.value).toBe(120_050);
  });
});
