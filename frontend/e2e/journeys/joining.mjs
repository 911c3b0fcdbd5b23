// SPDX-License-Identifier: AGPL-3.0-or-later

// An association registers a professional; the professional reads, consents, can
// be found, takes it back, gives it again, and protects the account.
import { createHmac } from 'node:crypto';
import { quiet, signIn } from '../browser.mjs';
import { button, check, confirm, dayIn, dialog, field, group, known, link, person, reads, row, sound, take, text, unfold, visit } from './kit.mjs';

export const password = 'seven herons over the delta';

/** Registers a professional with all sections; returns the link of the invitation. */
export async function register(association, days) {
  await visit(association, '/professionals');
  await sound(association, 'the members of an association');
  await link(association, 'Register a member').first().click();
  await quiet(association);
  await essentials(association);
  await abilities(association);
  await past(association);
  await stay(association, days);
  await sound(association, 'the form that registers a member');
  await button(association, 'Register and make the invitation').click();
  await field(association, 'Link of the invitation').waitFor();
  await reads(association, 'Invited, not visible', 'the registered person is invited, not visible');
  await sound(association, 'the invited member with the link');
  const shown = await field(association, 'Link of the invitation').inputValue();
  check(/\/invitation#.{20,}$/.test(shown), 'the link of the invitation is shown once, with its secret behind the #');
  await association.reload();
  await quiet(association);
  check(!(await field(association, 'Link of the invitation').isVisible()), 'the link is not shown a second time');
  return shown;
}

async function essentials(page) {
  await button(page, 'Register and make the invitation').click();
  await reads(page, 'There is a problem', 'an empty registration says what is missing');
  await field(page, 'Given name').fill('Fatou');
  await field(page, /^Family name/).fill('Ndiaye');
  await field(page, 'E-mail address').fill('fatou.ndiaye@example.org');
  await field(page, 'Country of origin').selectOption('SN');
  await field(page, 'Country of residence').selectOption('IT');
  await page.getByRole('textbox', { name: 'Occupation', exact: true }).fill('Agronoma');
  await take(page.getByRole('combobox', { name: 'Group of occupations (ISCO-08)' }), 'agronomo');
}

async function abilities(page) {
  await unfold(page, 'Skills');
  const skill = await row(page, 'Add a skill', 'Skill 1');
  await take(skill.getByRole('combobox', { name: 'Skill', exact: true }), 'irrigazione a goccia');
  await field(skill, 'Level').selectOption({ label: 'Expert – teaches others' });
  await skill.getByRole('spinbutton', { name: /^Years/ }).or(field(skill, /^Years/)).first().fill('9');
  await unfold(page, 'Languages');
  const french = await row(page, 'Add a language', 'Language 1');
  await field(french, 'Language').selectOption('fr');
  await field(french, /^Level, the same for all/).selectOption({ index: 5 });
  const italian = await row(page, 'Add a language', 'Language 2');
  await field(italian, 'Language').selectOption('it');
  await button(italian, 'Levels differ by ability').click();
  for (const [at, ability] of ['Listening', 'Reading', 'Conversation', 'Speaking', 'Writing'].entries()) await field(italian, ability).selectOption({ index: 4 + (at % 2) });
}

async function past(page) {
  await unfold(page, 'Years and a short text');
  await page.getByLabel('Years of experience').fill('11');
  await page.getByLabel('In a few sentences').fill('Progetta e mantiene impianti di irrigazione a goccia per orticoltori.');
  await unfold(page, 'Education');
  const degree = await row(page, 'Add an education', 'Education 1');
  await field(degree, 'Level').selectOption('7');
  await degree.getByLabel('Title of the degree').fill('Laurea magistrale in scienze agrarie');
  await degree.getByLabel('Completed (year)').fill('2014');
  await unfold(page, 'Licences and registrations');
  const licence = await row(page, 'Add a licence', 'Licence 1');
  await field(licence, 'Council or authority').fill('Ordine dei dottori agronomi');
  await field(licence, 'Country').selectOption('IT');
  await unfold(page, 'Posts held');
  const post = await row(page, 'Add a post', 'Post 1');
  await field(post, 'Title of the post').fill('Responsabile irrigazione');
  await post.getByLabel('Employer').fill('Cooperativa Terra Viva');
  await post.getByLabel('What was done').fill('Impianti di irrigazione a goccia su venti ettari.');
  await unfold(page, 'CV');
  await page.getByLabel('Language of the CV').selectOption('it');
  await page.getByLabel('Text of the CV').fill('Agronoma con undici anni di esperienza in orticoltura e irrigazione.');
}

async function stay(page, { freeFrom, freeTo }) {
  await unfold(page, 'When and how');
  const period = await row(page, 'Add a period', 'Period 1');
  await field(period, 'First day').fill(freeFrom);
  await field(period, 'Last day').fill(freeTo);
  await group(page, /^Ways of working/).getByRole('checkbox', { name: /^On site/ }).check();
  await unfold(page, 'Residence and right to return');
  await group(page, /^Right to come back/).getByLabel('Yes', { exact: true }).check();
}

/** Follows the invitation on a phone, in a browser that nobody signed in to, and consents. */
export async function join(browser, base, invitation) {
  const member = await person(browser, base, undefined, { width: 360, height: 740 });
  await visit(member, new URL(invitation).pathname + new URL(invitation).hash);
  await reads(member, /^Version \S+$/, 'the text of the consent has a version');
  await unfold(member, 'Posts held');
  await reads(member, 'Responsabile irrigazione', 'the invited person reads what was written about them');
  check((await member.getByRole('checkbox', { checked: true }).count()) === 0, 'no consent is ticked beforehand');
  await sound(member, 'the invitation');
  await button(member, 'Accept the invitation').click();
  await reads(member, 'There is a problem', 'an answer without a password says so');
  await member.getByLabel('Yes, I want to be found when my skills are needed').check();
  await member.getByLabel('Yes, a host may see my name once I am on its shortlist').check();
  await field(member, 'Choose a password').fill(password);
  await button(member, 'Accept the invitation').click();
  await member.waitForURL('**/me');
  await reads(member, 'You can be found', 'the person consented and can be found');
  await sound(member, 'the own profile');
  member.account = { email: 'fatou.ndiaye@example.org', password };
  const used = await person(browser, base);
  await visit(used, new URL(invitation).pathname + new URL(invitation).hash);
  await reads(used, 'This invitation cannot be opened', 'the link of an answered invitation opens nothing');
  await sound(used, 'an invitation that was answered');
  await used.context().close();
  return { member, pseudonym: (await known(member, '/me/professional')).pseudonym };
}

/** Edits a part of the own profile, and finds who changed what. */
export async function mend(member) {
  await visit(member, '/me');
  await button(member, /^Edit.*Person and contact/).or(member.getByRole('button', { name: /Edit/ })).first().click();
  await member.getByLabel(/^Telephone/).fill('+39 051 123 4567');
  await sound(member, 'a part of the own profile being changed');
  await button(member, 'Save this part').click();
  await member.getByText('+390511234567').first().waitFor(); // kept without its decoration
  await visit(member, '/me/changes');
  check(/by you/.test(await text(member)), 'the person sees what they changed themselves');
  await sound(member, 'the changes of the own profile');
}

/** Takes the consent back in two clicks: gone from the ranking at once; then gives it again. */
export async function withdraw(member, coordinator, reference, pseudonym) {
  const found = async () => (await known(coordinator, `/needs/${reference}/ranking?limit=200`)).candidates.some((one) => one.person === pseudonym);
  await visit(member, '/me/consents');
  await sound(member, 'the own consents');
  await member.getByRole('button', { name: /^Take it back/ }).first().click();
  await sound(member, 'the question before a consent is taken back');
  await button(dialog(member), 'Take it back now').click();
  await member.getByText('Taken back. No search finds you any more.').first().waitFor();
  check(!(await found()), 'two clicks after consenting no more, no ranking finds the person');
  await visit(coordinator, `/needs/${reference}/ranking`);
  check(!(await text(coordinator)).includes(pseudonym), 'the page of the ranking shows the person no more');
  await sound(member, 'the own consents after one was taken back');
  await member.getByRole('button', { name: /^I agree/ }).first().click();
  await member.getByText('Thank you. Your consent is noted.').first().waitFor();
  check(await found(), 'once the consent is given again, the person is found again');
}

/** Sees who looked, and that only organisations with a reason are in the list. */
export async function whoLooked(member) {
  await visit(member, '/me/views');
  await reads(member, 'Skills for Home Programme Office', 'the person sees who looked at them');
  await reads(member, 'Saw you in a ranking, by pseudonym', 'and on which occasion');
  await sound(member, 'who looked at me');
}

/** Sets the second factor up, signs out, and signs in with a code. */
export async function protect(member) {
  await visit(member, '/security');
  await button(member, 'Set up the second factor').click();
  await field(member, 'Six-digit code').waitFor();
  await sound(member, 'setting the second factor up');
  const secret = (await member.locator('code.secret').innerText()).replaceAll(' ', '');
  await field(member, 'Six-digit code').fill('000000');
  await button(member, 'Turn it on').click();
  await reads(member, 'The code is not right, or it was used before. Please type the next one.', 'a wrong code does not turn the second factor on');
  await field(member, 'Six-digit code').fill(codeOf(secret, 0));
  await button(member, 'Turn it on').click();
  await reads(member, 'The second factor is on.', 'the second factor is on');
  await signOut(member);
  // A code works once: the next one is valid already.
  await signIn(member, { ...member.account, code: () => codeOf(secret, 1) });
  await quiet(member);
  await reads(member, 'Overview', 'the person signs in with the second factor');
}

/** Signs out; what was shown is not there any more. */
export async function signOut(page) {
  const menu = page.getByRole('button', { name: /^Your account/ });
  await menu.click();
  await button(page, 'Sign out').click();
  await page.waitForURL('**/sign-in');
  await visit(page, '/me');
  check(new URL(page.url()).pathname === '/sign-in', 'after signing out the own pages ask for a sign-in');
}

/** The code of an authenticator app (RFC 6238), so many steps of thirty seconds from now. */
function codeOf(secret, ahead) {
  const bits = [...secret].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((one) => parseInt(one, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const sum = createHmac('sha1', key).update(step).digest();
  return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
