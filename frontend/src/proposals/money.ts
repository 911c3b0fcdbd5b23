// SPDX-License-Identifier: AGPL-3.0-or-later
import { locale } from '../i18n';

// The server counts whole minor units; people read and write amounts.
function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2; // A code that Intl refuses is refused by the server too.
  }
}

/** Shows an amount of minor units. */
export function money(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  const amount = minor / 10 ** digits;
  try {
    return new Intl.NumberFormat(locale(), { style: 'currency', currency, minimumFractionDigits: Number.isInteger(amount) ? 0 : digits }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}

/** Writes minor units as a plain number, for a field. */
export function written(minor: number | undefined, currency: string): string {
  return minor === undefined ? '' : String(minor / 10 ** digitsOf(currency));
}

/** Reads what somebody typed as minor units; undefined when it is empty, NaN when it is no amount. */
export function minorOf(typed: string, currency: string): number | undefined {
  const plain = typed.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf)).replace(/[\s\u00a0\u202f'’]/g, '').replace(/[,٫]/, '.');
  if (plain === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Math.round(Number(plain) * 10 ** digitsOf(currency)) : Number.NaN;
}
