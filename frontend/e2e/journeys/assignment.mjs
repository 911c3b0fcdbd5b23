// SPDX-License-Identifier: AGPL-3.0-or-later

// The coordinator asks who could go where for all open needs, pins somebody away,
// sees what that costs, and takes the pin back; the person says what they would
// rather. Run by itself: node e2e/journeys/assignment.mjs
import { fileURLToPath } from 'node:url';
import { launch, quiet, watch } from '../browser.mjs';
import { button, check, field, known, person, reads, result, sound, text, visit } from './kit.mjs';
import { serve } from './server.mjs';

/** The whole way through the assignment. */
export async function assign(browser, base) {
  const coordinator = await person(browser, base, 'coordinator');
  await visit(coordinator, '/assignment');
  await sound(coordinator, 'the assignment before the first question');
  await field(coordinator, 'Journey').fill('600');
  await field(coordinator, 'Each day').fill('45');
  await button(coordinator, 'Propose').click();
  await coordinator.waitForURL(/assignment\/.+/);
  await reads(coordinator, 'Proven to be the best', 'the proposal for the demonstration is proven to be the best');
  await sound(coordinator, 'a proposal');
  const before = await known(coordinator, new URL(coordinator.url()).pathname.replace('/assignment', '/proposals'));
  const relay = before.lines.filter((one) => one.need === 'DEMO-07').map((one) => `${one.from}…${one.to}`);
  check(relay.join() === '2027-02-08…2027-02-28,2027-02-26…2027-03-18,2027-03-16…2027-04-05', 'three lecturers cover eight weeks one after the other, with three days of handover', relay);
  await pins(coordinator, before);
  await wishes(browser, base);
}

async function pins(page, before) {
  const line = before.lines.find((one) => one.need === 'DEMO-01');
  await page.getByRole('row').filter({ hasText: line.person }).getByRole('button', { name: new RegExp(`${line.person}, DEMO-01`) }).click();
  await sound(page, 'the menu of a line');
  await button(page, 'Not here').click();
  await reads(page, 'What changed', 'a pin moved says what changed');
  await reads(page, /costs \d+ points?|costs nothing/, 'and what it costs');
  await sound(page, 'a proposal with a pin');
  const total = async () => (await known(page, `/proposals/${before.id}`)).total;
  check((await total()) <= before.total, 'a pin never makes the total better');
  await page.getByRole('button', { name: /^Take the pin away/ }).first().click();
  await quiet(page);
  await page.getByRole('button', { name: /^Take the pin away/ }).waitFor({ state: 'detached' });
  check((await total()) === before.total, 'without it the total is what it was');
  // Somebody else asks in another tab: this one is told.
  const other = watch(await page.context().newPage(), new URL(page.url()).origin);
  await visit(other, `/assignment/${before.id}`);
  await other.getByRole('button', { name: /^Side by side/ }).first().click();
  await reads(other, 'What changed', 'needs can be covered side by side instead');
  await other.close();
  await page.getByRole('button', { name: /^Side by side/ }).first().click();
  await reads(page, 'Somebody else asked meanwhile', 'the slower of two coordinators is told');
  await sound(page, 'a proposal that somebody else changed');
}

async function wishes(browser, base) {
  const page = await person(browser, base, 'professional');
  await visit(page, '/wishes');
  await sound(page, 'my wishes before the first');
  await page.getByRole('button', { name: /^Take in/ }).first().click();
  await button(page, 'Save my order').click();
  await quiet(page);
  const { ordered, needs } = await known(page, '/me/wishes');
  check(ordered === 1 && (await text(page)).includes(needs[0].title), 'a person keeps the order of their wishes');
  await sound(page, 'my wishes in order');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { base, stop } = await serve();
  const browser = await launch();
  try {
    await assign(browser, base);
  } catch (error) {
    check(false, 'the journey ends', error.message.slice(0, 2000));
  } finally {
    await browser.close();
    await stop();
  }
  console.log(`\n${result.passed} passed, ${result.failed} failed`);
  process.exit(result.failed === 0 && result.passed > 0 ? 0 : 1);
}
