// SPDX-License-Identifier: AGPL-3.0-or-later

// An association asks to take part: by a public page, with a link in a mail, papers,
// a remark that is mended, and an account in the end. Then it is suspended, and the
// public list of partners no longer names it.
import { button, check, dialog, field, person, reads, sound, visit } from './kit.mjs';
import { mailTo } from './mail.mjs';

const paper = { name: 'registration.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n') };

export async function takePart(browser, base) {
  const [admin, coordinator, stranger] = [await person(browser, base, 'administrator'), await person(browser, base, 'coordinator'), await person(browser, base)];
  const tag = Date.now();
  const [name, email] = [`Nurses of Utrecht ${tag}`, `nurses-${tag}@example.org`];
  await visit(stranger, '/partners');
  await reads(stranger, 'Who may write to you, and why', 'everybody reads who may write to a person');
  await sound(stranger, 'the list of partners');
  await applies(stranger, name, email);
  const link = await mailTo(admin, email, 'Application of an organisation');
  await visit(stranger, link);
  await reads(stranger, 'Your application has arrived', 'the link shows where the application stands');
  await stranger.locator('#paper').setInputFiles(paper);
  await reads(stranger, 'registration.pdf', 'a paper is kept');
  await sound(stranger, 'an application');

  await visit(coordinator, '/organisations');
  await sound(coordinator, 'applications');
  await coordinator.getByRole('link', { name }).click();
  await coordinator.getByLabel('Send back').check();
  await coordinator.getByLabel(/^What is to be mended: What it does/).fill('Which nurses?');
  await field(coordinator, 'Reason').fill('One thing is missing.');
  await sound(coordinator, 'a decision about an application');
  await button(coordinator, 'Send back').click();
  await reads(coordinator, 'Sent back', 'the application was sent back');

  await visit(stranger, '/partners');
  await visit(stranger, link);
  await reads(stranger, 'Which nurses?', 'the applicant reads what is to be mended, at its field');
  await field(stranger, 'What it does').fill('Nurses from Ghana in the province of Utrecht, and their students.');
  await sound(stranger, 'an application that was sent back');
  await button(stranger, 'Send again').click();
  await reads(stranger, 'Waits for a decision', 'it was sent again');

  await visit(coordinator, '/organisations');
  await coordinator.getByRole('link', { name }).click();
  await coordinator.getByLabel('Let it in').check();
  await field(coordinator, 'Reason').fill('Known to the city.');
  await button(coordinator, 'Let it in').click();
  await reads(coordinator, 'Takes part', 'the organisation was let in');

  await visit(stranger, await mailTo(admin, email, 'Organisation let in'));
  await reads(stranger, `Your account will be ${email}.`, 'the first officer gets an office');
  await stranger.locator('#office-password').fill('correct horse battery');
  await sound(stranger, 'taking up an office');
  await button(stranger, 'Take up the office').click();
  await reads(stranger, 'You are the first officer', 'the office is taken');

  await visit(stranger, `/partners?q=${encodeURIComponent(name)}`);
  await reads(stranger, 'Nurses from Ghana', 'the public list names it');
  await visit(coordinator, '/organisations?show=offices');
  const row = coordinator.getByRole('row').filter({ hasText: name });
  await found(coordinator, row);
  await sound(coordinator, 'organisations that take part');
  await row.getByRole('button', { name: /^Suspend/ }).click();
  await field(dialog(coordinator), 'Reason').fill('Complaints are looked into.');
  await sound(coordinator, 'suspending an organisation');
  await button(dialog(coordinator), 'Suspend').click();
  await visit(coordinator, '/organisations');
  await visit(coordinator, '/organisations?show=offices');
  await found(coordinator, row);
  await reads(coordinator, 'Complaints are looked into.', 'it is suspended, with the reason');
  await visit(stranger, '/');
  await visit(stranger, `/partners?q=${encodeURIComponent(name)}`);
  await reads(stranger, 'No organisation fits', 'the public list no longer names it');
  check(true, 'an organisation took part');
}

/** Turns the pages of the list until the row is there: the newest stands last. */
async function found(page, row) {
  for (let turns = 0; turns < 20 && !(await row.isVisible()); turns++) {
    await button(page, 'Show more').click({ timeout: 5000 }).catch(() => undefined); // it was busy, or the last page is there
    await page.waitForTimeout(500);
  }
}

async function applies(page, name, email) {
  await visit(page, '/apply');
  await page.locator('#organisation-programme').selectOption({ index: 1 }).catch(() => undefined);
  await page.locator('#organisation-kind').selectOption('association');
  await page.locator('#organisation-name').fill(name);
  await page.locator('#organisation-country').selectOption('NL');
  await page.locator('#organisation-place').fill('Utrecht');
  await page.locator('#organisation-summary').fill('We bring nurses together.');
  await page.locator('#organisation-officerName').fill('Ama Owusu');
  for (const [i, who] of ['Kofi', 'Ann'].entries()) {
    const row = page.locator(`[data-row="${i}"]`);
    await row.getByLabel('Name').fill(who);
    await row.getByLabel('Organisation').fill('City of Utrecht');
    await row.getByLabel('E-mail or telephone').fill(`${who.toLowerCase()}@city.example`);
  }
  await field(page, 'E-mail address of the first officer').fill(email);
  await sound(page, 'asking to take part');
  await button(page, 'Send the application').click();
  await reads(page, 'Please look into your mail', 'the application was sent');
}
