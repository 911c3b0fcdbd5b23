// SPDX-License-Identifier: AGPL-3.0-or-later

// A professional's own page on a phone: a CV is read and confirmed field by
// field, a part saves as one types, without a network it waits and is sent later,
// free weeks are pressed, and another calendar reads them.
import { quiet } from '../browser.mjs';
import { button, check, known, reads, sound, visit } from './kit.mjs';

const cv = `Yaw Mensah
Registered nurse

Work experience
Staff nurse, Example Hospital, Accra, Ghana
March 2012 – June 2016

Languages
English: C2

Skills
Wound care, triage
`;

/** Walks through the page of whoever is signed in on it. */
export async function ownPage(page) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 760 });
  await readCv(page);
  await typeAndLose(page);
  await weeks(page);
  await page.setViewportSize(size);
}

async function readCv(page) {
  await visit(page, '/me/papers');
  const before = (await known(page, '/me/professional')).skills.length;
  await page.locator('#cv-file').setInputFiles({ name: 'cv.txt', mimeType: 'text/plain', buffer: Buffer.from(cv) });
  await reads(page, /suggestions to answer/, 'a CV is read into suggestions');
  check((await known(page, '/me/professional')).skills.length === before, 'nothing of the CV is in the profile before it is confirmed');
  await sound(page, 'the suggestions of a CV');
  const skill = page.locator('.suggestion', { hasText: 'Wound care' }).first();
  await skill.getByRole('button', { name: /^Add to my profile/ }).click();
  await quiet(page);
  const after = (await known(page, '/me/professional')).skills;
  check(after.length === before + 1 && after.some((one) => one.label === 'Wound care'), 'one suggestion that was confirmed is in the profile, and no other');
  await page.locator('#cv-file').setInputFiles({ name: 'cv.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no PDF at all') });
  await reads(page, /name of this file promises something else/, 'a file that lies about its kind is named as such');
}

async function typeAndLose(page) {
  await visit(page, '/me?part=work');
  const field = page.getByLabel(/^In a few sentences/);
  await field.fill('Written with a network.');
  await reads(page, /^Saved$/, 'a part saves as one types');
  check((await known(page, '/me/professional')).summary === 'Written with a network.', 'what was typed is at the server');
  await page.context().setOffline(true);
  await field.fill('Written in a tunnel.');
  await reads(page, 'No network', 'without a network a banner says that what is typed is kept');
  await page.context().setOffline(false);
  await reads(page, /^Saved$/, 'back in the network, it is sent by itself');
  check((await known(page, '/me/professional')).summary === 'Written in a tunnel.', 'what was typed without a network is at the server');
  await button(page, 'Save this part').click();
  await quiet(page);
}

async function weeks(page) {
  await visit(page, '/me?part=stay');
  const week = page.locator('.week[aria-pressed=false]').nth(20);
  const name = await week.getAttribute('aria-label');
  const chosen = page.getByRole('button', { name, exact: true });
  await chosen.focus();
  await page.keyboard.press('Space');
  check((await chosen.getAttribute('aria-pressed')) === 'true', 'a week is chosen with a key');
  await page.evaluate(() => scrollTo(0, 0)); // what the bar on top covers is not on the page just now
  await sound(page, 'the calendar of weeks');
  await button(page, 'Save this part').click();
  await quiet(page);
  await page.getByText('In your own calendar').click();
  await button(page, 'Make a secret address').click();
  const address = await page.locator('.feed-path').innerText();
  const answer = await fetch(address);
  const text = await answer.text();
  check(answer.headers.get('content-type') === 'text/calendar; charset=utf-8' && /BEGIN:VEVENT\r\n/.test(text), 'another calendar reads the free weeks at the secret address');
  await sound(page, 'the address for calendars');
  await button(page, 'Turn it off').click();
  await quiet(page);
  check((await fetch(address)).status === 404, 'turned off, the address is nothing');
}
