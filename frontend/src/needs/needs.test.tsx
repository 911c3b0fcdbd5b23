// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session, type Role, type Session } from '../session/session';
import { refused, serve, Status, type Asked } from '../testing-server';
import { fieldName } from './fields';
import NeedsPage from './list';
import NeedPage from './need';
import { differing } from './newer';
import { openRemarks, rootOf } from './remarks';
import { remarksOf } from './return';
import { emptyNeed, textOf, type Need, type Review } from './types';
import { viewsFor } from './views';
import { floorWords } from './words';
import WriteNeedPage from './write';

const nothing = {
  edit: false, submit: false, duplicate: false, validate: false, return: false, reject: false, approve: false, publish: false, extend: false, close: false,
  reopen: false, cancel: false, rank: false, shortlist: false, nominate: false, apply: false, suspend: false, resume: false, standDown: false, closeOut: false,
};
const programme = { id: 'g1', code: 'SKF', name: 'Skills for home', summary: '', countries: ['SN'], minimumCounterparts: 2, shortlistMost: 5, demo: false };
const host = { id: 'o1', name: 'Commune de Thiès', kind: 'host', country: 'SN', place: 'Thiès' };
const irrigation: Need = {
  ...emptyNeed('fr'), id: 'n1', reference: 'SN-2027-0001', version: 3, state: 'SUBMITTED', stateReason: '', demo: false, programme, organisation: host, title: 'Irrigation',
  background: 'Quatre cents exploitations.', country: 'SN', dutyStation: 'Thiès', startsOn: '2027-06-07', endsOn: '2027-07-16', days: 40, filled: 0, posts: [], outOfPriority: true,
  opensOn: '', closesOn: '', noticeLanguages: [], round: 1, reviews: [], can: nothing, next: [], createdAt: '2026-11-24T00:00:00Z', updatedAt: '2026-11-24T00:00:00Z',
};
const returned: Review = {
  round: 1, step: 'validation', outcome: 'returned', reason: 'Nearly.', comments: [{ field: 'background', text: 'Which farms?' }, { field: 'outputs[0].indicator', text: 'How many?' }],
  by: 'Ndèye Sarr', organisation: 'Ministry', at: '2026-11-24T00:00:00Z',
};
const lists = { countries: [], languages: [{ code: 'fr', name: 'French' }], iscedLevels: [], iscedFields: [], sectors: [{ code: 'health', name: 'Health' }], cefr: ['A1'], esco: { loaded: false, notice: '' } };
const vocabulary = { 'GET /taxonomy/lists': lists };

function as(role: Role): void {
  const acting = { membershipId: 'm1', role, organisation: host, programme };
  session.value = { user: { id: 'u1', name: 'Awa', email: 'awa@example.org', locale: 'fr', demo: false }, role, acting, memberships: [acting], professionalId: null, totp: { enrolled: true, required: false }, demo: false } satisfies Session;
}

function show(Page: () => preact.JSX.Element, address: string, path = address): void {
  history.replaceState(null, '', address);
  render(<LocationProvider><Router>{[<Route key="page" path={path} component={Page} />]}</Router></LocationProvider>);
}

beforeEach(() => as('host'));
afterEach(() => {
  session.value = null;
  vi.unstubAllGlobals();
});

describe('words', () => {
  it('spell a language with its floors', () => {
    expect(floorWords({ language: 'fr', spoken: 'B2', written: 'B1' })).toBe('French: B2 spoken, B1 written');
    expect(floorWords({ language: 'wo', spoken: 'B1', written: '' })).toBe('Wolof: B1 spoken');
    expect(floorWords({ language: 'fr', spoken: 'C1', written: 'C1' })).toBe('French: C1 spoken and written');
  });

  it('name a field, and its row', () => {
    expect(fieldName('dutyStation')).toBe('Duty station');
    expect(fieldName('outputs[1].indicator')).toBe('Outputs, 2');
    expect(rootOf('outputs[1].indicator')).toBe('outputs');
  });
});

describe('the remarks of a return', () => {
  it('stand while the host mends, and once more for the ministry after that', () => {
    const mending = { ...irrigation, state: 'RETURNED', reviews: [returned] };
    expect(openRemarks(mending)).toHaveLength(2);
    expect(openRemarks({ ...mending, state: 'SUBMITTED', round: 2 })).toHaveLength(2);
    expect(openRemarks({ ...mending, state: 'SUBMITTED', round: 3 })).toEqual([]);
    expect(openRemarks({ ...mending, state: 'PUBLISHED', round: 2 })).toEqual([]);
  });

  it('leave out what says nothing', () => {
    expect(remarksOf({ reason: '', comments: { background: ' Which farms? ', outputs: '  ' } })).toEqual([{ field: 'background', text: 'Which farms?' }]);
  });
});

describe('the list', () => {
  it('begins with what waits for the role', () => {
    expect(viewsFor('ministry')[0]?.states).toEqual(['SUBMITTED']);
    expect(viewsFor('coordinator')[0]?.states).toEqual(['VALIDATED', 'APPROVED']);
    expect(viewsFor('professional')).toHaveLength(1);
  });

  it('asks for the states of the view in the address', async () => {
    as('ministry');
    const asked = serve({ 'GET /needs': { items: [irrigation], next: '' } });
    show(NeedsPage, '/needs?view=open', '/needs');
    expect((await screen.findByRole('link', { name: 'Irrigation' })).getAttribute('href')).toBe('/needs/SN-2027-0001');
    expect(asked[0]?.query.get('state')).toBe('PUBLISHED');
    expect(screen.getByRole('link', { name: 'Open calls' }).getAttribute('aria-current')).toBe('page');
  });

  it('keeps the words that were searched for in the address', async () => {
    const asked = serve({ 'GET /needs': { items: [], next: '' } });
    show(NeedsPage, '/needs');
    fireEvent.input(screen.getByLabelText(/Words of the title/), { target: { value: 'soil' } });
    fireEvent.click(screen.getByRole('button', { name: 'Search' }));
    await screen.findByText('No need with “soil”');
    expect(location.search).toBe('?q=soil');
    expect(asked.at(-1)?.query.get('q')).toBe('soil');
  });

  it('says what it is for while it is empty, and offers the first step', async () => {
    serve({ 'GET /needs': { items: [], next: '' } });
    show(NeedsPage, '/needs');
    const empty = (await screen.findByText('No needs yet')).parentElement as HTMLElement;
    expect(within(empty).getByRole('link', { name: 'Write a need' }).getAttribute('href')).toBe('/needs/new');
  });

  it('says what went wrong', async () => {
    serve({ 'GET /needs': refused(503, 'unavailable') });
    show(NeedsPage, '/needs');
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('a need', () => {
  const path = '/needs/:ref';
  const open = (need: Need, more: Record<string, unknown> = {}): Asked[] => {
    const asked = serve({ ...vocabulary, 'GET /needs/SN-2027-0001': new Status(200, need, '"3"'), ...more });
    show(NeedPage, '/needs/SN-2027-0001', path);
    return asked;
  };

  it('offers what the server allows, and nothing else', async () => {
    open({ ...irrigation, can: { ...nothing, validate: true, reject: true } });
    await screen.findByRole('heading', { name: 'Irrigation' });
    expect(screen.getByRole('button', { name: 'Validate' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Reject' })).toBeTruthy();
    for (const name of ['Approve', 'Publish', 'Return to the host', 'Submit to the ministry']) expect(screen.queryByRole('button', { name })).toBeNull();
  });

  it('is validated with its version and a reason', async () => {
    const asked = open({ ...irrigation, can: { ...nothing, validate: true } }, { 'POST /needs/n1/validate': new Status(200, { ...irrigation, state: 'VALIDATED' }, '"4"') });
    fireEvent.click(await screen.findByRole('button', { name: 'Validate' }));
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: 'It serves the country.' } });
    fireEvent.click(screen.getAllByRole('button', { name: 'Validate' }).at(-1) as HTMLElement);
    expect(await screen.findByText('Validated by the ministry. The coordinator approves it next.')).toBeTruthy();
    const sent = asked.find((one) => one.method === 'POST');
    expect(sent?.headers['If-Match']).toBe('"3"');
    expect(sent?.body).toEqual({ reason: 'It serves the country.' });
  });

  it('goes back with a comment on each field', async () => {
    const asked = open({ ...irrigation, can: { ...nothing, return: true } }, { 'POST /needs/n1/return': new Status(200, { ...irrigation, state: 'RETURNED' }, '"4"') });
    fireEvent.click(await screen.findByRole('button', { name: 'Return to the host' }));
    fireEvent.click(screen.getByRole('button', { name: 'Comment on “Background”' }));
    fireEvent.input(screen.getByLabelText(/What should change in “Background”/), { target: { value: 'Which farms?' } });
    expect(screen.getByText('1 comment')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Look over and return' }));
    fireEvent.click(screen.getByRole('button', { name: 'Return to the host' }));
    await waitFor(() => expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ reason: '', comments: [{ field: 'background', text: 'Which farms?' }] }));
  });

  it('shows the comments beside what they are about', async () => {
    open({ ...irrigation, state: 'RETURNED', reviews: [returned], can: { ...nothing, edit: true } });
    expect(await screen.findByText('This need came back with 2 comments')).toBeTruthy();
    expect(screen.getAllByText('Which farms?').some((one) => one.closest('.part'))).toBe(true);
  });

  it('keeps what was typed when somebody else was faster', async () => {
    open({ ...irrigation, can: { ...nothing, reject: true } }, { 'POST /needs/n1/reject': refused(412, 'stale') });
    fireEvent.click(await screen.findByRole('button', { name: 'Reject' }));
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: 'No funds.' } });
    fireEvent.click(screen.getAllByRole('button', { name: 'Reject' }).at(-1) as HTMLElement);
    fireEvent.click(await screen.findByRole('button', { name: 'Load the newest version' }));
    expect((screen.getByLabelText('Reason') as HTMLTextAreaElement).value).toBe('No funds.');
  });

  it('is cancelled only after its reference was typed', async () => {
    const asked = open({ ...irrigation, can: { ...nothing, cancel: true } }, { 'POST /needs/n1/cancel': irrigation });
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel for good' }));
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: 'Closed.' } });
    fireEvent.click(screen.getAllByRole('button', { name: 'Cancel for good' }).at(-1) as HTMLElement);
    expect(await screen.findAllByText(/Please type SN-2027-0001/)).not.toEqual([]);
    expect(asked.some((one) => one.method === 'POST')).toBe(false);
  });

  it('that is not there says so', async () => {
    serve(vocabulary);
    show(NeedPage, '/needs/SN-2027-0001', path);
    expect(await screen.findByText('Not found')).toBeTruthy();
  });
});

describe('writing a need', () => {
  it('makes the draft once, and shows at the fields what is missing', async () => {
    const draft = { ...irrigation, state: 'DRAFT', can: { ...nothing, edit: true } };
    const asked = serve({
      ...vocabulary, 'POST /needs': new Status(201, draft, '"1"'), 'PUT /needs/n1': new Status(200, draft, '"2"'),
      'POST /needs/n1/submit': refused(422, 'invalid', [{ field: 'sector', code: 'x', message: 'Please choose the sector.' }, { field: 'outputs', code: 'x', message: 'Please name at least one output.' }]),
    });
    show(WriteNeedPage, '/needs/new');
    fireEvent.input(screen.getByLabelText('Title'), { target: { value: 'Irrigation' } });
    const send = () => fireEvent.click(screen.getByRole('button', { name: 'Save and submit to the ministry' }));
    send();
    const summary = await screen.findByRole('alert');
    expect(within(summary).getByRole('link', { name: 'Sector: Please choose the sector.' })).toBeTruthy();
    expect(screen.getByLabelText('Sector').getAttribute('aria-invalid')).toBe('true');
    expect(location.pathname).toBe('/needs/SN-2027-0001/edit');
    send();
    await waitFor(() => expect(asked.filter((one) => one.path === '/needs/n1/submit')).toHaveLength(2));
    expect(asked.filter((one) => one.path === '/needs' && one.method === 'POST')).toHaveLength(1);
    expect(asked.find((one) => one.method === 'PUT')?.headers['If-Match']).toBe('"1"');
  });

  it('shows a newer version beside what was typed', async () => {
    const mine = { ...irrigation, state: 'DRAFT', can: { ...nothing, edit: true } };
    const theirs = { ...mine, version: 4, background: 'Cinq cents exploitations.' };
    let reads = 0;
    serve({
      ...vocabulary, 'GET /needs/SN-2027-0001': new Status(200, mine, '"3"'), 'PUT /needs/n1': (one: Asked) => (one.headers['If-Match'] === '"4"' ? new Status(200, theirs, '"5"') : refused(412, 'stale')),
      'GET /needs/n1': () => { reads += 1; return new Status(200, theirs, '"4"'); },
    });
    show(WriteNeedPage, '/needs/SN-2027-0001/edit', '/needs/:ref/edit');
    fireEvent.input(await screen.findByLabelText('Title'), { target: { value: 'My title' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save the draft' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Load the newest version' }));
    const newer = (await screen.findByText('Somebody else saved a newer version')).closest('.newer') as HTMLElement;
    expect(reads).toBe(1);
    expect((screen.getByLabelText('Title') as HTMLInputElement).value).toBe('My title');
    fireEvent.click(within(newer).getByRole('button', { name: /Use this text\s*Background/ }));
    expect((screen.getByLabelText('Background') as HTMLTextAreaElement).value).toBe('Cinq cents exploitations.');
    fireEvent.click(screen.getByRole('button', { name: 'Save the draft' }));
    await waitFor(() => expect(location.pathname).toBe('/needs/SN-2027-0001'));
  });

  it('tells which fields differ', () => {
    expect(differing({ ...textOf(irrigation), title: 'Other', headcount: 2 }, textOf(irrigation))).toEqual(['title', 'headcount']);
  });

  it('is not offered once the need is with somebody else', async () => {
    serve({ ...vocabulary, 'GET /needs/SN-2027-0001': irrigation });
    show(WriteNeedPage, '/needs/SN-2027-0001/edit', '/needs/:ref/edit');
    expect(await screen.findByText('This need cannot be changed now')).toBeTruthy();
  });
});
