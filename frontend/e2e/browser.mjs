// SPDX-License-Identifier: AGPL-3.0-or-later

// What every journey in a real browser needs: a browser, somebody signed in, an
// accessibility check, a picture.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const switches = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the browser of this machine; CHROMIUM names another one. */
export async function launch() {
  const executablePath = places.find((one) => one && existsSync(one));
  if (!executablePath) throw new Error('No Chromium found: install one, or name it in CHROMIUM.');
  return chromium.launch({ executablePath, args: switches });
}

/**
 * Opens a page that collects what must not happen: errors, refusals by the
 * content security policy, requests to other origins.
 */
export async function open(browser, { base, width = 1280, height = 900, dark = false, language, theme } = {}) {
  const context = await browser.newContext({
    baseURL: base, viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale: 'en-GB', timezoneId: 'Africa/Accra', bypassCSP: false,
  });
  await context.addInitScript(([key, tag, chosen]) => {
    if (tag) localStorage.setItem(key, tag);
    if (chosen) localStorage.setItem('sankofa.theme', chosen);
  }, ['sankofa.language', language, theme]);
  return watch(await context.newPage(), base);
}

/** Collects what goes wrong on a page, and knows what it still waits for. */
export function watch(page, base) {
  page.faults = [];
  page.waiting = new Map();
  page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is the browser's own line about an answer that the page handles.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) page.faults.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    // The answer has begun; whether the page has drawn it is asked of the page.
    page.waiting.delete(response.request());
    if (response.status() >= 500) page.faults.push(`answered ${response.status()}: ${response.url()}`);
  });
  page.on('requestfailed', (request) => page.waiting.delete(request));
  page.on('request', (request) => {
    // What the page before was waiting for, nobody waits for any more.
    if (request.isNavigationRequest()) page.waiting.clear();
    else page.waiting.set(request, Date.now());
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(base).origin) page.faults.push(`foreign request: ${request.url()}`);
  });
  return page;
}

// The driver loses the news of an answer from the browser's cache now and then:
// what has waited so long, while the page itself waits for nothing, is there.
const lost = 3_000;

function awaited(page) {
  return [...page.waiting.values()].some((since) => Date.now() - since < lost);
}

/** Waits until the page has drawn a heading and has every answer that it asked for. */
export async function quiet(page) {
  await page.locator('h1').first().waitFor();
  const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(!document.querySelector('[aria-busy=true]:not(button), .loading'))))));
  const until = Date.now() + 60_000;
  // Two looks in a row: what has just been drawn may ask for more.
  for (let still = 0; still < 2; still = !awaited(page) && (await drawn()) && !awaited(page) ? still + 1 : 0) {
    if (Date.now() > until) throw new Error(`${page.url()} does not come to rest; it waits for ${[...page.waiting.keys()].map((one) => one.url()).join(', ') || 'nothing'}`);
  }
}

/** Signs in through the form, as a person would. */
export async function signIn(page, { email, password, code }) {
  await page.goto('/sign-in');
  await page.locator('#sign-in-email').fill(email);
  await page.locator('#sign-in-password').fill(password);
  await page.locator('form.form [type=submit]').click();
  if (code) {
    await page.locator('#sign-in-code').fill(typeof code === 'function' ? code() : code);
    await page.locator('form.form [type=submit]').click();
  }
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Signs in as the first demonstration account of a role. */
export async function signInAs(page, role) {
  const answer = await page.request.get('/api/v1/demo-sign-ins');
  const found = (await answer.json()).items?.find((one) => one.role === role);
  if (!found) throw new Error(`The demonstration has no account for the role ${role}.`);
  await signIn(page, found);
  return found;
}

/** Returns the violations of WCAG 2.2 A and AA on the page, as short lines. */
export async function violations(page) {
  // Evaluated by the driver, so the page's policy has no say in it.
  await page.evaluate(await (await import('node:fs/promises')).readFile(axe, 'utf8'));
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} – ${node.any[0]?.message ?? one.help}`));
}

/** Tells by how many pixels the page is wider than the window; 0 is right. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Takes a picture of the whole page. */
export function picture(page, path) {
  return page.screenshot({ path, fullPage: true, animations: 'disabled' });
}
