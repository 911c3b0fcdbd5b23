// SPDX-License-Identifier: AGPL-3.0-or-later
import { render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refused, serve } from '../testing-server';
import { groupsFor, Waiting } from './waiting';

const need = { id: 'n1', reference: 'SN-2027-0001', title: 'Irrigation', language: 'fr', startsOn: '2027-06-07', endsOn: '2027-07-16', organisation: { name: 'Commune de Thiès' } };

afterEach(() => vi.unstubAllGlobals());

describe('what waits', () => {
  it('is what only the role can take on', () => {
    expect(groupsFor('ministry').map((one) => one.key)).toEqual(['validate', 'object']);
    expect(groupsFor('host').map((one) => one.key)).toEqual(['endorse', 'mend', 'drafts']);
    expect(groupsFor('administrator')).toEqual([]);
  });

  it('leads to each of them and to all', async () => {
    serve({ 'GET /needs': { items: [need], next: 'more' }, 'GET /candidacies': { items: [], next: '' } });
    render(<Waiting role="ministry" />);
    expect((await screen.findByRole('link', { name: /^Irrigation/ })).getAttribute('href')).toBe('/needs/SN-2027-0001');
    expect(screen.getByRole('link', { name: /More than 5/ }).getAttribute('href')).toBe('/needs?view=validate');
    expect(screen.queryByText('People for your no-objection')).toBeNull();
  });

  it('is said to be nothing when it is nothing', async () => {
    serve({ 'GET /needs': { items: [], next: '' }, 'GET /candidacies': { items: [], next: '' } });
    render(<Waiting role="ministry" />);
    expect(await screen.findByText('Nothing waits for you')).toBeTruthy();
  });

  it('says what went wrong', async () => {
    serve({ 'GET /needs': { items: [], next: '' }, 'GET /candidacies': refused(503, 'unavailable') });
    render(<Waiting role="ministry" />);
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});
