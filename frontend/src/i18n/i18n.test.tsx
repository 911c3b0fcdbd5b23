// SPDX-License-Identifier: AGPL-3.0-or-later
import { render } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { country, date, listed, month, period } from './format';
import { direction, preferredLanguage, speak, T, t } from './index';

describe('strings', () => {
  it('choose the plural form by the count', async () => {
    expect(t('ui.more.shown', { count: 1 })).toBe('1 entry shown');
    expect(t('ui.more.shown', { count: 1200 })).toBe('1,200 entries shown');
    await speak('ar');
    expect(t('ui.more.shown', { count: 2 })).toBe('عُرض عنصران');
    expect(t('ui.more.shown', { count: 3 })).toBe('عُرضت 3 عناصر');
    expect(t('ui.more.shown', { count: 11 })).toBe('عُرض 11 عنصراً');
  });

  it('count nought as several in Portuguese', async () => {
    await speak('pt');
    expect(t('search.found', { count: 0, people: '0' })).toBe('0 pessoas encontradas');
    expect(t('search.found', { count: 1, people: '1' })).toBe('1 pessoa encontrada');
  });

  it('turn the page round for Arabic', async () => {
    await speak('ar');
    expect(document.documentElement.dir).toBe('rtl');
    expect(document.documentElement.lang).toBe('ar');
    expect(direction.value).toBe('rtl');
  });

  it('show the key where nobody wrote a string', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(t('nobody.wrote_this')).toBe('nobody.wrote_this');
    expect(render(<p><T k="nobody.wrote_this" /></p>).container.textContent).toBe('nobody.wrote_this');
  });

  it('hold elements in the middle of a sentence', () => {
    const { container } = render(<p><T k="home.lead" name={<bdi>Ama</bdi>} /></p>);
    expect(container.innerHTML).toBe('<p>Good to see you, <bdi>Ama</bdi>.</p>');
  });

  it('keep names of the other direction apart', () => {
    expect(t('home.lead', { name: 'Ama' })).toBe('Good to see you, Ama.');
    expect(t('home.lead', { name: 'أمينة' })).toBe('Good to see you, \u2068أمينة\u2069.');
  });

  it('follow the choice made here before what the browser asks for', () => {
    expect(preferredLanguage('fr', ['ar'])).toBe('fr');
    expect(preferredLanguage(null, ['sw', 'ar-EG', 'en'])).toBe('ar');
    expect(preferredLanguage('xx', [])).toBe('en');
  });
});

describe('dates', () => {
  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Africa/Accra', 'Asia/Kathmandu', 'America/New_York'])('never shift in %s', (zone) => {
    vi.stubEnv('TZ', zone);
    expect(date('2026-03-29')).toBe('29 Mar 2026');
    expect(month('2026-11')).toBe('November 2026');
    expect(new Date(2026, 0, 1).getUTCHours() === 0).toBe(zone === 'Africa/Accra');
    vi.unstubAllEnvs();
  });

  it('use Latin digits in Arabic', async () => {
    await speak('ar');
    expect(date('2026-03-01')).toContain('2026');
  });

  it('show a period without repeating the year', () => {
    // Which kind of space stands around the dash is the browser's affair.
    expect(period('2026-03-02', '2026-05-29').replace(/\s/g, ' ')).toBe('2 Mar – 29 May 2026');
  });

  it('show what they cannot read as it is', () => {
    expect(date('soon')).toBe('soon');
  });
});

describe('names', () => {
  it('of countries and lists follow the language', async () => {
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
    await speak('fr');
    expect(country('CI')).toBe('Côte d’Ivoire');
    expect(country('??')).toBe('??');
    await speak('pt');
    expect(country('VN')).toBe('Vietname');
  });
});
