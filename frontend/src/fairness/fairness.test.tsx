// SPDX-License-Identifier: AGPL-3.0-or-later
import { render, screen, within } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../testing-server';
import FairnessPage from './fairness';

const stages = ['considered', 'passed', 'longlisted', 'shortlisted', 'host_endorsed', 'no_objection', 'approved', 'accepted'];
const cell = (count: number, withheld = false) => ({ count, withheld });
const none = { known: false, share: 0, low: 0, high: 0, ratio: 0, chance: 0, best: false, signal: '' };
const cells = (...counts: number[]) => stages.map((_, at) => cell(counts[at] ?? 0));
const group = (name: string, counts: number[], rate = none) => ({ group: name, name: '', cells: cells(...counts), rates: stages.map((_, at) => (at === 1 ? rate : none)) });
const report = {
  programme: { code: 'P', name: 'Programme', demo: true }, year: 0, stages, total: cells(100, 60), rankings: 2, least: 5, rule: '29 CFR 1607.4(D)', notice: '2027-01',
  taken: '2026-11-28T00:00:00Z',
  tables: [{ dimension: 'sex', groups: [
    group('female', [40, 20], { ...none, known: true, share: 0.5, low: 0.34, high: 0.66, ratio: 0.75, chance: 0.04, signal: 'strong' }),
    { ...group('other', []), cells: stages.map(() => cell(0, true)) },
  ] }],
};
const period = { period: '2026-11', algorithm: 'r-1', rankings: 3, scores: 120, mean: 610, counts: [0, 0, 0, 5, 10, 30, 40, 25, 10, 0], index: 0.31, noise: 0.1, state: 'moved', reference: false };
const drift = { programme: report.programme, periods: [{ ...period, period: '2026-10', reference: true, index: 0, state: 'steady' }, period], state: 'moved', outOf: 1000, slight: 0.1, large: 0.25 };
const trained = { programme: report.programme, year: 0, least: 5, taken: report.taken, kinds: [{ kind: 'training', sessions: 3, total: cell(21), tables: [{ dimension: 'sex', groups: [
  { group: 'female', cell: cell(12) }, { group: 'male', cell: cell(0, true) }] }, { dimension: 'age', groups: [] }] }] };

beforeEach(() => history.replaceState(null, '', '/fairness'));
afterEach(() => vi.unstubAllGlobals());

describe('fairness', () => {
  it('shows groups by stage, marks signals, and says where a number is withheld', async () => {
    serve({ 'GET /fairness/report': report, 'GET /fairness/drift': drift, 'GET /trained': trained });
    render(<LocationProvider><FairnessPage /></LocationProvider>);
    const women = (await screen.findAllByRole('rowheader', { name: 'Women' }))[0]?.closest('tr') as HTMLElement;
    expect(within(women).getByText('20')).toBeTruthy();
    expect(within(women).getByText('ratio 0.75, hardly chance')).toBeTruthy();
    const other = screen.getByRole('rowheader', { name: 'Another answer' }).closest('tr') as HTMLElement;
    expect(within(other).getAllByText('withheld')).toHaveLength(stages.length);
    expect(within(other).queryByText('0')).toBeNull();
  });

  it('counts who was trained, and withholds the few', async () => {
    serve({ 'GET /fairness/report': report, 'GET /fairness/drift': drift, 'GET /trained': trained });
    render(<LocationProvider><FairnessPage /></LocationProvider>);
    const table = within(await screen.findByRole('table', { name: 'Trainings' }));
    expect(within(table.getByRole('rowheader', { name: 'Everybody, 3 times' }).closest('tr') as HTMLElement).getByText('21')).toBeTruthy();
    expect(within(table.getByRole('rowheader', { name: 'Men' }).closest('tr') as HTMLElement).getByText('withheld')).toBeTruthy();
  });

  it('raises an alarm when the scores have moved, and shows no log to whoever may not read it', async () => {
    serve({ 'GET /fairness/report': report, 'GET /fairness/drift': drift, 'GET /trained': trained });
    render(<LocationProvider><FairnessPage /></LocationProvider>);
    expect(await screen.findByText('The scores have moved')).toBeTruthy();
    expect(screen.getByText('0.31')).toBeTruthy();
    expect(screen.getAllByRole('img')).toHaveLength(2);
    expect(screen.queryByText('Rankings that were shown')).toBeNull();
  });
});
