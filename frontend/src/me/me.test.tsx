// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import { emptyProfile, type Change, type Professional } from '../professionals/types';
import { refused, serve, Status, type Asked } from '../testing-server';
import ConsentsPage from './consents';
import { differences, occasions } from './difference';
import { fingerprint, save } from './part-form';
import ProfilePage from './profile';
import { hindrance, partOf, warningWords } from './standing';
import { whatWords } from './views';
import { linesOf } from './waiting';

const ama: Professional = {
  ...emptyProfile(), id: 'p1', pseudonym: 'P-7K3M-Q2XA', version: 1, state: 'active', visible: true, demo: false, named: true, lacks: [], warnings: [], associations: [],
  invitation: { state: 'confirmed', expiresAt: null, link: '' }, consents: [], can: { edit: true, invite: false, pause: true, resume: false, confirm: true, consent: true },
  confirmedAt: null, createdAt: '2026-11-24T00:00:00Z', updatedAt: '2026-11-24T00:00:00Z', givenName: 'Ama', familyName: 'Boateng', email: 'ama@example.org',
  originCountry: 'GH', originLink: 'born', residenceCountry: 'NL', occupationTitle: 'Midwife', isco: '2222', summary: 'First.',
};
const lists = { countries: [], languages: [], iscedLevels: [], iscedFields: [], sectors: [], cefr: [], esco: { loaded: false, notice: '' } };
const vocabulary = { 'GET /taxonomy/lists': lists, 'GET /taxonomy/occupations': { items: [], next: '' }, 'GET /taxonomy/occupation-links': { items: [], next: '' }, 'GET /taxonomy/skills': { items: [], next: '' }, 'GET /me/completeness': { percent: 40, items: [], needs: 0, tips: [] }, 'GET /me/documents': { items: [], next: '' } };
const show = (Page: () => preact.JSX.Element) => render(<LocationProvider><Page /></LocationProvider>);

beforeEach(() => history.replaceState(null, '', '/me'));
afterEach(() => vi.unstubAllGlobals());

describe('what stands in the way', () => {
  it('is said with the most decisive reason first', () => {
    const hidden = { ...ama, visible: false };
    expect(hindrance(ama)).toBe('none');
    expect(hindrance({ ...hidden, state: 'paused', lacks: ['isco'] })).toBe('paused');
    expect(hindrance({ ...hidden, lacks: ['isco'] })).toBe('lacks');
    expect(hindrance(hidden)).toBe('consent');
    const consent = { purpose: 'registry_search', status: 'active' as const, title: '', noticeVersion: '1', outdated: false, givenAt: null as unknown as string, withdrawnAt: null as unknown as string };
    expect(hindrance({ ...hidden, consents: [consent] })).toBe('other');
  });

  it('leads to the part where it can be mended', () => {
    expect(partOf('isco')).toBe('work');
    expect(partOf('licences[2].validUntil')).toBe('licences');
    expect(partOf('rightOfReturnUntil')).toBe('residence');
    expect(partOf('availability')).toBe('stay');
  });

  it('names dates in the language of the reader, whatever the server wrote', () => {
    const own = { ...ama, licences: [{ body: 'BIG', number: '', country: 'NL', isco: '', validFrom: '', validUntil: '2027-01-31', goodStandingOn: '', documentId: '' }] };
    expect(warningWords({ field: 'licences[0].validUntil', code: 'licence.ends_soon', message: 'x' }, own)).toBe('Your licence from BIG ends on 31 Jan 2027.');
    expect(warningWords({ field: 'availability', code: 'availability.over', message: 'x' }, own)).toContain('no free period ahead');
  });

  it('is on the overview, with what ends soon', () => {
    expect(linesOf(ama)).toEqual([]);
    const lines = linesOf({ ...ama, visible: false, lacks: ['isco'], warnings: [{ field: 'availability', code: 'availability.over', message: '' }] });
    expect(lines.map((one) => one.id)).toEqual(['lacks', 'availability']);
    expect(lines[0]?.under).toBe('Group of occupations (ISCO-08)');
  });
});

describe('saving a part', () => {
  it('sends the fields that changed with what they held before', async () => {
    const asked = serve({ 'PATCH /me/professional': ({ body }: Asked) => ({ ...ama, ...(body as { values: object }).values, version: 2 }) });
    const answer = await save(ama, { summary: 'Second.' }, ['summary']);
    expect(answer.data.summary).toBe('Second.');
    expect(asked[0]?.body).toEqual({ fields: ['summary'], seen: { summary: 'First.' }, values: { summary: 'Second.' } });
  });

  it('stops when somebody saved the same field', async () => {
    serve({ 'PATCH /me/professional': refused(412, 'stale.fields') });
    const thrown = await save(ama, { summary: 'Mine.' }, ['summary']).catch((one: unknown) => one);
    expect((thrown as Problem).status).toBe(412);
  });

  it('shows theirs beside mine, to take over', async () => {
    let saved: Professional = ama;
    serve({
      ...vocabulary,
      'GET /me/professional': () => new Status(200, saved, `"${saved.version}"`),
      'PATCH /me/professional': ({ body }: Asked) => {
        const { seen, values } = body as { seen: Partial<Professional>; values: object };
        return seen.summary === saved.summary ? { ...saved, ...values, version: saved.version + 1 } : refused(412, 'stale.fields');
      },
    });
    show(ProfilePage);
    fireEvent.click(await screen.findByRole('button', { name: 'Edit Occupation' }));
    fireEvent.input(screen.getByLabelText(/^In a few sentences/), { target: { value: 'Mine.' } });
    saved = { ...ama, summary: 'Theirs.', version: 2 };
    fireEvent.click(screen.getByRole('button', { name: 'Save this part' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Load the newest version' }));
    expect(await screen.findByText('Theirs.')).toBeTruthy();
    expect((screen.getByLabelText(/^In a few sentences/) as HTMLTextAreaElement).value).toBe('Mine.');
    fireEvent.click(screen.getByRole('button', { name: 'Save this part' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save this part' })).toBeNull());
    expect(screen.getByText('Mine.')).toBeTruthy();
  });

  it('tells the same text from another one', () => {
    expect(fingerprint('a')).toBe(fingerprint('a'));
    expect(fingerprint('ab')).not.toBe(fingerprint('ba'));
  });
});

describe('one’s own page', () => {
  it('leads from what is missing to its field', async () => {
    serve({ ...vocabulary, 'GET /me/professional': { ...ama, visible: false, isco: '', lacks: ['isco'] } });
    show(ProfilePage);
    fireEvent.click(await screen.findByRole('button', { name: 'Group of occupations (ISCO-08)' }));
    await waitFor(() => expect(document.activeElement?.id).toBe('me-work-isco'));
  });

  it('rests and goes on with the version that was seen', async () => {
    const asked = serve({ ...vocabulary, 'GET /me/professional': new Status(200, ama, '"7"'), 'POST /me/professional/pause': { ...ama, state: 'paused', visible: false, can: { ...ama.can, pause: false, resume: true } } });
    show(ProfilePage);
    fireEvent.click(await screen.findByRole('button', { name: 'Rest for a while' }));
    expect(await screen.findByText('You are resting')).toBeTruthy();
    expect(asked.at(-1)).toMatchObject({ body: { paused: true }, headers: { 'If-Match': '"7"' } });
    expect(screen.getByRole('button', { name: 'Let me be found again' })).toBeTruthy();
  });
});

describe('consents', () => {
  const notices = { items: [{ purpose: 'registry_search', version: '2026-12', language: 'en', title: 'Being found', body: 'Text.', required: true }], next: '' };
  const consent = (status: string) => ({ items: [{ purpose: 'registry_search', status, title: 'Being found', noticeVersion: '2026-12', outdated: false, givenAt: '2026-11-24T00:00:00Z', withdrawnAt: status === 'withdrawn' ? '2026-11-25T00:00:00Z' : null }], next: '' });

  it('are taken back in two presses, and the effect is said before', async () => {
    let status = 'active';
    const asked = serve({ 'GET /notices': notices, 'GET /me/consents': () => consent(status), 'DELETE /me/consents/registry_search': () => { status = 'withdrawn'; return undefined; } });
    show(ConsentsPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Take it back – Being found' }));
    expect(screen.getByText(/From that moment no search finds you/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Take it back now' }));
    expect(await screen.findByText(/You took it back on/)).toBeTruthy();
    expect(asked.filter((one) => one.method === 'DELETE')).toHaveLength(1);
  });

  it('are given to the text that was read', async () => {
    let status = 'none';
    const asked = serve({ 'GET /notices': notices, 'GET /me/consents': () => consent(status), 'POST /me/consents': () => { status = 'active'; return new Status(201, consent('active')); } });
    show(ConsentsPage);
    fireEvent.click(await screen.findByRole('button', { name: 'I agree – Being found' }));
    expect(await screen.findByText(/You agreed on/)).toBeTruthy();
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ purpose: 'registry_search', version: '2026-12', language: 'en' });
  });
});

describe('what was changed', () => {
  const change = (field: string, before: string, after: string): Change => ({ id: field, at: '2026-11-24T00:00:00Z', by: 'you', organisation: '', capacity: 'professional', source: 'hand', field, before, after });

  it('is said of single values', () => {
    expect(differences(change('residenceCountry', 'NL', 'GH'))).toEqual([{ kind: 'before', text: 'Netherlands' }, { kind: 'after', text: 'Ghana' }]);
    expect(differences(change('summary', '', '[sic] New.'))).toEqual([{ kind: 'added', text: '[sic] New.' }]);
    expect(differences(change('phone', '+31', ''))).toEqual([{ kind: 'removed', text: '+31' }]);
    expect(differences(change('virtual', 'false', 'true'))).toEqual([{ kind: 'before', text: 'No' }, { kind: 'after', text: 'Yes' }]);
  });

  it('is said of the rows that came and went', () => {
    const row = (from: string) => ({ from, to: '2027-12-31' });
    const before = JSON.stringify([row('2027-01-01'), row('2027-02-01')]);
    expect(differences(change('availability', before, JSON.stringify([row('2027-02-01'), row('2027-03-01')])))).toEqual([
      { kind: 'removed', text: expect.stringMatching(/^1 Jan/) }, { kind: 'added', text: expect.stringMatching(/^1 Mar/) }]);
    expect(differences(change('availability', before, JSON.stringify([row('2027-02-01'), row('2027-01-01')])))[0]?.kind).toBe('order');
  });

  it('stands together when it was saved together', () => {
    const later = { ...change('email', 'a', 'b'), at: '2026-11-25T00:00:00Z' };
    expect(occasions([later, change('phone', '', '1'), change('sex', '', 'female')]).map((one) => one.changes.length)).toEqual([1, 2]);
  });
});

describe('who looked', () => {
  it('is said in plain words, for screens of tomorrow too', () => {
    expect(whatWords('ranking')).toBe('Saw you in a ranking, by pseudonym');
    expect(whatWords('hologram')).toBe('Was shown a part of your profile');
  });
});
