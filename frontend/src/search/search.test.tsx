// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refused, serve, Status } from '../testing-server';
import { searchPath } from './question';
import SearchPage from './search';
import type { Findings, Hit } from './types';
import { languageLevel, valueName } from './words';

const hit = (n: number): Hit => ({
  professionalId: `p${n}`, person: `P-000${n}-AAAA`, demo: false, relevance: 10 - n, matched: ['irrigazione a goccia'],
  reasons: [{ part: 0, words: ['irrigazione a goccia'], concept: { id: 'agriculture.drip-irrigation', kind: 'skill', label: 'drip irrigation' } }],
  excerpts: [{ source: 'cv', language: 'it', spans: [{ text: 'Impianti di ', marked: false }, { text: 'irrigazione a goccia', marked: true }, { text: ' in Toscana', marked: false }] }],
  summary: { occupationTitle: `Agronomo ${n}`, isco: '2132', residenceCountry: 'IT', languages: ['fr B2/B1'], yearsExperience: 12, availability: [{ from: '2027-06-01', to: '2027-07-31' }], longestDays: 60 },
});

const found: Findings = {
  source: 'index', total: 3, items: [hit(1), hit(2)], next: 'more',
  understood: [
    { kind: 'concept', text: 'drip irrigation', from: 0, to: 15, negated: false, guessed: false, near: [], concepts: [{ id: 'agriculture.drip-irrigation', kind: 'skill', label: 'drip irrigation' }] },
    { kind: 'word', text: 'projcet', from: 16, to: 23, negated: false, guessed: false, concepts: [], near: [{ word: 'project', users: 18 }] },
  ],
  facets: [
    { name: 'residence', others: 0, values: [{ value: 'IT', count: 2, chosen: false }, { value: 'FR', count: 1, chosen: false }] },
    { name: 'language', others: 0, values: [{ value: 'fr-A1', count: 3, chosen: false }, { value: 'fr-B2', count: 2, chosen: false }] },
    { name: 'years', others: 0, values: [] },
  ],
};

const lists = { 'GET /taxonomy/lists': { languages: [{ code: 'fr', name: 'French' }], countries: [], sectors: [], educationFields: [], educationLevels: [] } };

function page(replies: Record<string, unknown>) {
  const asked = serve({ ...lists, ...replies });
  render(<LocationProvider><SearchPage /></LocationProvider>);
  return asked;
}

const box = () => screen.getByRole('searchbox', { name: 'What are you looking for?' });

function look(words: string) {
  fireEvent.input(box(), { target: { value: words } });
  fireEvent.submit(box());
}

beforeEach(() => history.replaceState(null, '', '/search'));
afterEach(() => vi.unstubAllGlobals());

describe('a search', () => {
  it('begins with what one may ask, and asks nothing by itself', async () => {
    const asked = page({});
    expect(screen.getByText('Whom are you looking for?')).toBeTruthy();
    await waitFor(() => expect(asked.filter((one) => one.path.startsWith('/search'))).toEqual([]));
  });

  it('keeps the words out of every address, and in the state of the history', async () => {
    const asked = page({ 'POST /search/professionals': found });
    look('drip irrigation projcet');
    await screen.findByText('3 people found');
    const sent = asked.find((one) => one.path === '/search/professionals');
    expect(sent?.body).toMatchObject({ q: 'drip irrigation projcet', counts: true, facets: {} });
    expect([...(sent?.query ?? [])]).toEqual([]);
    expect(location.href).not.toContain('irrigation');
    expect(history.state).toEqual({ search: { q: 'drip irrigation projcet', exact: false } });
  });

  it('says what was understood, why somebody is there, and where they wrote it', async () => {
    page({ 'POST /search/professionals': found });
    look('drip irrigation projcet');
    const card = (await screen.findByText('Agronomo 1')).closest('li') as HTMLElement;
    expect(within(card).getByText('drip irrigation')).toBeTruthy();
    expect(card.querySelector('mark')?.textContent).toBe('irrigazione a goccia');
    expect(card.querySelector('q')?.getAttribute('lang')).toBe('it');
    expect(within(screen.getByRole('list', { name: 'What was understood' })).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByText(/Hardly anybody writes “projcet”/).textContent).toContain('project (18 people)');
  });

  it('looks for the words as they stand when that is wanted', async () => {
    const asked = page({ 'POST /search/professionals': found });
    look('drip irrigation projcet');
    fireEvent.click(await screen.findByRole('button', { name: 'Search only for projcet' }));
    await waitFor(() => expect(asked.at(-1)?.body).toMatchObject({ q: 'drip irrigation projcet', exact: true }));
    expect(await screen.findByText('Only the words as they stand are looked for.')).toBeTruthy();
  });

  it('takes a part away', async () => {
    const asked = page({ 'POST /search/professionals': found });
    look('drip irrigation projcet');
    fireEvent.click(await screen.findByRole('button', { name: 'Take away: projcet' }));
    await waitFor(() => expect(asked.at(-1)?.body).toMatchObject({ q: 'drip irrigation' }));
  });

  it('narrows by facets, which stand in the address', async () => {
    const asked = page({ 'POST /search/professionals': found });
    look('drip');
    fireEvent.click(await screen.findByRole('checkbox', { name: /^Italy/ }));
    await waitFor(() => expect(asked.at(-1)?.body).toMatchObject({ q: 'drip', facets: { residence: ['IT'] } }));
    expect(location.search).toBe('?residence=IT');
    await waitFor(() => expect(history.state).toEqual({ search: { q: 'drip', exact: false } }));
  });

  it('shows where a query goes wrong, and mends it at a press', async () => {
    const wrong = refused(422, 'request.invalid', [{ field: 'q', code: 'query.unclosed', message: 'The parenthesis at character 1 is not closed. Did you mean: (water)', at: 1, mend: '(water)' } as never]);
    const asked = page({ 'POST /search/professionals': ({ body }: { body: { q: string } }) => (body.q === '(water' ? wrong : found) });
    look('(water');
    expect(await screen.findByText('The parenthesis at character 1 is not closed.')).toBeTruthy();
    expect(box().getAttribute('aria-invalid')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'Search for: (water)' }));
    await waitFor(() => expect(asked.at(-1)?.body).toMatchObject({ q: '(water)' }));
  });

  it('loads the next page by its cursor, without counting again', async () => {
    const asked = page({ 'POST /search/professionals': ({ body }: { body: { after?: string } }) => (body.after ? { ...found, items: [hit(3)], next: '' } : found) });
    look('drip');
    fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('Agronomo 3')).toBeTruthy();
    expect(asked.at(-1)?.body).toMatchObject({ after: 'more', counts: false });
  });

  it('is saved under a name, with how often one wants to hear of it', async () => {
    const asked = page({ 'POST /search/professionals': found, 'POST /saved-searches': new Status(201, { id: 's1' }) });
    look('drip');
    fireEvent.click(await screen.findByRole('button', { name: 'Save this search' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.input(within(dialog).getByLabelText('Name'), { target: { value: 'Drip people' } });
    fireEvent.click(within(dialog).getByRole('radio', { name: 'Once a day' }));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(asked.at(-1)?.body).toMatchObject({ kind: 'people', name: 'Drip people', q: 'drip', frequency: 'daily', need: '', best: 0 }));
    expect(asked.at(-1)?.headers['Idempotency-Key']).toBeTruthy();
  });
});

describe('words', () => {
  it('name the values of facets', () => {
    expect(languageLevel('fr-B2')).toBe('French, B2 or better');
    expect(languageLevel('fr-A1')).toBe('French');
    expect(valueName('years', { value: '21-99' })).toBe('21 years and more');
    expect(valueName('years', { value: '3-5' })).toBe('3 to 5 years');
    expect(valueName('skill', { value: 'x', label: 'drip irrigation' })).toBe('drip irrigation');
    expect(searchPath({ residence: ['IT', 'FR'], years: [] })).toBe('/search?residence=IT,FR');
  });
});
