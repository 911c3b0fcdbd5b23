// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, within } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../testing-server';
import { linesOf } from './lines';
import VocabularyPage from './vocabulary';

const word = { id: 'w1', kind: 'skill', concept: 'a.drip', conceptLabel: 'drip irrigation', language: 'wo', word: 'ndoxum toq', demo: false, author: 'Awa Cissé', organisation: 'Ministry',
  addedAt: '2026-11-24T00:00:00Z', withdrawer: '', reason: '', can: { withdraw: true } };
const concept = { kind: 'skill', id: 'a.drip', label: 'drip irrigation', sector: 'agriculture', groups: [], broader: [], labels: [{ language: 'fr', label: 'goutte à goutte', preferred: true, origin: 'shipped' }],
  words: [word], esco: { loaded: false, notice: '' } };
const lists = { countries: [], languages: [{ code: 'wo', name: 'Wolof' }], iscedLevels: [], iscedFields: [], sectors: [], cefr: [], esco: { loaded: false, notice: '' } };
const answers = { 'GET /vocabulary/words': { items: [word], next: '' }, 'GET /taxonomy/lists': lists, 'GET /vocabulary/concept': concept };

beforeEach(() => history.replaceState(null, '', '/vocabulary?kind=skill&id=a.drip'));
afterEach(() => vi.unstubAllGlobals());

describe('the vocabulary', () => {
  it('reads a pasted list: one word a line, a line may name its own language', () => {
    expect(linesOf('toq\n\n tw; awogyefo \nam\tነርስ', 'wo')).toEqual([
      { number: 1, word: 'toq', language: 'wo', named: false }, { number: 3, word: 'awogyefo', language: 'tw', named: true }, { number: 4, word: 'ነርስ', language: 'am', named: true },
    ]);
  });

  it('sends every line with its language', async () => {
    const asked = serve(answers);
    render(<LocationProvider><VocabularyPage /></LocationProvider>);
    const box = await screen.findByLabelText('Words, one a line');
    const select = screen.getByLabelText('Language of the words');
    await within(select).findByRole('option', { name: 'Wolof' });
    fireEvent.change(select, { target: { value: 'wo' } });
    fireEvent.input(box, { target: { value: 'toq\ntw; awogyefo' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    await vi.waitFor(() => expect(asked.some((one) => one.method === 'POST')).toBe(true));
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ evenSo: false, words: [
      { kind: 'skill', concept: 'a.drip', language: 'wo', word: 'toq' }, { kind: 'skill', concept: 'a.drip', language: 'tw', word: 'awogyefo' }] });
  });

  it('shows who added a word and when, and asks why before it is withdrawn', async () => {
    serve(answers);
    render(<LocationProvider><VocabularyPage /></LocationProvider>);
    expect((await screen.findAllByText('Awa Cissé')).length).toBe(2);
    fireEvent.click(screen.getAllByRole('button', { name: 'Withdraw “ndoxum toq”' })[0] as HTMLElement);
    expect(await screen.findByLabelText('Why')).toBeTruthy();
  });
});
