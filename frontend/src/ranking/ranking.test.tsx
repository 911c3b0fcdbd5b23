// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../i18n';
import { emptyNeed } from '../needs/types';
import { refused, serve, Status, type Asked } from '../testing-server';
import { Why } from './candidate';
import RankingPage from './ranking';
import { differs, gravestGap, proposedDays, stepsOf, strongest, tally } from './reasons';
import type { Candidate, Criterion, Ranking } from './types';
import { codesIn } from './vocabulary';
import { conceptName, languageShort, spell } from './words';

const criterion = (name: string, status: Criterion['status'], points: number, of: number, more: Partial<Criterion> = {}): Criterion => ({
  name, status, points, of, evidence: { need: '', person: '' }, concept: '', conceptLabel: '', ...more,
});
const drip = criterion('skill.required', 'met', 113, 113, {
  evidence: { need: 'irrigation goutte à goutte', person: 'irrigazione a goccia' }, concept: 'agriculture.drip-irrigation', relation: 'same', source: 'skill',
});
const french = criterion('language', 'partly', 14, 36, { evidence: { need: 'fr B2/B1', person: 'fr B1/B1' }, concept: 'fr' });
const occupation = criterion('occupation', 'met', 206, 206, { evidence: { need: '2132 Agronome', person: '2132 Agronomo' }, concept: '2132' });
const topics = criterion('text', 'missing', 0, 41);

const summary = {
  occupationTitle: 'Agronomo', isco: '2132', residenceCountry: 'IT', languages: ['fr B2/B2', 'it C1/C1'], yearsExperience: 12, availability: [{ from: '2027-06-10', to: '2027-08-31' }], longestDays: 30,
};
const candidate = (rank: number, person: string, criteria: Criterion[]): Candidate => ({
  rank, person, demo: false, score: criteria.reduce((sum, one) => sum + one.points, 0), outOf: 1000, headline: { strengths: [], gap: null }, criteria, lifts: [], summary, candidacyState: '',
});
const ranking: Ranking = {
  need: { id: 'n1', reference: 'SN-2027-0001', title: 'Irrigation', version: 7 }, algorithm: 'sankofa-1', indexPosition: 12, source: 'index', considered: 320, passed: 2,
  excluded: [{ condition: 'consent', count: 62 }, { condition: 'origin', count: 256 }],
  candidates: [candidate(1, 'P-6GRW-2JHS', [occupation, drip, french, topics]), candidate(2, 'P-MBT3-GZ33', [occupation, { ...drip, status: 'missing', points: 0 }, french, topics])],
};
const need = {
  ...emptyNeed('fr'), id: 'n1', reference: 'SN-2027-0001', version: 7, state: 'PUBLISHED', title: 'Irrigation', startsOn: '2027-06-07', endsOn: '2027-07-16', days: 40,
  organisation: { id: 'o1', name: 'Commune de Thiès', kind: 'host', country: 'SN', place: '' }, programme: { shortlistMost: 2 }, can: { rank: true, shortlist: true },
};
const names = { items: [{ code: 'agriculture.drip-irrigation', name: 'drip irrigation' }, { code: '2132', name: 'Farming advisers' }], next: '' };
const lists = { countries: [], languages: [], iscedLevels: [{ code: '7', name: 'Master’s' }], iscedFields: [], sectors: [], cefr: [], esco: { loaded: false, notice: '' } };

function open(more: Record<string, unknown> = {}): Asked[] {
  const asked = serve({ 'GET /taxonomy/lists': lists, 'GET /taxonomy/names': names, 'GET /needs/SN-2027-0001': need, 'GET /needs/SN-2027-0001/ranking': ranking, ...more });
  history.replaceState(null, '', '/needs/SN-2027-0001/ranking');
  render(<LocationProvider><Router>{[<Route key="page" path="/needs/:ref/ranking" component={RankingPage} />]}</Router></LocationProvider>);
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('reasons', () => {
  it('name what speaks most for somebody, and never the way of working', () => {
    expect(strongest([criterion('modality', 'met', 300, 300), drip, occupation, french])).toEqual([occupation, drip]);
  });

  it('name the gap that costs most, if it moves anybody', () => {
    expect(gravestGap([drip, french, topics])).toBe(french);
    expect(gravestGap([drip, criterion('language', 'partly', 30, 36)])).toBeUndefined();
  });

  it('count the fits', () => expect(tally([drip, french, topics, occupation])).toEqual({ met: 2, partly: 1, missing: 1, unknown: 0 }));

  it('lead from everybody to those who are left', () => {
    expect(stepsOf(320, ranking.excluded)).toEqual([{ condition: 'consent', removed: 62, remaining: 258 }, { condition: 'origin', removed: 256, remaining: 2 }]);
  });

  it('tell where people differ', () => {
    expect(differs([drip, drip])).toBe(false);
    expect(differs([drip, { ...drip, points: 100 }])).toBe(true);
    expect(differs([drip, undefined])).toBe(true);
  });
});

describe('proposed days', () => {
  const period = { startsOn: '2027-06-07', endsOn: '2027-07-16' };
  it('lie within the need and the free time, and are no longer than the person stays', () => {
    expect(proposedDays(period, summary)).toEqual({ from: '2027-06-10', to: '2027-07-09' });
    expect(proposedDays(period, { availability: [{ from: '2027-01-01', to: '2027-12-31' }], longestDays: 0 })).toEqual({ from: '2027-06-07', to: '2027-07-16' });
  });
  it('take the longest stretch', () => {
    expect(proposedDays(period, { availability: [{ from: '2027-06-01', to: '2027-06-10' }, { from: '2027-06-20', to: '2027-08-01' }], longestDays: 90 })).toEqual({ from: '2027-06-20', to: '2027-07-16' });
  });
  it('are the need’s where nothing is known', () => expect(proposedDays(period, { availability: [], longestDays: 30 })).toEqual({ from: '2027-06-07', to: '2027-07-16' }));
});

describe('words', () => {
  it('spell out what is a code', () => {
    expect(spell('language', 'fr B2/–')).toBe('French: B2 spoken');
    expect(spell('experience', '1')).toBe('1 year of experience');
    expect(spell('availability', '2027-06-07 – 2027-07-16, 40')).toBe('7 Jun – 16 Jul 2027, 40 days');
    expect(spell('education.level', '7 Laurea', lists)).toBe('Laurea (Master’s)');
    expect(spell('licence', 'Ordine (IT), 2028-01-01')).toBe('Ordine (Italy), valid until 1 Jan 2028');
    expect(spell('licence', 'Ordine (IT), ?')).toBe('Ordine (Italy), end not given');
    expect(spell('modality', 'onsite, hybrid')).toBe('On site and Partly on site');
  });

  it('leave alone what somebody wrote', () => {
    expect(spell('skill.required', 'irrigazione a goccia')).toBeUndefined();
    expect(spell('occupation', 'Agronomo')).toBeUndefined();
  });

  it('name a concept, with the identifier to fall back on', () => {
    expect(conceptName(drip)).toBe('drip irrigation');
    expect(conceptName(drip, undefined, new Map([['agriculture.drip-irrigation', 'irrigation goutte à goutte']]))).toBe('irrigation goutte à goutte');
    expect(conceptName(occupation, undefined, new Map([['2132', 'Farming advisers']]))).toBe('Farming advisers, ISCO 2132');
  });

  it('are short in a line about a person', () => {
    expect(languageShort('fr B2/B1', undefined)).toBe('French B2/B1');
    expect(languageShort('it C1/C1', undefined)).toBe('Italian C1');
  });

  it('ask for the names of skills and occupations only', () => expect(codesIn(ranking.candidates)).toEqual(['2132', 'agriculture.drip-irrigation', '']));

  it('say why in one line', async () => {
    const { container } = render(<Why criteria={[occupation, drip, french]} lang="fr" />);
    expect(container.textContent).toBe('Brings the occupation and irrigation goutte à goutte. Only partly: French.');
    await speak('fr');
    await waitFor(() => expect(container.textContent).toBe('Apporte : la profession et irrigation goutte à goutte. En partie seulement : français.'));
  });

  it('say so when nothing is missing, or nothing is there', () => {
    expect(render(<Why criteria={[drip]} />).container.textContent).toBe('Brings irrigation goutte à goutte. Nothing of weight is missing.');
    expect(render(<Why criteria={[french]} />).container.textContent).toBe('No criterion of weight is fully met. Only partly: French.');
  });
});

describe('the page', () => {
  it('shows the conditions from left to right and the candidates in order', async () => {
    open();
    const steps = within((await screen.findByText('Enrolled')).closest('ol') as HTMLElement).getAllByRole('listitem').map((one) => one.textContent);
    expect(steps).toEqual(['Enrolled320 remain', 'Consent258 remain62 removed', 'Tie to the country2 remain256 removed', 'Ranked2 remain']);
    expect(screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent)).toEqual(['P-6GRW-2JHS Agronomo', 'P-MBT3-GZ33 Agronomo']);
    expect(screen.getByText('This order is advice. People decide.')).toBeTruthy();
    expect(screen.queryByText('The search index is being rebuilt')).toBeNull();
  });

  it('shows for every criterion both sides, the concept between and the points', async () => {
    open();
    const table = (await screen.findByText('All criteria for P-6GRW-2JHS')).closest('table') as HTMLElement;
    const row = within(table).getByText('irrigazione a goccia').closest('tr') as HTMLElement;
    await within(row).findByText('drip irrigation');
    expect(row.textContent).toContain('irrigation goutte à goutte');
    expect(row.textContent).toContain('113 of 113');
    expect(row.textContent).toContain('the same concept');
  });

  it('says that the database answers while the index is being rebuilt', async () => {
    open({ 'GET /needs/SN-2027-0001/ranking': { ...ranking, source: 'database' } });
    expect(await screen.findByText('The search index is being rebuilt')).toBeTruthy();
  });

  it('says what to do when nobody is left', async () => {
    open({ 'GET /needs/SN-2027-0001/ranking': { ...ranking, passed: 0, candidates: [] } });
    expect(await screen.findByText('Nobody meets all the conditions')).toBeTruthy();
  });

  it('puts people side by side', async () => {
    open();
    for (const box of await screen.findAllByRole('checkbox')) fireEvent.click(box);
    fireEvent.click(screen.getByRole('button', { name: 'Compare' }));
    expect(screen.getByRole('heading', { name: '2 people side by side' })).toBeTruthy();
    expect(screen.getAllByRole('rowheader')).toHaveLength(4);
    fireEvent.click(screen.getByLabelText('Only what differs'));
    expect(screen.getAllByRole('rowheader')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Back to the list' }));
    expect(screen.getByText('2 people chosen')).toBeTruthy();
  });

  it('puts people on the shortlist with days, a reason and the version that was seen', async () => {
    const asked = open({ 'POST /needs/n1/shortlist': new Status(201, { snapshot: null, items: [] }) });
    fireEvent.click((await screen.findAllByRole('checkbox'))[0] as HTMLElement);
    fireEvent.click(screen.getByRole('button', { name: 'Put on the shortlist' }));
    fireEvent.input(screen.getByLabelText('Why these people'), { target: { value: 'The strongest.' } });
    fireEvent.click(screen.getAllByRole('button', { name: 'Put on the shortlist' }).at(-1) as HTMLElement);
    await waitFor(() => expect(location.pathname).toBe('/needs/SN-2027-0001/shortlist'));
    const sent = asked.find((one) => one.method === 'POST');
    expect(sent?.headers['If-Match']).toBe('"7"');
    expect(sent?.headers['Idempotency-Key']).toMatch(/^\w{32}$/);
    expect(sent?.body).toEqual({ people: [{ pseudonym: 'P-6GRW-2JHS', from: '2027-06-10', to: '2027-07-09' }], reason: 'The strongest.' });
  });

  it('shows at each person what keeps them from the shortlist', async () => {
    open({ 'POST /needs/n1/shortlist': refused(422, 'invalid', [{ field: 'people[0].pseudonym', code: 'x', message: 'This person is on the shortlist already.' }]) });
    fireEvent.click((await screen.findAllByRole('checkbox'))[0] as HTMLElement);
    fireEvent.click(screen.getByRole('button', { name: 'Put on the shortlist' }));
    fireEvent.click(screen.getAllByRole('button', { name: 'Put on the shortlist' }).at(-1) as HTMLElement);
    expect(await screen.findByRole('link', { name: 'P-6GRW-2JHS – Agronomo: This person is on the shortlist already.' })).toBeTruthy();
  });

  it('is not shown to those who may not see it', async () => {
    open({ 'GET /needs/SN-2027-0001/ranking': refused(403, 'denied') });
    expect(await screen.findByText('You may not do this')).toBeTruthy();
  });
});
