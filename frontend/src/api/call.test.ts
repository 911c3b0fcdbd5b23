// SPDX-License-Identifier: AGPL-3.0-or-later
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, onSessionEnd } from './call';
import { Problem } from './problem';

function answers(...responses: (Response | Error)[]) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => {
    const next = responses.shift();
    if (!next || next instanceof Error) throw next ?? new Error('nothing more to answer');
    return next;
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type, ...headers } });
}

async function problemOfCall(...args: Parameters<typeof call>): Promise<Problem> {
  const thrown = await call(...args).catch((one: unknown) => one);
  expect(thrown).toBeInstanceOf(Problem);
  return thrown as Problem;
}

afterEach(() => {
  vi.unstubAllGlobals();
  onSessionEnd(async () => false);
});

describe('call', () => {
  it('sends what is asked and returns the version', async () => {
    const fetched = answers(json({ ref: 'a' }, 200, { ETag: '"3"' }));
    const answer = await call<{ ref: string }>('PUT', '/needs/a', { body: { title: 'x' }, query: { q: 'é', none: undefined, many: ['1', '2'] }, ifMatch: '"2"', idempotencyKey: 'k' });
    expect(answer).toEqual({ data: { ref: 'a' }, etag: '"3"', status: 200 });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('/api/v1/needs/a?q=%C3%A9&many=1&many=2');
    expect(init).toMatchObject({ method: 'PUT', credentials: 'same-origin', body: '{"title":"x"}', headers: { 'If-Match': '"2"', 'Idempotency-Key': 'k' } });
  });

  it('takes 204 for nothing to say', async () => {
    answers(new Response(null, { status: 204 }));
    expect((await call('DELETE', '/session')).data).toBeUndefined();
  });

  it('turns a problem into one, with its fields', async () => {
    answers(json({ status: 422, code: 'request.invalid', detail: 'No.', fields: [{ field: 'title', code: 'x', message: 'Please.' }], requestId: 'r1' }, 422));
    const problem = await problemOfCall('POST', '/needs');
    expect(problem).toMatchObject({ status: 422, code: 'request.invalid', message: 'No.', requestId: 'r1', conflict: false, retryable: false });
    expect(problem.fields[0]?.message).toBe('Please.');
  });

  it('refuses a 200 that is not JSON', async () => {
    answers(new Response('<html>Welcome to the hotel</html>', { headers: { 'Content-Type': 'text/html' } }));
    expect(await problemOfCall('GET', '/needs')).toMatchObject({ status: 502, code: 'answer.unreadable', retryable: true });
  });

  it('refuses JSON that is broken', async () => {
    answers(new Response('{"a":', { headers: { 'Content-Type': 'application/json' } }));
    expect((await problemOfCall('GET', '/needs')).code).toBe('answer.unreadable');
  });

  it('calls a lost connection a problem that may pass', async () => {
    answers(new TypeError('Failed to fetch'));
    expect(await problemOfCall('GET', '/needs')).toMatchObject({ status: 0, code: 'network.failed', retryable: true });
  });

  it('asks to sign in again and sends the request once more', async () => {
    const fetched = answers(json({ code: 'session.ended' }, 401), json({ ok: true }));
    onSessionEnd(async () => true);
    expect((await call('POST', '/needs', { body: { a: 1 } })).data).toEqual({ ok: true });
    expect(fetched.mock.calls[1]?.[1]).toMatchObject({ body: '{"a":1}' });
  });

  it('gives the 401 on when nobody signs in', async () => {
    answers(json({ code: 'session.ended' }, 401));
    expect((await problemOfCall('GET', '/needs')).status).toBe(401);
  });

  it('asks nobody about an anonymous request', async () => {
    const ask = vi.fn(async () => true);
    onSessionEnd(ask);
    answers(json({ code: 'session.wrong' }, 401));
    await problemOfCall('POST', '/session', { anonymous: true });
    expect(ask).not.toHaveBeenCalled();
  });
});
