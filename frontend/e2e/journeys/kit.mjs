// SPDX-License-Identifier: AGPL-3.0-or-later

// What the journeys are written with: checks that count, people with a browser
// of their own, and the things that a person does on any page.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, overflow, picture, quiet, signInAs, violations } from '../browser.mjs';

const pictures = 'test-results';
export const result = { passed: 0, failed: 0 };

/** Counts a check and prints its line; what went wrong stands below it. */
export function check(ok, what, wrong = '') {
  if (ok) result.passed++;
  else result.failed++;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}`);
  if (!ok && wrong) console.log(`       ${[wrong].flat().join('\n       ')}`);
  return ok;
}

/** Keeps a picture of a page on which something is wrong. */
export async function keepPicture(page, name) {
  mkdirSync(pictures, { recursive: true });
  await picture(page, join(pictures, `${name.replace(/[^\w-]+/g, '-')}.png`)).catch(() => undefined);
}

/** Checks that somebody finds certain words on the page; waits for them, but not for long. */
export async function reads(page, words, what) {
  const found = await page.getByText(words).filter({ visible: true }).first().waitFor().then(() => true, () => false);
  if (!check(found, what, `${new URL(page.url()).pathname} does not say ${words}`)) await keepPicture(page, what);
}

/**
 * Checks what every page must be, in the state that it is in now: WCAG 2.2 A and
 * AA and best practices, no wider than a phone or a desk, no error, no request
 * to anybody else.
 */
export async function sound(page, name) {
  await quiet(page);
  await unveiled(page);
  const wrong = await violations(page);
  const size = page.viewportSize();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: size.height });
    const wide = await overflow(page);
    if (wide > 0) wrong.push(`${wide} px wider than ${width} px`);
  }
  await page.setViewportSize(size);
  wrong.push(...page.faults.splice(0));
  if (!check(wrong.length === 0, `${name}: accessible, fits 360 and 1280 px, no error, no foreign request`, wrong)) await keepPicture(page, name);
}

/** Closes the message that lies over the page for some seconds: axe measures what it covers as too small. */
async function unveiled(page) {
  const toast = page.locator('.toast');
  if (await toast.isVisible()) await toast.getByRole('button').last().click({ timeout: 2000 }).catch(() => {}); // it went by itself
  await toast.waitFor({ state: 'hidden' });
  await page.evaluate(() => scrollTo(0, 0)); // nor is what the bar on top covers just now
}

/** Opens an address and waits until the page has all that it asked for. */
export async function visit(page, path) {
  await page.goto(path);
  await quiet(page);
}

/** A browser of its own for one person, signed in if a role is given. */
export async function person(browser, base, role, looks = {}) {
  const page = await open(browser, { base, language: 'en', ...looks });
  page.setDefaultTimeout(60_000);
  if (role) {
    page.account = await signInAs(page, role);
    await quiet(page);
  }
  return page;
}

/** Asks the API in the name of whoever is signed in on the page. */
export async function known(page, path) {
  return (await page.request.get(`/api/v1${path}`)).json();
}

export const button = (within, name) => within.getByRole('button', { name, exact: true });
export const link = (within, name) => within.getByRole('link', { name, exact: true });
export const field = (within, label) => within.getByLabel(label, { exact: true });
export const group = (within, name) => within.getByRole('group', { name, exact: true });
export const dialog = (page) => page.getByRole('dialog');
export const text = async (page) => (await page.getByRole('main').innerText()).replace(/\s+/g, ' ');

/** Opens a part of the page that is folded away. */
export async function unfold(page, name) {
  await page.locator('summary').filter({ hasText: name }).first().click();
}

/** Adds a row to a list of a form and returns it. */
export async function row(page, add, name) {
  await button(page, add).click();
  const added = group(page, name);
  await added.waitFor();
  return added;
}

/** Types into a field that proposes, and takes the first proposal by keyboard. */
export async function take(combobox, words) {
  await combobox.fill(words);
  const list = combobox.page().locator(`[id="${await combobox.getAttribute('aria-controls')}"]`);
  await list.getByRole('option').first().waitFor();
  await combobox.press('ArrowDown');
  await combobox.press('Enter');
  await list.waitFor({ state: 'hidden' });
}

/** Presses a button of the dialog that is open and waits until it has closed. */
export async function confirm(page, name) {
  await button(dialog(page), name).click();
  await dialog(page).waitFor({ state: 'hidden' });
  await quiet(page);
}

/** The day that is so many days after today, as 2027-06-07. */
export function dayIn(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
