// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session, type Role, type Session } from '../session/session';
import { refused, serve } from '../testing-server';
import { Messages } from './thread';

const event = { id: '', at: '2026-11-01T10:00:00Z', body: '', from: '', name: '', own: false, audience: 'everybody', state: 'SHORTLISTED', status: '', seen: ['professional'] };
const line = { ...event, id: 'm1', body: 'We look forward to it.', from: 'host', name: 'Komfo Anokye', state: '', seen: [] };

const signedIn = (role: Role) => (session.value = { user: { name: 'A', email: 'a@b.c', locale: 'en' }, professionalId: '', acting: { membershipId: 'm', role }, memberships: [] } as unknown as Session);

beforeEach(() => void signedIn('coordinator'));
afterEach(() => vi.unstubAllGlobals());

describe('messages', () => {
  it('stand between what happened, and say who has seen it', async () => {
    serve({ 'GET /candidacies/c1/messages': { lines: [event, line], mayWrite: false, audiences: ['everybody'] } });
    render(<Messages path="/candidacies/c1" record="candidacy" />);
    expect(await screen.findByText('We look forward to it.')).toBeTruthy();
    expect(screen.getByText('On the shortlist')).toBeTruthy();
    expect(screen.getByText('Seen by the person')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  });

  it('are sent to whom the writer chooses', async () => {
    const asked = serve({ 'GET /candidacies/c1/messages': { lines: [], mayWrite: true, audiences: ['programme', 'everybody'] }, 'POST /candidacies/c1/messages': { lines: [line], mayWrite: true, audiences: ['programme', 'everybody'] } });
    render(<Messages path="/candidacies/c1" record="candidacy" />);
    fireEvent.input(await screen.findByLabelText('Your message'), { target: { value: 'Good morning' } });
    fireEvent.click(screen.getByLabelText('Everybody here, the host too'));
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByText('We look forward to it.')).toBeTruthy();
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ body: 'Good morning', audience: 'everybody' });
  });

  it('do not exist for whoever is no party', async () => {
    const asked = serve({ 'GET /candidacies/c1/messages': refused(404, 'thread.missing') });
    const { container } = render(<Messages path="/candidacies/c1" record="candidacy" />);
    await vi.waitFor(() => expect(asked.length).toBe(1));
    await vi.waitFor(() => expect(container.textContent).toBe(''));
  });
});
