// SPDX-License-Identifier: AGPL-3.0-or-later

// Dates, numbers and names of places in the way of the reader's language.
import { locale } from './index';

/** Shows a date without a time ("2026-03-01"). It is the same day in every time zone. */
export function date(value: string, month: 'short' | 'long' = 'short'): string {
  return format(value, { day: 'numeric', month, year: 'numeric' });
}

/** Shows a month ("2026-03"). */
export function month(value: string): string {
  return format(`${value.slice(0, 7)}-01`, { month: 'long', year: 'numeric' });
}

/** Shows a month in little room: “Mar 27”. */
export function monthShort(value: string): string {
  return format(`${value.slice(0, 7)}-01`, { month: 'short', year: '2-digit' });
}

/** Shows the days from one date to another, repeating no more than needed. */
export function period(from: string, to: string): string {
  const [start, end] = [dayOf(from), dayOf(to)];
  if (!start || !end) return [from, to].filter(Boolean).join(' – ');
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(start, end);
}

/** Shows a moment ("2026-03-01T09:30:00Z") in the reader's zone, with its name. */
export function moment(value: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
  }).format(at);
}

/** Shows a number. */
export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

/** Shows a share of one as percent. */
export function percent(value: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(value);
}

/** Joins words as the language does: "a, b and c". */
export function listed(words: string[], kind: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat(locale(), { type: kind }).format(words);
}

/** Names a country from its two letters. */
export function country(code: string): string {
  return named(code, 'region');
}

/** Names a language from its tag. */
export function languageName(tag: string): string {
  return named(tag, 'language');
}

function named(code: string, type: 'region' | 'language'): string {
  try {
    return new Intl.DisplayNames(locale(), { type }).of(code) ?? code;
  } catch {
    return code; // A code that Intl refuses is shown as it is.
  }
}

function format(value: string, options: Intl.DateTimeFormatOptions): string {
  const day = dayOf(value);
  return day ? new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(day) : value;
}

// A date without a time is held as midnight UTC and shown in UTC, so no zone moves it.
function dayOf(value: string): Date | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!found) return undefined;
  return new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])));
}
