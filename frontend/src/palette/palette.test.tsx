// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { beforeEach, describe, expect, it } from 'vitest';
import { session, type Role, type Session } from '../session/session';
import { Palette, recordPath } from './palette';

const signedIn = (role: Role) => (session.value = { user: { name: 'A', email: 'a@b.c', locale: 'en' }, professionalId: '', acting: { membershipId: 'm', role }, memberships: [] } as unknown as Session);

beforeEach(() => void signedIn('coordinator'));

describe('the palette', () => {
  it('knows records by their reference', () => {
    expect(recordPath(' gh-2027-0001 ')).toBe('/needs/GH-2027-0001');
    expect(recordPath('GH-P-2027-0001')).toBe('/placements/GH-P-2027-0001');
    expect(recordPath('GH')).toBeUndefined();
  });

  it('opens with Ctrl and K, finds what is typed and chooses by arrows', () => {
    render(<LocationProvider><Palette /></LocationProvider>);
    expect(screen.queryByRole('combobox')).toBeNull();
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
    const box = screen.getByRole('combobox');
    fireEvent.input(box, { target: { value: 'noti' } });
    expect(screen.getAllByRole('option')[0]?.textContent).toContain('Notices');
    fireEvent.keyDown(box, { key: 'ArrowDown' });
    fireEvent.keyDown(box, { key: 'ArrowUp' });
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(location.pathname).toBe('/notices');
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('says that nothing is called like that', () => {
    signedIn('host');
    render(<LocationProvider><Palette /></LocationProvider>);
    fireEvent.keyDown(window, { key: 'k', metaKey: true });
    fireEvent.input(screen.getByRole('combobox'), { target: { value: 'zzzz' } });
    expect(screen.getAllByText('Nothing is called like that.').length).toBeGreaterThan(0);
  });
});
