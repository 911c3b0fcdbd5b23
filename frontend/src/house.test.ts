// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of the house that a machine can hold.
import { describe, expect, it } from 'vitest';
import type { Messages } from './i18n';

const styles = import.meta.glob<string>('./**/*.css', { eager: true, query: '?raw', import: 'default' });
const sources = import.meta.glob<string>('./**/*.{ts,tsx}', { eager: true, query: '?raw', import: 'default' });
const code = Object.entries(sources).filter(([file]) => !file.includes('.test.') && !file.endsWith('.gen.ts'));
const strings = import.meta.glob<Messages>(['./i18n/*.json', './*/strings.*.json'], { eager: true, import: 'default' });

function messagesOf(language: string): Messages {
  const parts = Object.entries(strings).filter(([file]) => file.endsWith(`/${language}.json`) || file.endsWith(`.${language}.json`));
  return Object.assign({}, ...parts.map(([, messages]) => messages)) as Messages;
}

const english = messagesOf('en');
const french = messagesOf('fr');
const arabic = messagesOf('ar');
const portuguese = messagesOf('pt');

describe('styles', () => {
  it('know no left and right, so that they serve both directions', () => {
    for (const [file, css] of Object.entries(styles)) {
      const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\[dir=[^\]]*\]|\.[a-z][\w-]*/g, '');
      expect(plain.match(/(^|[\s;{-])(left|right)\b|(margin|padding|border)-(top|bottom)|(^|[\s;{])(width|height|top|bottom)\s*:/gm) ?? [], file).toEqual([]);
    }
  });

  it('have colours that can be told from what is behind them', () => {
    const pairs: [string, string, number][] = [
      ...['ink', 'ink-soft', 'ink-faint', 'accent', 'met', 'partly', 'missing', 'unknown'].flatMap((one): [string, string, number][] => [[one, 'paper', 4.5], [one, 'sunken', 4.5], [one, 'raised', 4.5]]),
      ...['met', 'partly', 'missing', 'unknown', 'accent'].map((one): [string, string, number] => [one, `${one}-soft`, 4.5]),
      ['accent-ink', 'accent', 4.5], ['rule', 'paper', 3], ['rule', 'raised', 3], ['seed', 'paper', 3],
    ];
    for (const theme of [0, 1] as const) {
      for (const [front, back, least] of pairs) {
        expect(contrast(colour(front, theme), colour(back, theme)), `${front} on ${back}, theme ${theme}`).toBeGreaterThanOrEqual(least);
      }
    }
  });
});

function colour(name: string, theme: 0 | 1): string {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(styles['./ui/tokens.css'] ?? '');
  return found?.[theme + 1] ?? `no token ${name}`;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('sources', () => {
  it('name their licence first', () => {
    for (const [file, text] of Object.entries({ ...sources, ...styles }).filter(([name]) => !name.endsWith('.gen.ts'))) expect(text.includes('SPDX-License-Identifier: AGPL-3.0-or-later'), file).toBe(true);
  });

  it('put nothing into the page that the policy refuses', () => {
    for (const [file, text] of code) expect(text.match(/dangerouslySetInnerHTML|innerHTML|style="|\beval\(/g) ?? [], file).toEqual([]);
  });

  it('go through one door to the server', () => {
    for (const [file, text] of code) if (file !== './api/call.ts') expect(/\bfetch\(/.test(text), file).toBe(false);
  });

  it('keep ui/ free of the domain', () => {
    const known = /from '\.\.\/(i18n|api)/;
    for (const [file, text] of code.filter(([name]) => name.startsWith('./ui/'))) {
      const outside = text.match(/from '\.\.\/[^']+'/g)?.filter((one) => !known.test(one)) ?? [];
      expect(outside, file).toEqual([]);
    }
  });
});

describe('strings', () => {
  it('exist in French for every English key, and the other way round', () => {
    expect(Object.keys(french).sort()).toEqual(Object.keys(english).sort());
  });

  it('exist in Arabic for every English key, and the other way round', () => {
    expect(Object.keys(arabic).sort()).toEqual(Object.keys(english).sort());
  });

  it('exist in Portuguese for every English key, and the other way round', () => {
    expect(Object.keys(portuguese).sort()).toEqual(Object.keys(english).sort());
  });

  it('have the plural forms of their language', () => {
    for (const [messages, forms] of [[english, ['one', 'other']], [french, ['one', 'other']], [portuguese, ['one', 'other']], [arabic, ['zero', 'one', 'two', 'few', 'many', 'other']]] as const) {
      for (const [key, entry] of Object.entries(messages)) if (typeof entry === 'object') for (const form of forms) expect(entry, key).toHaveProperty(form);
    }
  });

  it('use the same placeholders in every language', () => {
    for (const other of [french, arabic, portuguese]) {
      for (const [key, entry] of Object.entries(other)) expect(holes(entry), key).toEqual(holes(english[key] ?? ''));
    }
  });

  it('exist for every key that the code uses', () => {
    const missing: string[] = [];
    for (const [file, text] of code) {
      for (const [, plain, rich] of text.matchAll(/(?<![\w.])t\(\s*'([^']+)'|<T\s+k="([^"]+)"/g)) {
        const key = plain ?? rich;
        if (key && !(key in english)) missing.push(`${file}: ${key}`);
      }
      for (const [, prefix] of text.matchAll(/(?<![\w.])t\(\s*`([^`$]+)\$/g)) if (prefix && !Object.keys(english).some((key) => key.startsWith(prefix))) missing.push(`${file}: ${prefix}…`);
      for (const [, key] of text.matchAll(/\bkey: '([a-z_]+\.[\w.]+)'/g)) if (key && !(key in english)) missing.push(`${file}: ${key}`);
    }
    expect(missing).toEqual([]);
  });
});

function holes(entry: string | object): string[] {
  const text = typeof entry === 'string' ? entry : Object.values(entry).join(' ');
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}
