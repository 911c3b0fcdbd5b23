// SPDX-License-Identifier: AGPL-3.0-or-later

// What officers do around a decision: lend their office while they are away, say how
// the three decisions follow each other, and see to what a team brings.
import { quiet } from '../browser.mjs';
import { button, check, confirm, dialog, field, person, reads, sound, text, visit } from './kit.mjs';

export async function offices(browser, base, coordinator) {
  await lend(coordinator);
  await chain(coordinator);
  await goods(coordinator);
  await form(browser, base);
  await otherwise(browser, base);
}

/** A colleague is asked, and the question is taken back. */
async function lend(page) {
  await visit(page, '/delegations');
  await sound(page, 'acting for a colleague');
  await button(page, 'Ask this colleague').click();
  await reads(page, /Please/, 'who asks nobody is told what is missing');
  await sound(page, 'acting for a colleague, with what is missing');
  await field(page, 'Colleague').selectOption({ index: 1 });
  await field(page, 'Why').fill('I am with my family for two weeks.');
  await button(page, 'Ask this colleague').click();
  await quiet(page);
  await reads(page, 'not answered yet', 'the colleague has been asked');
  await sound(page, 'a colleague who has been asked');
  await button(page, 'End it now').click();
  await reads(page, /^over$/, 'the question is taken back');
}

/** The chain of a programme: what is under way keeps its own. */
async function chain(page) {
  await visit(page, '/approval-chain');
  const days = page.getByLabel('Days to decide').first();
  await days.fill('0');
  await button(page, 'Use this chain from now on').click();
  await reads(page, /Please/, 'a chain without days is refused');
  await sound(page, 'a chain that is refused');
  await days.fill('7');
  await page.getByLabel(/working days/).first().check();
  await button(page, 'Use this chain from now on').click();
  await reads(page, /Version \d+, set by/, 'the chain is set');
  await sound(page, 'the chain of approval');
  await page.reload();
  await quiet(page);
  check(await days.inputValue() === '7', 'the chain is there when one comes back');
}

/** What comes along, and who is named in the letter. */
async function goods(page) {
  await visit(page, '/needs/DEMO-L09/equipment');
  await sound(page, 'goods before there are any');
  await button(page, 'Write the list').click();
  await field(dialog(page), 'Goods').fill('Pulse oximeter');
  await field(dialog(page), 'How many').fill('2');
  await field(dialog(page), 'Value of one').fill('120.50');
  await sound(page, 'the list of goods');
  await confirm(page, 'Keep the list');
  check((await text(page)).includes('US$241'), 'the values of two are added up', await text(page));
  const letter = page.getByRole('link', { name: 'Fetch the letter (PDF)' });
  const got = await page.request.get(await letter.getAttribute('href'));
  check(got.headers()['content-type'] === 'application/pdf' && (await got.body()).subarray(0, 5).toString() === '%PDF-', 'the letter to the customs is a PDF');
  await sound(page, 'goods and the letter');
}

/** An association looks for a team. */
async function form(browser, base) {
  const association = await person(browser, base, 'association');
  await visit(association, '/needs/DEMO-01/teams/new');
  await button(association, 'Ask these members').click();
  await reads(association, /Please/, 'a team without a name is refused');
  await sound(association, 'forming a team');
  await association.context().close();
}

/** The same pages from the right, in French, and in the dark. */
async function otherwise(browser, base) {
  for (const looks of [{ language: 'ar' }, { language: 'fr', theme: 'dark' }]) {
    const page = await person(browser, base, 'coordinator', looks);
    for (const path of ['/delegations', '/approval-chain', '/needs/DEMO-L09/equipment', '/duty', '/rates']) {
      await visit(page, path);
      await sound(page, `${path}, ${looks.language}`);
    }
    await page.context().close();
  }
}
