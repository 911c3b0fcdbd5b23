// SPDX-License-Identifier: AGPL-3.0-or-later

// The real binary on a database of its own, for one journey.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary = process.env.SANKOFA ?? new URL('../../../bin/sankofa', import.meta.url).pathname;

/** Starts the binary with the demonstration, on a port that is free, and waits until it says that it is ready. */
export async function serve(database) {
  const data = mkdtempSync(join(tmpdir(), 'sankofa-journey-'));
  const args = ['serve', '--demo', '--people', '300', '--data', data, '--listen', '127.0.0.1:0', '--log-level', 'warn'];
  const child = spawn(binary, database ? [...args, '--database', database] : args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.on('exit', done));
  const clean = () => rmSync(data, { recursive: true, force: true });
  const begun = await Promise.race([addressOf(child), ended.then((code) => ({ code }))]);
  if (begun.code !== undefined) {
    clean();
    throw new Error(`${binary} ended with ${begun.code} before it was ready.`);
  }
  const ready = await fetch(`${begun.base}/readyz`);
  if (!ready.ok) throw new Error(`/readyz answers ${ready.status}: ${await ready.text()}`);
  const stop = async () => {
    child.kill('SIGTERM');
    const code = await ended;
    clean();
    return code;
  };
  return { base: begun.base, stop };
}

function addressOf(child) {
  return new Promise((resolve) => {
    let said = '';
    child.stdout.on('data', (piece) => {
      said += piece;
      const found = /ready: (http\S+)/.exec(said);
      if (found) resolve({ base: found[1] });
    });
  });
}

/** Makes an empty database on a PostgreSQL server; drop takes it away again. */
export function database(server) {
  const name = `journey_${randomUUID().replaceAll('-', '')}`;
  const sql = (statement) => execFileSync('psql', ['-X', '-q', '-d', server, '-c', statement], { stdio: ['ignore', 'ignore', 'inherit'] });
  sql(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
