// SPDX-License-Identifier: AGPL-3.0-or-later
import { render, screen, within } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { afterEach, describe, expect, it, vi } from 'vitest';
import SuitingPage from '../me/suiting';
import type { Criterion, Lift } from '../ranking/types';
import { refused, serve } from '../testing-server';
import MemberNeedsPage from './member-needs';
import type { Suiting } from './suiting';

const criterion = (name: string, status: Criterion['status'], points: number, of: number, need = '', person = ''): Criterion => ({ name, status, points, of, evidence: { need, person }, concept: '', conceptLabel: '' });
const criteria = [
  criterion('occupation', 'met', 206, 206, '2132 Agronome', '2132 Agronomo'), criterion('skill.required', 'met', 113, 113, 'irrigation goutte à goutte', 'irrigazione a goccia'),
  criterion('experience', 'met', 80, 80, '5', '12'), criterion('experience.recency', 'met', 40, 40, '2027-06-07', '2016-01-01 – , Agronomo'), criterion('missions', 'missing', 0, 20, '2132'),
  criterion('skill.desirable', 'missing', 0, 44, 'pompage solaire'),
];
const lift: Lift = { name: 'skill.desirable', change: 'add_skill', concept: 'agriculture.solar-pumping', conceptLabel: 'solar water pumping', need: 'pompage solaire', gain: 40 };
const need = { id: 'n1', reference: 'SN-2027-0001', title: 'Irrigation', organisation: 'Commune de Thiès', country: 'SN', dutyStation: 'Thiès', startsOn: '2027-06-07', endsOn: '2027-07-16', days: 40, closesOn: '2027-05-01', modality: 'onsite', language: 'fr', demo: false };
const fits: Suiting = { need, score: 910, outOf: 1000, headline: { strengths: [0, 1], gap: 5 }, criteria, lifts: [lift], blocked: [], reasons: [] };
const block = { condition: 'language' as const, need: 'fr B2/B1', person: 'fr A1/A1', reason: '' };
const kept: Suiting = { ...fits, need: { ...need, id: 'n2', reference: 'SN-2027-0002', title: 'Semences' }, blocked: ['language'], reasons: [block] };
const lists = { countries: [], languages: [], iscedLevels: [], iscedFields: [], sectors: [], cefr: [], esco: { loaded: false, notice: '' } };

function show(Page: () => preact.JSX.Element, address: string, path: string, replies: Record<string, unknown>): void {
  serve({ 'GET /taxonomy/lists': lists, ...replies });
  history.replaceState(null, '', address);
  render(<LocationProvider><Router>{[<Route key={path} path={path} component={Page} />]}</Router></LocationProvider>);
}
const own = (items: Suiting[]) => show(SuitingPage, '/suiting', '/suiting', { 'GET /me/needs': { items, next: '' } });
const cardOf = (title: string) => screen.getByRole('link', { name: title }).closest('.suiting') as HTMLElement;

afterEach(() => vi.unstubAllGlobals());

describe('needs that suit a person', () => {
  it('stand first where nothing is in the way, with at least three reasons', async () => {
    own([fits, kept]);
    expect(await screen.findByRole('heading', { name: '1 need that you can take up' })).toBeTruthy();
    const card = within(cardOf('Irrigation'));
    expect(card.getAllByRole('listitem').length).toBeGreaterThanOrEqual(3);
    expect(card.getByText(/You did this work lately/).textContent).toBe('You did this work lately: Agronomo (since 1 Jan 2016).');
    expect(card.getByText(/first mission/)).toBeTruthy();
    expect(card.getByRole('link', { name: 'Apply' }).getAttribute('href')).toBe('/needs/SN-2027-0001/apply');
  });

  it('say what would help, and lead to that part of the profile', async () => {
    own([fits]);
    const step = within((await screen.findByText('What would help you')).closest('section') as HTMLElement).getByRole('listitem');
    expect(step.textContent).toContain('solar water pumping');
    expect(step.textContent).toContain('+40 points');
    expect(within(step).getByRole('link', { name: 'Open “Skills”' }).getAttribute('href')).toBe('/me?part=skills');
  });

  it('say kindly which condition keeps a need away, and where to change it', async () => {
    own([fits, kept]);
    expect(await screen.findByRole('heading', { name: '1 need that something keeps from you' })).toBeTruthy();
    const card = within(cardOf('Semences'));
    expect(card.getByText(/The work asks for/).textContent).toContain('French: A1 spoken and written');
    expect(card.getByRole('link', { name: 'Open “Languages”' }).getAttribute('href')).toBe('/me?part=languages');
    expect(card.queryByRole('link', { name: 'Apply' })).toBeNull();
    expect(card.queryByText('What would help you')).toBeNull();
  });

  it('never tell a place among others', async () => {
    own([fits]);
    await screen.findByText('What would help you');
    expect(screen.getByRole('heading', { level: 1 }).closest('body')?.textContent).not.toMatch(/\brank|place \d|better than/i);
  });

  it('say so when there is none', async () => {
    own([]);
    expect(await screen.findByText('No open need for your country at the moment')).toBeTruthy();
  });
});

describe('needs that suit a member', () => {
  const open = (state: string) => show(MemberNeedsPage, '/professionals/p1/needs', '/professionals/:id/needs', {
    'GET /professionals/p1': { id: 'p1', givenName: 'Moussa', familyName: 'Diop', state }, 'GET /professionals/p1/needs': { items: [fits, kept], next: '' },
  });

  it('are told to the association about the person, who may be nominated', async () => {
    open('active');
    expect(await screen.findByRole('heading', { name: '1 need that the person can take up' })).toBeTruthy();
    expect((await screen.findByRole('link', { name: 'Nominate' })).getAttribute('href')).toContain('/needs/SN-2027-0001/nominate');
    const step = screen.getByText(/if the profile showed/).closest('li') as HTMLElement;
    expect(within(step).queryByRole('link')).toBeNull();
  });

  it('are not offered for nomination before the person has joined', async () => {
    open('invited');
    await screen.findByText(/if the profile showed/);
    expect(screen.queryByRole('link', { name: 'Nominate' })).toBeNull();
  });

  it('are not shown to another association', async () => {
    show(MemberNeedsPage, '/professionals/p1/needs', '/professionals/:id/needs', { 'GET /professionals/p1': refused(404, 'missing'), 'GET /professionals/p1/needs': refused(404, 'missing') });
    expect(await screen.findByText(/not here|There is nothing|Not found/i)).toBeTruthy();
  });
});
