// SPDX-License-Identifier: AGPL-3.0-or-later

// A host asks for somebody; the ministry returns and validates; the coordinator
// approves and publishes.
import { quiet } from '../browser.mjs';
import { button, check, confirm, dialog, field, group, known, link, reads, row, sound, take, text, visit } from './kit.mjs';

/** Writes terms of reference, is told what is missing, mends it and submits; returns the reference. */
export async function write(host, { startsOn, endsOn }) {
  await visit(host, '/needs');
  await sound(host, 'the needs of a host');
  await link(host, 'Write a need').first().click();
  await quiet(host);
  await about(host);
  await wanted(host);
  await field(host, 'First day').fill(startsOn);
  await field(host, 'Last day').fill(endsOn);
  await field(host, 'Duty station').fill('Thiès, station agricole');
  await field(host, 'Supervisor (function)').fill('Chef du service technique');
  await contribution(host);
  await field(host, 'The person will not replace a local post').check();
  await sound(host, 'the form of a need');
  await button(host, 'Save and submit to the ministry').click();
  await host.getByText('There is a problem').waitFor();
  check(/counterpart/i.test(await host.getByRole('alert').first().innerText()), 'one counterpart is too few, and the summary says so');
  await sound(host, 'a need in which something is missing');
  await field(await row(host, 'Add a counterpart', 'Counterpart 2'), 'Function').fill('Animatrice rurale');
  await button(host, 'Save and submit to the ministry').click();
  await host.waitForURL(/\/needs\/[A-Z]{2}-\d{4}-\d{4}$/);
  await reads(host, 'Submitted', 'mended, the need is submitted');
  await sound(host, 'a submitted need');
  check(!(await button(host, 'Validate').isVisible()), 'its author is not offered to validate it');
  return new URL(host.url()).pathname.split('/')[2];
}

async function about(host) {
  await field(host, 'Title').fill('Goutte à goutte pour les périmètres maraîchers de Thiès');
  await field(host, 'Language of this text').selectOption('fr');
  await field(host, 'Sector').selectOption('agriculture');
  await field(host, 'Background').fill("L'eau manque dès le mois de mars et les parcelles restent vides.");
  await field(host, 'Objectives').fill('Vingt techniciens posent et entretiennent un réseau de goutte à goutte.');
  await field(host, /^National priority/).fill('Agriculture');
  const output = await row(host, 'Add an output', 'Output 1');
  await field(output, 'Output').fill('Deux parcelles équipées');
  await field(output, 'How one will know').fill('Deux hectares en eau à la fin du séjour');
  await field(await row(host, 'Add a counterpart', 'Counterpart 1'), 'Function').fill('Technicien agricole');
}

async function wanted(host) {
  await take(host.getByRole('combobox', { name: 'Occupation', exact: true }), 'agronome');
  const skill = await row(host, 'Add a skill', 'Skill 1');
  await take(skill.getByRole('combobox', { name: 'Skill', exact: true }), 'goutte à goutte');
  await field(skill, 'Weight').selectOption('5');
  const wish = await row(host, 'Add a skill', 'Skill 2');
  await take(wish.getByRole('combobox', { name: 'Skill', exact: true }), 'formation');
  await field(wish, 'Required or desirable').selectOption({ label: 'Desirable' });
  const language = await row(host, 'Add a language', 'Language 1');
  await field(language, 'Language').selectOption('fr');
  await field(language, 'Spoken, at least').selectOption('B1');
}

async function contribution(host) {
  const given = await row(host, 'Add a contribution', 'Contribution 1');
  await given.getByRole('combobox').or(given.getByRole('textbox')).first().selectOption({ label: 'Lodging' });
}

/** The ministry returns the need with a comment at a field; the host mends it there and submits again. */
export async function sendBack(ministry, host, reference) {
  await visit(ministry, '/');
  await sound(ministry, 'the overview of a ministry');
  await ministry.getByRole('link', { name: /périmètres maraîchers de Thiès/ }).first().click();
  await quiet(ministry);
  await button(ministry, 'Return to the host').click();
  await button(ministry, 'Comment on “Objectives”').click();
  await ministry.getByLabel('What should change in “Objectives”?').fill('Combien de femmes parmi les vingt techniciens ?');
  await sound(ministry, 'a need being commented on');
  await button(ministry, 'Look over and return').click();
  await dialog(ministry).getByLabel('A word to the host').fill('Il manque peu.');
  await sound(ministry, 'the dialog that returns a need');
  await confirm(ministry, 'Return to the host');
  await reads(ministry, 'Returned', 'the ministry returned the need');
  await visit(host, `/needs/${reference}`);
  await reads(host, 'This need came back with 1 comment', 'the host is told');
  await sound(host, 'a returned need');
  await link(host, 'Mend it now').click();
  await quiet(host);
  await reads(host, 'Combien de femmes parmi les vingt techniciens ?', 'the comment stands at its field');
  await sound(host, 'the form of a returned need');
  await field(host, 'Objectives').fill('Vingt techniciens, dont au moins dix femmes, posent et entretiennent un réseau de goutte à goutte.');
  await button(host, 'Save and submit to the ministry').click();
  await host.waitForURL(new RegExp(`/needs/${reference}$`));
  await reads(host, 'Submitted', 'mended, it is submitted again');
}

/** The ministry validates, the coordinator approves and publishes. */
export async function publish(ministry, coordinator, reference, closesOn, thorough) {
  await step(ministry, reference, 'Validate', 'Validated', thorough);
  await step(coordinator, reference, 'Approve', 'Approved');
  await visit(coordinator, `/needs/${reference}`);
  await button(coordinator, 'Publish').click();
  await field(dialog(coordinator), 'Call closes').fill(closesOn);
  if (thorough) await sound(coordinator, 'the dialog that publishes a need');
  await confirm(coordinator, 'Publish');
  await reads(coordinator, 'Published', `${reference}: the ministry validated, the coordinator approved and published`);
  if (thorough) await sound(coordinator, 'a published need');
}

async function step(page, reference, act, state, thorough) {
  await visit(page, `/needs/${reference}`);
  await button(page, act).click();
  if (thorough) await sound(page, `the dialog “${act}”`);
  await confirm(page, act);
  await reads(page, state, `${reference}: ${state.toLowerCase()}`);
}

/** Copies a need, moves its days, and leads it to publication: a second one at the same time. */
export async function copy(host, ministry, coordinator, reference, { startsOn, endsOn, closesOn }) {
  await visit(host, `/needs/${reference}`);
  await button(host, 'Duplicate').click();
  await host.waitForURL(/\/needs\/[^/]+\/edit$/);
  await quiet(host);
  await field(host, 'Title').fill('Goutte à goutte pour les écoles de Tivaouane');
  await field(host, 'First day').fill(startsOn);
  await field(host, 'Last day').fill(endsOn);
  await field(host, 'The person will not replace a local post').check();
  await button(host, 'Save and submit to the ministry').click();
  await host.waitForURL(/\/needs\/[A-Z]{2}-\d{4}-\d{4}$/);
  const second = new URL(host.url()).pathname.split('/')[2];
  await publish(ministry, coordinator, second, closesOn);
  check((await known(coordinator, `/needs/${second}`)).state === 'PUBLISHED' && second !== reference, 'a copy of the need was published beside it');
  return second;
}

/** Two tabs save the same draft: the second is told, keeps what was typed, and sees the other's beside it. */
export async function twoTabs(host) {
  await visit(host, '/needs/new');
  await field(host, 'Title').fill('Two tabs');
  await button(host, 'Save the draft').click();
  await host.waitForURL(/\/needs\/[A-Z]{2}-\d{4}-\d{4}$/);
  const path = `${new URL(host.url()).pathname}/edit`;
  const other = await host.context().newPage();
  for (const page of [host, other]) {
    await page.goto(path);
    await field(page, 'Title').waitFor();
  }
  await field(other, 'Title').fill('The other tab was faster');
  await button(other, 'Save the draft').click();
  await other.waitForURL((url) => !url.pathname.endsWith('/edit'));
  await other.close();
  await field(host, 'Title').fill('What I typed');
  await button(host, 'Save the draft').click();
  await reads(host, 'This has changed meanwhile', 'two tabs: the second is told that somebody was faster');
  check((await field(host, 'Title').inputValue()) === 'What I typed', 'two tabs: what was typed is still there');
  await sound(host, 'a conflict');
  await button(host, 'Load the newest version').click();
  await reads(host, 'The other tab was faster', 'two tabs: the other text is shown beside it');
  check((await field(host, 'Title').inputValue()) === 'What I typed', 'two tabs: and still nothing is lost');
  await sound(host, 'a conflict with both versions');
  await button(host, 'Save the draft').click();
  await host.waitForURL((url) => !url.pathname.endsWith('/edit'));
  await quiet(host);
  check((await text(host)).includes('What I typed'), 'two tabs: knowing both, one saves');
}

/** The session ends while somebody types: they sign in where they are, and go on. */
export async function sessionEnds(host) {
  await visit(host, '/needs/new');
  await field(host, 'Title').fill('Written before the session ended');
  await host.request.delete('/api/v1/session', { headers: { Origin: new URL(host.url()).origin } });
  await button(host, 'Save the draft').click();
  await dialog(host).getByText('Your session has ended.').waitFor();
  check((await field(host, 'Title').inputValue()) === 'Written before the session ended', 'the session ended: the form is as it was');
  await sound(host, 'the sign-in in place');
  await field(dialog(host), 'Password').fill(host.account.password);
  await button(dialog(host), 'Sign in').click();
  await host.waitForURL(/\/needs\/[A-Z]{2}-\d{4}-\d{4}$/);
  await reads(host, 'Written before the session ended', 'signed in again in place, the draft is saved');
}
