// SPDX-License-Identifier: AGPL-3.0-or-later

// The main job in a real browser, on the real binary, once on each engine:
// register, consent, ask, rank, compare, decide, place, and see who looked. Every
// page and state on the way is checked for accessibility, width and foreign
// requests.
//   node e2e/journeys.mjs [sqlite|postgres]; TEST_POSTGRES names the server
import { launch, open } from './browser.mjs';
import { assign } from './journeys/assignment.mjs';
import { evidence } from './journeys/evidence.mjs';
import { watched } from './journeys/fairness.mjs';
import { join, mend, password, protect, register, whoLooked, withdraw } from './journeys/joining.mjs';
import { bring } from './journeys/intake.mjs';
import { button, check, dayIn, keepPicture, person, reads, result, sound, visit } from './journeys/kit.mjs';
import { mailed } from './journeys/mail.mjs';
import { publish, sendBack, sessionEnds, twoTabs, write } from './journeys/needs.mjs';
import { offices } from './journeys/officers.mjs';
import { takePart } from './journeys/partners.mjs';
import { place } from './journeys/placing.mjs';
import { byKeys, compare, frozen, rank, shortlist, suits } from './journeys/ranking.mjs';
import { clear } from './journeys/staying.mjs';
import { discloses, owns, recorded } from './journeys/privacy.mjs';
import { seek } from './journeys/searching.mjs';
import { database, serve } from './journeys/server.mjs';
import { ownPage } from './journeys/profile.mjs';
import { teach } from './journeys/vocabulary.mjs';
import { work } from './journeys/working.mjs';

const period = { startsOn: dayIn(180), endsOn: dayIn(219) };
const free = { freeFrom: dayIn(150), freeTo: dayIn(300) };

/** What nobody signs in for, the page that is not there, and the page for others, in every language. */
async function around(browser, base, host) {
  for (const [language, direction] of [['fr', 'ltr'], ['ar', 'rtl'], ['pt', 'ltr']]) {
    const page = await open(browser, { base, language });
    for (const path of ['/sign-in', '/register']) {
      await visit(page, path);
      check(((await page.locator('html').getAttribute('dir')) ?? 'ltr') === direction, `${language}: ${path} reads ${direction}`);
      await sound(page, `${path} in ${language}`);
    }
    await page.context().close();
  }
  for (const path of ['/nowhere', '/ledger']) {
    await visit(host, path);
    await sound(host, path);
  }
}

/** The pages of the ranking in Arabic, from the right, in Portuguese, and in the dark. */
async function otherwise(browser, base, reference) {
  for (const looks of [{ language: 'ar' }, { language: 'pt' }, { theme: 'dark' }]) {
    const coordinator = await person(browser, base, 'coordinator', looks);
    await visit(coordinator, `/needs/${reference}/ranking`);
    await coordinator.locator('.candidate summary').first().click();
    await sound(coordinator, `the ranking, ${looks.language ?? looks.theme}`);
    await coordinator.context().close();
  }
}

async function ledger(browser, base) {
  const admin = await person(browser, base, 'administrator');
  await visit(admin, '/ledger');
  await button(admin, 'Check the chain').click();
  await reads(admin, 'The chain is whole', 'the chain of the ledger is whole');
  await sound(admin, 'the ledger');
}

async function walk(browser, base) {
  const association = await person(browser, base, 'association');
  const { member, pseudonym } = await join(browser, base, await register(association, free));
  const [host, ministry, coordinator] = [await person(browser, base, 'host'), await person(browser, base, 'ministry'), await person(browser, base, 'coordinator')];
  const reference = await write(host, period);
  await sendBack(ministry, host, reference);
  await publish(ministry, coordinator, reference, dayIn(160), true);
  await rank(coordinator, reference, pseudonym);
  await byKeys(coordinator, pseudonym);
  await compare(coordinator);
  await suits(member, association);
  await withdraw(member, coordinator, reference, pseudonym);
  await owns(member, password);
  await shortlist(coordinator, host, reference, pseudonym);
  await frozen(coordinator, reference);
  await place(host, ministry, coordinator, member, period.startsOn);
  await discloses(host, member);
  await clear(browser, base, { host, coordinator, member });
  await otherwise(browser, base, 'DEMO-03');
  await seek(browser, base, coordinator);
  await teach(ministry, coordinator);
  await assign(browser, base);
  await work(browser, base, { host, ministry, coordinator });
  await offices(browser, base, coordinator);
  await watched(coordinator, ministry);
  await bring(browser, base);
  await evidence(browser, base);
  await twoTabs(host);
  await sessionEnds(host);
  await recorded(coordinator);
  await whoLooked(member);
  await mend(member);
  await protect(member);
  await mailed(browser, base);
  await takePart(browser, base);
  await ledger(browser, base);
  await ownPage(await person(browser, base, 'professional'));
  await around(browser, base, host);
}

async function journey(name, url) {
  console.log(`\n# ${name}`);
  const { base, stop } = await serve(url);
  const browser = await launch();
  try {
    await walk(browser, base);
  } catch (error) {
    check(false, `${name}: the journey ends`, error.stack.slice(0, 2000));
    const pages = browser.contexts().flatMap((context) => context.pages());
    for (const [at, page] of pages.entries()) await keepPicture(page, `${name}-${at}`);
  } finally {
    await browser.close();
    check((await stop()) === 0, `${name}: the server ends well`);
  }
}

const only = process.argv[2];
if (!only || only === 'sqlite') await journey('sqlite');
if (process.env.TEST_POSTGRES && (!only || only === 'postgres')) {
  const { url, drop } = database(process.env.TEST_POSTGRES);
  await journey('postgres', url);
  drop();
}
console.log(`\n${result.passed} passed, ${result.failed} failed`);
process.exit(result.failed === 0 && result.passed > 0 ? 0 : 1);
