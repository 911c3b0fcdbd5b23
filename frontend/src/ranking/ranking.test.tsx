// SPDX-License-Identifier: AGPL-3.0-or-later
import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../i18n';
import { emptyNeed } from '../needs/types';
import { refused, serve, Status, type Asked } from '../testing-server';
import { Line } from './line';
import { choose, comparePath } from './chosen';
import ComparePage from './compare';
import { stepWords } from './loosening';
import RankingPage from './ranking';
import { differs, gravestGap, proposedDays, stepsOf, strongest, tally } from './reasons';
import { folded, oneOf, shows, sifted } from './sifting';
import type { Candidate, Criterion, Lift, Loosening, Ranking } from './types';
import { codesIn } from './vocabulary';
import { conceptName, languageShort, spell } from './words';

const criterion = (name: string, status: Criterion['status'], points: number, of: number, more: Partial<Criterion> = {}): Criterion => ({
  name, status, points, of, evidence: { need: '', person: '' }, concept: '', conceptLabel: '', ...more,
});
const drip = criterion('skill.required', 'met', 113, 113, {
  evidence: { need: 'irrigation goutte à goutte', person: 'irrigazione a goccia' }, concept: 'agriculture.drip-irrigation', conceptLabel: 'drip irrigation', relation: 'same', source: 'skill',
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
const loosening: Loosening[] = [
  { condition: 'availability', gain: 45, steps: [{ days: 23, gain: 3 }] }, { condition: 'language', gain: 3, steps: [{ language: 'fr', spoken: 'A2', written: 'A1', gain: 3 }] },
  { condition: 'licence', gain: 0, steps: [] }, { condition: 'right_of_return', gain: 4, steps: [] }, { condition: 'modality', gain: 0, steps: [] },
];
const lift: Lift = { name: 'skill.required', change: 'add_skill', concept: 'agriculture.drip-irrigation', conceptLabel: 'drip irrigation', need: 'irrigation goutte à goutte', gain: 113 };
const ranking: Ranking = {
  need: { id: 'n1', reference: 'SN-2027-0001', title: 'Irrigation', version: 7 }, algorithm: 'sankofa-1', indexPosition: 12, source: 'index', considered: 320, passed: 2,
  excluded: [{ condition: 'consent', count: 62 }, { condition: 'origin', count: 256 }],
  candidates: [candidate(1, 'P-6GRW-2JHS', [occupation, drip, french, topics]), candidate(2, 'P-MBT3-GZ33', [occupation, { ...drip, status: 'missing', points: 0 }, french, topics])],
};
const need = {
  ...emptyNeed('fr'), id: 'n1', reference: 'SN-2027-0001', version: 7, state: 'PUBLISHED', title: 'Irrigation', startsOn: '2027-06-07', endsOn: '2027-07-16', days: 40, posts: [],
  organisation: { id: 'o1', name: 'Commune de Thiès', kind: 'host', country: 'SN', place: '' }, programme: { shortlistMost: 2 }, can: { rank: true, shortlist: true },
};
const names = { items: [{ code: 'agriculture.drip-irrigation', name: 'drip irrigation' }, { code: '2132', name: 'Farming advisers' }], next: '' };
const lists = { countries: [], languages: [], iscedLevels: [{ code: '7', name: 'Master’s' }], iscedFields: [], sectors: [], cefr: [], esco: { loaded: false, notice: '' } };

function open(more: Record<string, unknown> = {}, address = '/needs/SN-2027-0001/ranking'): Asked[] {
  const asked = serve({
    'GET /taxonomy/lists': lists, 'GET /taxonomy/names': names, 'GET /needs/SN-2027-0001': need, 'GET /needs/SN-2027-0001/ranking': ranking,
    'GET /needs/SN-2027-0001/loosening': { items: loosening, next: '' }, 'GET /needs/SN-2027-0001/comparison': { items: ranking.candidates, next: '' }, ...more,
  });
  history.replaceState(null, '', address);
  render(<LocationProvider><Router>{[
    <Route key="ranking" path="/needs/:ref/ranking" component={RankingPage} />, <Route key="compare" path="/needs/:ref/compare" component={ComparePage} />,
  ]}</Router></LocationProvider>);
  return asked;
}
const opened = async (at = 0) => {
  const summary = (await screen.findAllByText(/^(All \d+ criteria|The \d+ criterion)/))[at] as HTMLElement;
  const details = summary.closest('details') as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  return details;
};
// Listeners are set after the first frame.
const settled = () => new Promise((done) => setTimeout(done, 80));
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const focused = () => document.activeElement?.id;

beforeEach(() => choose('SN-2027-0001', []));
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
    // Browsers differ in the spaces around the dash.
    expect(spell('availability', '2027-06-07 – 2027-07-16, 40')?.replace(/\s/g, ' ')).toBe('7 Jun – 16 Jul 2027, 40 days');
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
    const { container } = render(<Line candidate={{ criteria: [occupation, drip, french], summary, headline: { strengths: [0, 1], gap: 2 } }} lang="fr" />);
    expect(container.textContent).toBe('Agronomo for 12 years; knows drip irrigation; French could be better.');
    await speak('fr');
    await waitFor(() => expect(container.textContent).toBe('Agronomo depuis 12 ans ; connaît : drip irrigation ; français à améliorer.'));
  });

  it('say so when nothing is missing, or nothing is there', () => {
    const line = (criteria: Criterion[], headline?: Candidate['headline']) => render(<Line candidate={{ criteria, summary, ...(headline ? { headline } : {}) }} />).container.textContent;
    expect(line([drip], { strengths: [0], gap: null })).toBe('knows drip irrigation.');
    expect(line([french], { strengths: [], gap: 0 })).toBe('French could be better.');
    expect(line([topics])).toBe('No criterion of weight is fully met.');
    expect(line([french, drip])).toBe('knows drip irrigation; French could be better.');
    expect(line([criterion('something.new', 'met', 9, 9)], { strengths: [0], gap: null })).toMatch(/^meets/);
  });

  it('exist for every fit of every criterion, in every language', async () => {
    for (const tag of ['en', 'fr', 'ar', 'pt'] as const) {
      await speak(tag);
      for (const name of ['occupation', 'skill.required', 'language', 'education.level', 'education.field', 'experience', 'experience.recency', 'missions', 'availability', 'licence', 'modality', 'text', 'topics']) {
        for (const status of ['met', 'partly', 'missing', 'unknown'] as const) {
          const { container } = render(<Line candidate={{ criteria: [criterion(name, status, 1, 40, { concept: 'fr', conceptLabel: 'x' })], summary, headline: status === 'met' ? { strengths: [0], gap: null } : { strengths: [], gap: 0 } }} />);
          expect(container.textContent, `${tag} ${name} ${status}`).not.toMatch(/ranking\.|«x|“x/);
        }
      }
    }
  });
});

describe('sifting', () => {
  const all = ranking.candidates;
  const one = { words: '', show: 'all', sort: 'score' } as const;
  it('finds words without their marks, in what the person said and where they live', () => {
    expect(folded('Maraîchage')).toBe('maraichage');
    expect(sifted(all, { ...one, words: 'ITALY a goccia' }, [])).toHaveLength(2);
    expect(sifted(all, { ...one, words: '6grw' }, []).map((c) => c.person)).toEqual(['P-6GRW-2JHS']);
    expect(sifted(all, { ...one, words: 'surgeon' }, [])).toEqual([]);
  });
  it('shows those who miss no required skill, those who are no candidates yet, and those chosen', () => {
    expect(sifted(all, { ...one, show: 'complete' }, []).map((c) => c.rank)).toEqual([1]);
    expect(sifted([{ ...all[0] as Candidate, candidacyState: 'SHORTLISTED' }, all[1] as Candidate], { ...one, show: 'new' }, []).map((c) => c.rank)).toEqual([2]);
    expect(sifted(all, { ...one, show: 'chosen' }, ['P-MBT3-GZ33']).map((c) => c.rank)).toEqual([2]);
  });
  it('sorts, and keeps the ranks', () => {
    const other = { ...all[1] as Candidate, summary: { ...summary, yearsExperience: 30, longestDays: 90, availability: [{ from: '2027-01-01', to: '2027-08-31' }] } };
    for (const sort of ['experience', 'free', 'stay'] as const) expect(sifted([all[0] as Candidate, other], { ...one, sort }, []).map((c) => c.rank), sort).toEqual([2, 1]);
    expect(sifted([other, all[0] as Candidate], one, []).map((c) => c.rank)).toEqual([1, 2]);
  });
  it('reads only what it knows from the address', () => {
    expect(oneOf(shows, 'chosen')).toBe('chosen');
    expect(oneOf(shows, 'everything')).toBe('all');
  });
});

describe('the page', () => {
  it('shows the conditions in order, whom each removed and whom loosening would bring in', async () => {
    open();
    const steps = within((await screen.findByText('Enrolled')).closest('ol') as HTMLElement).getAllByRole('listitem').map((one) => one.textContent);
    expect(steps).toEqual(['Enrolled320 remain', 'Consent258 remain62 removed', 'Tie to the country2 remain256 removed', 'Ranked2 remain']);
    await screen.findByText('What loosening a condition would bring in');
    expect(screen.getByText('A stay of 23 days would bring in 3 people.')).toBeTruthy();
    expect(screen.getByText('French: A2 spoken, A1 written would bring in 3 people.')).toBeTruthy();
    expect(screen.getByText(/protects 4 people/).textContent).toContain('Do not loosen it');
    expect(screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent)).toEqual(['Agronomo P-6GRW-2JHS', 'Agronomo P-MBT3-GZ33']);
    expect(screen.getByText('This order is advice. People decide.')).toBeTruthy();
    expect(screen.queryByText('The search index is being rebuilt')).toBeNull();
  });

  it('says of a language that need not be spoken at all', () => {
    expect(stepWords({ language: 'fr', gain: 1 })).toMatch(/^No level of French.* would bring in 1 person\.$/);
  });

  it('shows the list where nobody knows what loosening would bring in', async () => {
    open({ 'GET /needs/SN-2027-0001/loosening': refused(503, 'unavailable') });
    expect(await screen.findByText('Enrolled')).toBeTruthy();
    expect(screen.queryByText('What loosening a condition would bring in')).toBeNull();
  });

  it('shows for every criterion both sides, the concept between and the points', async () => {
    open();
    const row = within(await opened()).getByText('irrigazione a goccia').closest('tr') as HTMLElement;
    await within(row).findByText('drip irrigation');
    expect(row.textContent).toContain('irrigation goutte à goutte');
    expect(row.textContent).toContain('113 of 113');
    expect(row.textContent).toContain('the same concept');
  });

  it('says why somebody is not higher', async () => {
    open({ 'GET /needs/SN-2027-0001/ranking': { ...ranking, candidates: [{ ...ranking.candidates[1], lifts: [lift] }] } });
    const details = await opened();
    expect(within(details).getByText('+113 points').closest('li')?.textContent).toBe('+113 pointsif the profile showed drip irrigation, with the post in which it was used');
  });

  it('asks for what the person wrote when somebody wants to read it, and marks it', async () => {
    const passage = { source: 'summary', title: '', language: 'it', parts: [{ text: 'Impianti di ' }, { text: 'irrigazione a goccia', mark: 'concept', need: 'irrigation goutte à goutte', concept: 'agriculture.drip-irrigation' }] };
    const asked = open({ 'GET /needs/SN-2027-0001/candidates/P-6GRW-2JHS/passages': { items: [passage], next: '' } });
    const inner = within(await opened()).getByText('What the person wrote that fits').closest('details') as HTMLDetailsElement;
    expect(asked.some((one) => one.path.endsWith('/passages'))).toBe(false);
    inner.open = true;
    fireEvent(inner, new Event('toggle'));
    const mark = (await within(inner).findAllByText('irrigazione a goccia')).find((one) => one.tagName === 'MARK');
    expect(mark?.title).toBe('The need asks: irrigation goutte à goutte');
    expect(mark?.closest('blockquote')?.lang).toBe('it');
  });

  it('says that the database answers while the index is being rebuilt', async () => {
    open({ 'GET /needs/SN-2027-0001/ranking': { ...ranking, source: 'database' } });
    expect(await screen.findByText('The search index is being rebuilt')).toBeTruthy();
  });

  it('says what to do when nobody is left', async () => {
    open({ 'GET /needs/SN-2027-0001/ranking': { ...ranking, passed: 0, candidates: [] } });
    expect(await screen.findByText('Nobody meets all the conditions')).toBeTruthy();
  });

  it('narrows without a request, and says when nobody is left', async () => {
    const asked = open();
    fireEvent.input(await screen.findByLabelText('Look for'), { target: { value: 'mbt3' } });
    expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(1);
    fireEvent.input(screen.getByLabelText('Look for'), { target: { value: 'surgeon' } });
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(2));
    expect(asked.filter((one) => one.path.endsWith('/ranking'))).toHaveLength(1);
    expect(location.search).toBe('');
  });

  it('loads more and keeps those who are read already in sight', async () => {
    const asked = open({ 'GET /needs/SN-2027-0001/ranking': { ...ranking, passed: 90 } });
    fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(2);
    await waitFor(() => expect(asked.filter((one) => one.path.endsWith('/ranking')).map((one) => one.query.get('limit'))).toEqual(['50', '100']));
    await waitFor(() => expect(location.search).toBe('?limit=100'));
  });

  it('is worked by keys, which can be turned off', async () => {
    open();
    await screen.findByText('Enrolled');
    await settled();
    press('j');
    expect(focused()).toBe('candidate-P-6GRW-2JHS');
    press('j');
    expect(focused()).toBe('candidate-P-MBT3-GZ33');
    press('x');
    expect(await screen.findByText('1 person chosen')).toBeTruthy();
    press('k');
    press('Enter');
    await waitFor(() => expect((document.querySelector('.candidate details') as HTMLDetailsElement).open).toBe(true));
    press('?');
    fireEvent.click(await screen.findByLabelText('Use these keys'));
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    (document.getElementById('candidate-P-6GRW-2JHS') as HTMLElement).focus();
    press('j');
    expect(focused()).toBe('candidate-P-6GRW-2JHS');
    fireEvent.click(screen.getByRole('button', { name: 'Keys' }));
    fireEvent.click(await screen.findByLabelText('Use these keys'));
  });

  it('puts people on the shortlist with days, a reason and the version that was seen', async () => {
    const asked = open({ 'POST /needs/n1/shortlist': new Status(201, { snapshot: null, items: [] }) });
    fireEvent.click((await screen.findAllByRole('checkbox'))[0] as HTMLElement);
    fireEvent.click(await screen.findByRole('button', { name: 'Put on the shortlist' }));
    expect(screen.getByText('One person leaves the host no choice. If it must be so, say why below.')).toBeTruthy();
    fireEvent.input(screen.getByLabelText('Why these people'), { target: { value: 'The strongest.' } });
    fireEvent.click(screen.getAllByRole('button', { name: 'Put on the shortlist' }).at(-1) as HTMLElement);
    await waitFor(() => expect(location.pathname).toBe('/needs/SN-2027-0001/shortlist'));
    const sent = asked.find((one) => one.method === 'POST');
    expect(sent?.headers['If-Match']).toBe('"7"');
    expect(sent?.headers['Idempotency-Key']).toMatch(/^\w{32}$/);
    expect(sent?.body).toEqual({ balanceReason: '', people: [{ pseudonym: 'P-6GRW-2JHS', from: '2027-06-10', to: '2027-07-09', position: '' }], reason: 'The strongest.' });
  });

  it('shows at each person what keeps them from the shortlist', async () => {
    open({ 'POST /needs/n1/shortlist': refused(422, 'invalid', [{ field: 'people[0].pseudonym', code: 'x', message: 'This person is on the shortlist already.' }]) });
    fireEvent.click((await screen.findAllByRole('checkbox'))[0] as HTMLElement);
    fireEvent.click(await screen.findByRole('button', { name: 'Put on the shortlist' }));
    fireEvent.click(screen.getAllByRole('button', { name: 'Put on the shortlist' }).at(-1) as HTMLElement);
    expect(await screen.findByRole('link', { name: 'P-6GRW-2JHS – Agronomo: This person is on the shortlist already.' })).toBeTruthy();
  });

  it('is not shown to those who may not see it', async () => {
    open({ 'GET /needs/SN-2027-0001/ranking': refused(403, 'denied') });
    expect(await screen.findByText('You may not do this')).toBeTruthy();
  });
});

describe('the comparison', () => {
  const people = ranking.candidates.map((one) => one.person);
  const address = comparePath('/needs/SN-2027-0001', people);
  const headers = () => screen.getAllByRole('columnheader').map((one) => one.textContent);

  it('puts the chosen side by side, and remembers them on the way back', async () => {
    const asked = open();
    for (const box of await screen.findAllByRole('checkbox')) fireEvent.click(box);
    fireEvent.click(await screen.findByRole('button', { name: 'Compare' }));
    await waitFor(() => expect(headers()).toEqual(['Criterion', ...people]));
    expect(asked.find((one) => one.path.endsWith('/comparison'))?.query.get('people')).toBe(people.join(','));
    expect(location.pathname + location.search).toBe(`/needs/SN-2027-0001/compare?people=${people.join('%2C')}`.replaceAll('%2C', ','));
    fireEvent.click(screen.getByRole('link', { name: 'Back to the list' }));
    expect(await screen.findByText('2 people chosen')).toBeTruthy();
  });

  it('marks what differs, and leaves away what does not', async () => {
    open({}, address);
    await waitFor(() => expect(headers()).toEqual(['Criterion', ...people]));
    expect(screen.getAllByText('differs')).toHaveLength(1);
    expect(screen.getByText('most points').closest('td')?.textContent).toContain('113 of 113');
    fireEvent.click(screen.getByLabelText('Only what differs'));
    await waitFor(() => expect(screen.getAllByRole('rowheader')).toHaveLength(1));
    expect(location.search).toContain('only=differences');
  });

  it('counts from the person who is pinned', async () => {
    open({}, address);
    await screen.findByText('most points');
    await settled();
    press('2');
    await waitFor(() => expect(headers()).toEqual(['Criterion', people[1], people[0]]));
    expect(screen.getByText('+113')).toBeTruthy();
    expect(location.search).toContain('pin=P-MBT3-GZ33');
  });

  it('says which conditions somebody does not meet', async () => {
    const blocked = [{ condition: 'language', need: 'fr B2/B1', person: 'fr A1/A1', reason: '' }];
    open({ 'GET /needs/SN-2027-0001/comparison': { items: [ranking.candidates[0], { ...ranking.candidates[1], blocked }], next: '' } }, address);
    const row = (await screen.findByText('Conditions not met')).closest('tr') as HTMLElement;
    expect(within(row).getAllByRole('cell').map((one) => one.textContent)).toEqual(['all are met', 'Languages']);
  });

  it('says when there is nobody to compare', async () => {
    open({}, '/needs/SN-2027-0001/compare?people=P-6GRW-2JHS');
    expect(await screen.findByText('Nobody to compare')).toBeTruthy();
  });
});
