// SPDX-License-Identifier: AGPL-3.0-or-later
import { has, t } from '../i18n';

/** One field that needs attention. */
export interface FieldProblem {
  field: string;
  code: string;
  message: string;
  /** The character of the value where the trouble begins, from 1. */
  at?: number;
  /** The value with the trouble mended. */
  mend?: string;
}

interface Shape {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  fields?: FieldProblem[];
  requestId?: string;
}

/** Every way in which a request can fail, as the server says it (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly fields: FieldProblem[];
  readonly requestId: string;

  constructor(shape: Shape) {
    super(shape.detail || shape.title || shape.code);
    this.name = 'Problem';
    this.status = shape.status;
    this.code = shape.code;
    this.title = shape.title ?? '';
    this.fields = shape.fields ?? [];
    this.requestId = shape.requestId ?? '';
  }

  /** The sentence for the reader: a translation of the code, else the server's own. */
  get text(): string {
    return textOf(this.code, this.message);
  }

  /** Someone was faster, or the state does not allow it any more. */
  get conflict(): boolean {
    return this.status === 409 || this.status === 412;
  }

  /** The same request may succeed a little later. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Translates a code, or keeps the server's English. The numbers of the server's sentence are {1}, {2}, … in the translation. */
export function textOf(code: string, fallback: string): string {
  return has(`problem.${code}`) ? t(`problem.${code}`, numbersIn(fallback)) : fallback;
}

function numbersIn(text: string): Record<string, string> {
  return Object.fromEntries((text.match(/\d+/g) ?? []).map((one, i) => [String(i + 1), one]));
}

/** Turns whatever was thrown into a Problem. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  console.error(thrown);
  return new Problem({ status: 0, code: 'browser.failed', detail: t('problem.browser.failed') });
}
