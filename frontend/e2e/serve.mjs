// SPDX-License-Identifier: AGPL-3.0-or-later

// Serves a built application with the server's own content security policy and
// a few fixed answers, so that the look of it can be checked without a server.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

const programme = { id: 'p1', code: 'GH-HEALTH', name: 'Ghana Health Return 2026' };
const memberships = [
  { membershipId: 'm1', role: 'coordinator', organisation: { id: 'o1', name: 'Programme office, Accra', kind: 'coordinator' }, programme },
  { membershipId: 'm2', role: 'host', organisation: { id: 'o2', name: 'Regional Hospital, Tamale', kind: 'host' }, programme },
];
const session = {
  user: { id: 'u1', name: 'Efua Mensah', email: 'efua@example.org', locale: 'en', demo: true }, role: 'coordinator', acting: memberships[0], memberships,
  professionalId: '', totp: { enrolled: false, required: true }, demo: true,
};
const demo = [
  { role: 'host', email: 'host@example.org', password: 'only for the demonstration', name: 'Kwame Adjei', organisation: 'Regional Hospital, Tamale' },
  { role: 'professional', email: 'ama@example.org', password: 'only for the demonstration', name: 'Ama Boateng', organisation: '' },
  { role: 'ministry', email: 'ministry@example.org', password: 'only for the demonstration', name: 'أمينة الحسن', organisation: 'Ministry of Health' },
];

/** Starts the server; `close` ends it. */
export async function serve(folder) {
  let signedIn = false;
  const answer = (response, status, body) => {
    response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' });
    response.end(JSON.stringify(body));
  };
  const refuse = (response, status, code, detail) => answer(response, status, { type: code, title: '', status, code, detail, requestId: '01JB3ZK8Q5' });
  const api = {
    'GET /session': (response) => (signedIn ? answer(response, 200, session) : refuse(response, 401, 'session.missing', 'Please sign in first.')),
    'POST /session': (response, body) => {
      if (!body.password) return refuse(response, 401, 'session.wrong', 'The e-mail address or the password is not right.');
      if (body.email.startsWith('factor') && !body.code) return refuse(response, 401, 'session.totp_required', 'Please type the code.');
      signedIn = true;
      return answer(response, 200, session);
    },
    'DELETE /session': (response) => {
      signedIn = false;
      response.writeHead(204).end();
    },
    'PUT /session/acting': (response, body) => answer(response, 200, { ...session, acting: memberships.find((one) => one.membershipId === body.membershipId) ?? null }),
    'PUT /session/locale': (response, body) => answer(response, 200, { ...session, user: { ...session.user, locale: body.locale } }),
    'POST /session/totp': (response) => answer(response, 200, { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Sankofa:efua?secret=JBSWY3DPEHPK3PXP', qr: '' }),
    'GET /demo-sign-ins': (response) => answer(response, 200, { items: demo, next: '' }),
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    response.setHeader('Content-Security-Policy', policy);
    if (path.startsWith('/api/v1')) {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const handle = api[`${request.method} ${path.slice('/api/v1'.length)}`];
      return handle ? handle(response, JSON.parse(Buffer.concat(chunks).toString() || '{}')) : refuse(response, 404, 'route.missing', 'There is nothing here.');
    }
    const file = extname(path) ? normalize(path) : '/index.html';
    try {
      const content = await readFile(join(folder, file));
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
      return response.end(content);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close(), signIn: (on) => (signedIn = on) };
}
