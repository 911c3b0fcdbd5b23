// SPDX-License-Identifier: AGPL-3.0-or-later

// The one door to the server. Same origin, cookies, JSON; every failure is a Problem.
import { Problem, type FieldProblem } from './problem';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Query = Record<string, string | number | boolean | string[] | null | undefined>;

export interface Options {
  body?: unknown;
  query?: Query;
  /** The ETag of the version that was seen. */
  ifMatch?: string;
  /** The same key with the same body has one effect, however often it is sent. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** The secret of a link in a mail, where a file is sent by it. */
  link?: string;
  /** A 401 is an answer like any other: do not ask to sign in again. */
  anonymous?: boolean;
}

export interface Answer<T> {
  data: T;
  etag: string;
  status: number;
}

/** A list as the server sends it; `next` is the cursor of the next page. */
export interface List<T> {
  items: T[];
  next: string;
}

const base = '/api/v1';

let signInAgain: () => Promise<boolean> = async () => false;

/** Says how to ask the person to sign in again when the session has ended. */
export function onSessionEnd(ask: () => Promise<boolean>): void {
  signInAgain = ask;
}

/** Sends a request. A session that ended is renewed in place and the request sent once more. */
export async function call<T = void>(method: Method, path: string, options: Options = {}): Promise<Answer<T>> {
  let response = await send(method, path, options);
  if (response.status === 401 && !options.anonymous && (await signInAgain())) {
    response = await send(method, path, options);
  }
  return read<T>(response);
}

/** A fresh key for a request that makes something. */
export function newKey(): string {
  // randomUUID exists on secure origins only; an installation may be tried over plain HTTP.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

async function send(method: Method, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  const file = options.body instanceof FormData; // the browser writes its kind, with the mark between its parts
  if (options.body !== undefined && !file) headers['Content-Type'] = 'application/json';
  if (options.ifMatch) headers['If-Match'] = options.ifMatch;
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  if (options.link) headers['Link-Token'] = options.link;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.body !== undefined) init.body = file ? (options.body as FormData) : JSON.stringify(options.body);
  if (options.signal) init.signal = options.signal;
  try {
    return await fetch(base + path + queryOf(options.query), init);
  } catch (thrown) {
    if (options.signal?.aborted) throw thrown;
    throw new Problem({ status: 0, code: 'network.failed', detail: 'The server could not be reached.' });
  }
}

function queryOf(query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) parts.append(name, String(one));
  }
  const text = parts.toString();
  return text ? `?${text}` : '';
}

async function read<T>(response: Response): Promise<Answer<T>> {
  const answer = { etag: response.headers.get('ETag') ?? '', status: response.status };
  if (response.status === 204) return { ...answer, data: undefined as T };
  const body = await jsonOf(response);
  if (response.ok && body !== undefined) return { ...answer, data: body as T };
  throw problemFrom(response, body);
}

// An answer that is not JSON comes from a proxy or a captive portal, whatever its status says.
async function jsonOf(response: Response): Promise<unknown> {
  if (!/[/+]json\b/.test(response.headers.get('Content-Type') ?? '')) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function problemFrom(response: Response, body: unknown): Problem {
  const requestId = response.headers.get('X-Request-Id') ?? '';
  if (!isRecord(body)) {
    return new Problem({ status: response.ok ? 502 : response.status, code: 'answer.unreadable', requestId,
      detail: 'The answer could not be read. It may come from another system on the way.' });
  }
  return new Problem({
    status: response.status,
    code: textIn(body, 'code') || `http.${response.status}`,
    title: textIn(body, 'title'),
    detail: textIn(body, 'detail'),
    fields: Array.isArray(body['fields']) ? (body['fields'] as FieldProblem[]) : [],
    requestId: textIn(body, 'requestId') || requestId,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(body: Record<string, unknown>, name: string): string {
  return typeof body[name] === 'string' ? body[name] : '';
}
