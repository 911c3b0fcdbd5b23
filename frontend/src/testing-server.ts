// SPDX-License-Identifier: AGPL-3.0-or-later
// A server for tests of screens: answers by method and path, and remembers what it was asked.
import { vi } from 'vitest';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Record<string, string>;
}

type Reply = unknown | ((asked: Asked) => unknown);

/** An answer with another status than 200, such as refused(409, 'stale'). */
export class Status {
  constructor(readonly status: number, readonly body: unknown, readonly etag = '') {}
}

export function refused(status: number, code: string, fields: { field: string; code: string; message: string }[] = []): Status {
  return new Status(status, { status, code, title: code, detail: `${code}.`, fields, requestId: 'r1' });
}

/** Serves "GET /notices" and the like; whatever is not named is missing. */
export function serve(replies: Record<string, Reply>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const url = new URL(address, 'http://localhost');
    const one: Asked = {
      method: init.method ?? 'GET', path: url.pathname.replace('/api/v1', ''), query: url.searchParams,
      body: init.body ? (JSON.parse(String(init.body)) as unknown) : undefined, headers: init.headers as Record<string, string>,
    };
    asked.push(one);
    const name = `${one.method} ${one.path}`;
    const reply = name in replies ? replies[name] : refused(404, 'missing');
    const found = typeof reply === 'function' ? (reply as (asked: Asked) => unknown)(one) : reply;
    const { status, body, etag } = found instanceof Status ? found : new Status(found === undefined ? 204 : 200, found, '"1"');
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': type, ETag: etag } });
  });
  return asked;
}
