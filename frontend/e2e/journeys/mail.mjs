// SPDX-License-Identifier: AGPL-3.0-or-later

// Mails without a mail server: the administrator reads what a person would get,
// and its links work. A password is chosen anew by mail, a person chooses what
// they are told, and one click ends one kind of mail.
import { quiet } from '../browser.mjs';
import { button, check, dialog, field, known, person, reads, sound, text, visit } from './kit.mjs';

const profile = (email) => ({
  givenName: 'Awa', familyName: 'Sarr', email, originCountry: 'SN', originLink: 'born', residenceCountry: 'FR', residenceStatus: 'citizen', rightOfReturn: 'yes',
  occupationTitle: 'Infirmière', isco: '2221', onsite: true,
});

/** Asks the API in the name of whoever is signed in on the page. */
export async function sends(page, path, data) {
  const answer = await page.request.post(`/api/v1${path}`, { data });
  return answer.ok() ? (answer.status() === 204 ? {} : answer.json()) : { problem: `${answer.status()} ${await answer.text()}` };
}

/** Opens the latest mail of the kind to the address, as the administrator, and returns its link. */
export async function mailTo(admin, address, label) {
  const row = admin.getByRole('row').filter({ hasText: address }).filter({ hasText: label }).first();
  for (let tries = 0; tries < 30; tries++) {
    await visit(admin, '/outbox');
    if (await row.isVisible()) break;
    await admin.waitForTimeout(1000);
  }
  await row.getByRole('button', { name: /^Read/ }).click();
  await dialog(admin).locator('.letter').waitFor();
  return (await dialog(admin).locator('.letter a').first().getAttribute('href')).replace(/^https?:\/\/[^/]+/, '');
}

export async function mailed(browser, base) {
  const [admin, association] = [await person(browser, base, 'administrator'), await person(browser, base, 'association')];
  const tag = Date.now();
  await sends(association, '/professionals', profile(`awa-${tag}@example.org`));
  const invitation = await mailTo(admin, `awa-${tag}@example.org`, 'Invitation to the registry');
  check(/^\/invitation#/.test(invitation), 'the administrator reads the invitation, with its link');
  await sound(admin, 'a mail in the outbox');
  await button(dialog(admin), 'Close').last().click();
  await reads(admin, 'No mail server is set', 'the outbox says that mails are sent to nobody');
  await sound(admin, 'the outbox');
  const awa = await person(browser, base);
  await visit(awa, invitation);
  await reads(awa, 'Infirmière', 'the link of the mail shows what was written');
  await button(admin, 'Send me a test mail').click();
  await reads(admin, 'The test mail is on its way.', 'a test mail is queued');
  await chooses(association);
  await forgets(browser, base, admin, tag);
}

/** An officer chooses what they are told. */
async function chooses(officer) {
  await visit(officer, '/me/notifications');
  await field(officer, 'A member accepted').selectOption('weekly');
  await field(officer, 'Quiet from').selectOption('22');
  await field(officer, 'Quiet until').selectOption('6');
  await sound(officer, 'what an officer is told');
  await button(officer, 'Keep my choice').click();
  await reads(officer, 'Your choice is kept.', 'the choice is kept');
  const kept = await known(officer, '/me/notifications');
  check(kept.quietFrom === 22 && kept.choices.find((one) => one.kind === 'invitation_accepted').frequency === 'weekly', 'and stands in the account');
}

/** Somebody registers, forgets the password, and chooses a new one by mail. */
async function forgets(browser, base, admin, tag) {
  const email = `moussa-${tag}@example.org`;
  const page = await person(browser, base);
  const { items } = await known(page, '/notices?language=en');
  const consents = items.filter((one) => one.purpose === 'statistics').map(({ purpose, version, language }) => ({ purpose, version, language }));
  await sends(page, '/registrations', { ...profile(email), password: 'seven herons over the delta', locale: 'en', consents });
  const again = await sends(page, '/registrations', { ...profile(email), password: 'another password', locale: 'en', consents: [] });
  check(again.confirm === true && again.id === '', 'registering with a known address tells nothing about it', again.problem);
  await visit(page, '/forgot-password');
  await sound(page, 'the page of a forgotten password');
  await field(page, 'E-mail address').fill(email);
  await button(page, 'Send me the link').click();
  await reads(page, 'Look into your mail', 'the answer is the same for every address');
  await sound(page, 'a forgotten password, asked');
  const reset = await mailTo(admin, email, 'Choose a new password');
  await visit(page, reset);
  await sound(page, 'the page of a new password');
  await field(page, 'Choose a password').fill('eight herons over the delta');
  await button(page, 'Keep this password').click();
  await reads(page, 'Your new password is set', 'the link of the mail sets a new password');
  const signed = await sends(page, '/session', { email, password: 'eight herons over the delta', code: '' });
  check(signed.user?.email === email, 'the new password signs in', signed.problem);
  await visit(page, '/notices');
  await reads(page, 'Your password was changed', 'the person is told that the password was changed');
  await sound(page, 'the notices');
  await button(page, 'Mark all as read').click();
  await quiet(page);
  check((await known(page, '/me/notices/count')).unread === 0, 'and marks everything as read');
  await stops(browser, base, admin, email);
}

/** The link at the foot of a mail ends one kind of mail, without signing in. */
async function stops(browser, base, admin, email) {
  await mailTo(admin, email, 'What I agreed to');
  const stop = (await dialog(admin).locator('.letter a').last().getAttribute('href')).replace(/^https?:\/\/[^/]+/, '');
  const stranger = await person(browser, base);
  await visit(stranger, stop);
  check(new URL(stranger.url()).pathname === '/stop-mails', 'the foot of a mail leads to the page that ends it');
  await sound(stranger, 'the page that ends a kind of mail');
  await button(stranger, 'Stop these mails').click();
  await reads(stranger, 'No more mails of this kind', 'one click ends it');
  check(/What I agreed to/.test(await text(stranger)), 'and says which kind');
}
