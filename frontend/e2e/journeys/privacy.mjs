// SPDX-License-Identifier: AGPL-3.0-or-later

// A person sees what is shown to whom, takes everything away, reads it in again,
// asks to be erased and changes their mind; the administrator reads the record of
// processing.
import { readFile } from 'node:fs/promises';
import { button, check, field, known, link, reads, sound, visit } from './kit.mjs';

/** The person's own page, end to end. `password` is theirs. */
export async function owns(page, password) {
  await visit(page, '/me/privacy');
  await sound(page, 'what one shows, takes away, and how one leaves');
  await field(page, /^In your words/).fill('A step-free way in');
  await button(page, 'Save').click();
  await reads(page, 'Saved.', 'what one needs to be able to work is saved');
  await takes(page);
  await leaves(page, password);
}

/** Downloads everything, and reads it in again. */
async function takes(page) {
  const [file] = await Promise.all([page.waitForEvent('download'), link(page, 'Everything (JSON)').click()]);
  const path = await file.path();
  const all = JSON.parse(await readFile(path, 'utf8'));
  check(all.format === 'sankofa.person/1' && all.records.accessibility_needs[0].needs === 'A step-free way in', 'the export holds what was written a moment ago');
  const [paper] = await Promise.all([page.waitForEvent('download'), link(page, 'To read (PDF)').click()]);
  check((await readFile(await paper.path())).subarray(0, 5).toString() === '%PDF-', 'the readable export is a PDF');
  await page.locator('#read-export').setInputFiles({ name: 'export.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(all)) });
  await reads(page, 'Your profile is the same as in the file.', 'read in again at once, nothing would change');
  await button(page, 'Not now').click();
  await page.locator('#read-export').setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') });
  await reads(page, 'This file is not an export of Sankofa.', 'another file is refused in words');
}

/** Asks to be erased, with a word and a password, and takes it back. */
async function leaves(page, password) {
  await page.getByText('What goes', { exact: true }).click();
  await button(page, 'Erase me …').click();
  await sound(page, 'the second confirmation of an erasure');
  await field(page, 'Type ERASE').fill('erase');
  await field(page, 'Your password').fill(password);
  await button(page, 'Erase me').click();
  await reads(page, 'Please type ERASE, in capitals.', 'the word is asked for as it is');
  await field(page, 'Type ERASE').fill('ERASE');
  await button(page, 'Erase me').click();
  await reads(page, /^You will be erased on/, 'the person is told when');
  await page.locator('.toast').first().waitFor({ state: 'hidden' }); // it lies over what axe measures
  await sound(page, 'an erasure that waits');
  check(!(await known(page, '/me/professional')).visible, 'meanwhile nobody finds the person');
  await button(page, 'Keep my profile').click();
  await reads(page, 'Taken back. Your profile stays.', 'the person changes their mind');
  check((await known(page, '/me/professional')).visible, 'and is found again');
}

/** A host asks for more about somebody on its shortlist; the person grants a part, and takes it back. */
export async function discloses(host, member) {
  const [candidacy] = (await known(host, '/candidacies')).items;
  await visit(host, `/candidacies/${candidacy.id}`);
  await button(host, 'Ask to see more').click();
  await field(host, 'E-mail and telephone').check();
  await field(host, 'What for').fill('To arrange lodging');
  await sound(host, 'a question to a person');
  await button(host, 'Ask the person').click();
  await reads(host, 'Asked; the person has not answered yet', 'the host sees that the question waits');
  await visit(member, '/me/privacy');
  await reads(member, 'fatou.ndiaye@example.org', 'the person reads word for word what would be shown');
  await sound(member, 'a question that waits for an answer');
  await field(member, 'Name').uncheck();
  await member.getByRole('button', { name: /^Show what is ticked/ }).click();
  await reads(member, 'You show this', 'the person grants a part');
  await host.reload();
  await button(host, 'Read what is shown').click();
  await reads(host, 'fatou.ndiaye@example.org', 'the host reads what was granted');
  await sound(host, 'what a person shows a host');
  await member.getByRole('button', { name: /^Take it back/ }).click();
  await reads(member, 'You took it back', 'the person takes it back');
  await host.reload();
  await reads(host, 'The person took it back', 'the host is told');
  check((await known(host, '/disclosures')).items[0].content.length === 0, 'and is shown nothing any more');
}

/** The record of processing, as the administrator or a coordinator reads it. */
export async function recorded(page) {
  await visit(page, '/processing');
  await reads(page, 'professionals', 'the record of processing lists the tables');
  await sound(page, 'the record of processing');
}
