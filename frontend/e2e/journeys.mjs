// SPDX-License-Identifier: AGPL-3.0-or-later

// The main job in a real browser, on the real binary, once on each engine:
// register, consent, ask, rank, decide, place, and see who looked. Every page on
// the way is checked for accessibility, width and foreign requests.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { result } from './journeys/kit.mjs';
import { seek } from './journeys/searching.mjs';
import { watched } from './journeys/fairness.mjs';
import { teach } from './journeys/vocabulary.mjs';
import { launch, open, overflow, picture, signIn, signInAs, violations } from './browser.mjs';

const binary = process.env.SANKOFA ?? new URL('../../bin/sankofa', import.meta.url).pathname;
const server = process.env.TEST_POSTGRES;
let passed = 0;
let failed = 0;

/** Counts a check and says what went wrong. */
function check(ok, what, more = '') {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}${ok || !more ? '' : `\n     ${more}`}`);
}

/** Starts the binary on a fresh database and waits until it is ready. */
async function serve(database) {
  const data = mkdtempSync(join(tmpdir(), 'sankofa-journey-'));
  const args = ['serve', '--demo', '--people', '300', '--data', data, '--listen', '127.0.0.1:0', '--log-level', 'warn'];
  const child = spawn(binary, database ? [...args, '--database', database] : args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const base = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
      const found = /ready: (http\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { base, stop: () => new Promise((done) => { child.on('exit', () => { rmSync(data, { recursive: true, force: true }); done(); }); child.kill('SIGTERM'); }) };
}

/** What every page must be, in the state that it is in now. */
async function sound(page, name) {
  await page.waitForLoadState('networkidle');
  const wrong = await violations(page);
  check(wrong.length === 0, `${name}: accessible`, wrong.join('\n     '));
  const size = page.viewportSize();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await overflow(page);
    check(wide <= 0, `${name}: fits ${width} px`, `${wide} px too wide`);
  }
  await page.setViewportSize(size);
  check(page.faults.length === 0, `${name}: no error, no foreign request`, page.faults.splice(0).join('\n     '));
}

/** A browser of its own for one person. */
async function person(browser, base, role) {
  const page = await open(browser, { base, language: 'en' });
  page.setDefaultTimeout(10_000);
  if (role) await signInAs(page, role);
  return page;
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const group = (page, name) => page.getByRole('group', { name, exact: true });

/** Types into a typeahead and takes the first proposal. */
async function take(field, text) {
  await field.fill(text);
  const first = field.page().getByRole('option').filter({ visible: true }).first();
  await first.waitFor();
  await field.press('ArrowDown');
  await field.press('Enter');
}

async function register(page) {
  await page.goto('/professionals');
  await sound(page, 'members');
  await page.goto('/professionals/new');
  await page.getByLabel('Given name').fill('Fatou');
  await page.getByLabel('Family name').fill('Ndiaye');
  await page.getByLabel('E-mail address').fill(`${Date.now()}@example.org`);
  await page.getByLabel('Country of origin').selectOption('SN');
  await page.getByLabel('Tie to this country').selectOption({ index: 1 });
  await page.getByLabel(/^(Country of residence|Lives in)$/).selectOption('IT');
  await page.getByRole('textbox', { name: 'Occupation' }).fill('Agronoma');
  await take(page.getByRole('combobox', { name: 'Group of occupations (ISCO-08)' }), 'agronomo');
  for (const part of ['Skills', 'Languages', 'When and how', 'Residence and right to return']) await page.locator('summary', { hasText: part }).first().click();
  await button(page, 'Add a skill').click();
  await take(group(page, 'Skill 1').getByRole('combobox', { name: 'Skill', exact: true }), 'irrigazione a goccia');
  await group(page, 'Skill 1').getByLabel('Level', { exact: true }).selectOption('4');
  await button(page, 'Add a language').click();
  await group(page, 'Language 1').getByLabel('Language', { exact: true }).selectOption('fr');
  await group(page, 'Language 1').getByLabel('Level, the same for all').selectOption({ index: 5 });
  await button(page, 'Add a period').click();
  await group(page, 'Period 1').getByLabel('First day').fill('2027-05-01');
  await group(page, 'Period 1').getByLabel('Last day').fill('2027-08-31');
  await group(page, /^Right to come back/).getByLabel('Yes', { exact: true }).check();
  await sound(page, 'register a member');
  await button(page, 'Register and make the invitation').click();
  const link = page.getByText(/\/invitation#/).first().or(page.locator('input[readonly]').first());
  await link.waitFor();
  const shown = (await link.inputValue().catch(() => link.textContent())) ?? '';
  await sound(page, 'registered');
  check(/not visible|cannot be found|nobody/i.test(await page.locator('main').innerText()), 'the member is invited, not visible');
  return /\/invitation#\S+/.exec(shown)[0];
}

async function consent(page, link) {
  await page.goto(link);
  await page.getByRole('heading', { name: 'Your answer' }).waitFor();
  await page.getByText(/^Version \S+/).first().waitFor();
  await sound(page, 'invitation');
  await page.getByLabel('Yes, I want to be found when my skills are needed').check();
  await page.getByLabel('Yes, a host may see my name once I am on its shortlist').check();
  await page.getByLabel('Choose a password').fill('a long enough password');
  await button(page, 'Accept the invitation').click();
  await page.waitForURL((url) => url.pathname !== '/invitation');
  await page.goto('/me');
  await sound(page, 'my page');
}

async function ask(host) {
  await host.goto('/needs/new');
  await host.getByLabel('Title', { exact: true }).fill('Goutte à goutte pour les périmètres de Thiès');
  await host.getByLabel('Language of this text').selectOption('fr');
  await host.getByLabel('Sector').selectOption('agriculture');
  await host.getByLabel('Background').fill("L'eau manque dès le mois de mars.");
  await host.getByLabel('Objectives').fill('Vingt techniciens posent et entretiennent un réseau.');
  await host.getByLabel(/^National priority/).fill('Agriculture');
  await button(host, 'Add an output').click();
  await group(host, 'Output 1').getByLabel('Output', { exact: true }).fill('Deux parcelles équipées');
  await group(host, 'Output 1').getByLabel('How one will know').fill('Deux hectares en eau');
  await button(host, 'Add a counterpart').click();
  await group(host, 'Counterpart 1').getByLabel('Function').fill('Technicien agricole');
  await take(host.getByRole('combobox', { name: 'Occupation', exact: true }), 'agronome');
  await button(host, 'Add a skill').click();
  await take(group(host, 'Skill 1').getByRole('combobox', { name: 'Skill', exact: true }), 'goutte à goutte');
  await button(host, 'Add a language').click();
  await group(host, 'Language 1').getByLabel('Language', { exact: true }).selectOption('fr');
  await group(host, 'Language 1').getByLabel('Spoken, at least').selectOption('B1');
  await host.getByLabel('First day', { exact: true }).fill('2027-06-07');
  await host.getByLabel('Last day', { exact: true }).fill('2027-07-16');
  await host.getByLabel('Duty station').fill('Thiès');
  await host.getByLabel('Supervisor (function)').fill('Chef du service technique');
  await host.getByLabel('The person will not replace a local post').check();
  await button(host, 'Save and submit to the ministry').click();
  await host.getByText('There is a problem').waitFor();
  check(/counterpart/i.test(await host.getByRole('alert').or(host.locator('main')).first().innerText()), 'one counterpart is too few, and it is said');
  await sound(host, 'a need with something missing');
  await button(host, 'Add a counterpart').click();
  await group(host, 'Counterpart 2').getByLabel('Function').fill('Animatrice rurale');
  await button(host, 'Save and submit to the ministry').click();
  await host.waitForURL(/\/needs\/SN-\d{4}-\d{4}$/);
  await sound(host, 'a submitted need');
  return /SN-\d{4}-\d{4}/.exec(host.url())[0];
}

/** Takes a step on a need's page; a dialog may ask for more. */
async function step(page, reference, name, fill) {
  await page.goto(`/needs/${reference}`);
  await page.waitForLoadState('networkidle');
  const act = page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true })).or(page.getByRole('menuitem', { name, exact: true }));
  if (!(await act.first().isVisible().catch(() => false))) await button(page, 'More').click();
  await act.first().click();
  const dialog = page.getByRole('dialog');
  if (await dialog.waitFor({ timeout: 5000 }).then(() => true, () => false)) {
    if (fill) await fill(dialog);
    await dialog.getByRole('button').filter({ hasNotText: /not now|cancel|close/i }).last().click();
    await dialog.waitFor({ state: 'hidden' });
  }
  await page.waitForLoadState('networkidle');
}

/** Opens the person's candidacy from the list and decides yes with a reason. */
async function decide(page, name, yes, reason) {
  await page.goto(`/candidacies`);
  await page.getByRole('link', { name }).first().click();
  await page.waitForURL(/\/candidacies\/.+/);
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: new RegExp(`^${yes}`) }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: yes, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}


/** Asks the API in the name of whoever is signed in on the page. */
async function known(page, path) {
  return (await page.request.get(`/api/v1${path}`)).json();
}

async function review(browser, base, host, reference) {
  const ministry = await person(browser, base, 'ministry');
  const coordinator = await person(browser, base, 'coordinator');
  await sound(ministry, 'overview of the ministry');
  await step(ministry, reference, 'Validate');
  await step(coordinator, reference, 'Approve');
  await step(coordinator, reference, 'Publish', (dialog) => dialog.getByLabel('Call closes').fill('2027-05-01'));
  check((await known(coordinator, `/needs/${reference}`)).state === 'PUBLISHED', 'host, ministry and coordinator led the need to publication');
  await host.goto(`/needs/${reference}`);
  check(!(await button(host, 'Validate').isVisible()), 'the author is not offered to validate');
  return { ministry, coordinator };
}

async function rank(coordinator, reference, pseudonym) {
  await coordinator.goto(`/needs/${reference}/ranking`);
  await coordinator.getByText('This order is advice. People decide.').waitFor();
  await coordinator.getByText('Tie to the country').first().waitFor();
  const card = coordinator.getByRole('listitem').filter({ has: coordinator.getByRole('heading', { name: new RegExp(pseudonym) }) });
  check(await card.isVisible(), 'the new member is among the ranked candidates, by pseudonym');
  check(!(await coordinator.locator('main').innerText()).includes('Fatou'), 'nobody is named in the ranking');
  await card.locator('summary').first().click();
  check(/drip irrigation/.test(await card.innerText()), 'the reasons show the words of the person');
  await sound(coordinator, 'ranking');
}

async function shortlist(coordinator, host, reference, pseudonym) {
  await host.goto(`/needs/${reference}/shortlist`);
  check(!(await host.locator('main').innerText()).includes('Fatou'), 'the host knows no name before the shortlist');
  await coordinator.getByRole('checkbox', { name: new RegExp(pseudonym) }).check();
  await button(coordinator, 'Put on the shortlist').first().click();
  const dialog = coordinator.getByRole('dialog');
  await dialog.getByLabel('Why these people').fill('She knows the method and the language.');
  await sound(coordinator, 'dialog of the shortlist');
  await dialog.getByRole('button', { name: 'Put on the shortlist' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await host.goto(`/needs/${reference}/shortlist`);
  await host.getByText('Fatou').first().waitFor();
  check(true, 'the host sees the name now');
  await sound(host, 'shortlist');
}

async function place(host, ministry, coordinator, member, reference) {
  const name = /Fatou/;
  await decide(host, name, 'Endorse', 'She fits our plan.');
  await decide(ministry, name, 'No objection', 'In line with the strategy.');
  await decide(coordinator, name, 'Approve', 'All is in order.');
  await sound(coordinator, 'candidacy');
  await member.goto('/candidacies');
  await sound(member, 'my candidacies');
  await member.getByRole('link', { name: /Read and answer|Goutte/ }).first().click();
  await member.getByLabel('I paid nobody for this').check();
  await button(member, 'Accept the offer').click();
  await member.getByText(/placement is made|You accepted/).first().waitFor();
  const placed = (await known(member, '/placements')).items;
  check(placed.length === 1 && placed[0].from === '2027-06-07', 'a placement exists');
  await member.goto(`/placements/${placed[0].reference}`);
  await sound(member, 'placement');
  const snapshots = (await known(coordinator, `/needs/${reference}/snapshots`)).items;
  await coordinator.goto(`/snapshots/${snapshots[0].id}`);
  await coordinator.getByText('Unchanged').first().waitFor();
  check(true, 'the frozen ranking opens and is unchanged');
  await sound(coordinator, 'frozen ranking');
}

async function account(browser, base, member) {
  await member.goto('/me/views');
  await member.waitForLoadState('networkidle');
  check(/Skills for Home Programme Office/.test(await member.locator('main').innerText()), 'the member sees who looked');
  await sound(member, 'who looked at me');
  const admin = await person(browser, base, 'administrator');
  await admin.goto('/ledger');
  await button(admin, 'Check the chain').click();
  await admin.getByText(/whole|unbroken|continues/i).first().waitFor();
  check(true, 'the chain of the ledger is whole');
  await sound(admin, 'ledger');
}

/** Two tabs save the same draft: the second is told and loses nothing. */
async function conflict(host) {
  const answer = await host.request.post('/api/v1/needs', { data: { title: 'Two tabs', language: 'fr', sector: 'agriculture', isco: '', country: 'SN', modality: 'onsite' } });
  const need = await answer.json();
  const other = await host.context().newPage();
  for (const page of [host, other]) {
    await page.goto(`/needs/${need.reference}/edit`);
    await page.getByLabel('Title', { exact: true }).waitFor();
  }
  await other.getByLabel('Title', { exact: true }).fill('The other tab was faster');
  await button(other, 'Save the draft').click();
  await other.getByText(/^Saved|saved/).first().waitFor();
  await host.getByLabel('Title', { exact: true }).fill('What I typed');
  await button(host, 'Save the draft').click();
  await host.getByText(/changed meanwhile|saved this meanwhile/i).first().waitFor();
  check((await host.getByLabel('Title', { exact: true }).inputValue()) === 'What I typed', 'two tabs: the second is told and keeps what was typed');
  await sound(host, 'conflict');
  await other.close();
}

/** Consent is taken back in two clicks, and no ranking finds the person any more. */
async function withdraw(browser, base, coordinator) {
  const moussa = await person(browser, base, 'professional');
  const ranked = async () => (await known(coordinator, '/needs/DEMO-03/ranking?limit=50')).candidates.map((one) => one.person);
  check((await ranked()).includes('P-6GRW-2JHS'), 'Moussa Diop is found for DEMO-03');
  await moussa.goto('/me/consents');
  await moussa.waitForLoadState('networkidle');
  await sound(moussa, 'my consents');
  await moussa.getByRole('button', { name: /^Take it back/ }).first().click();
  await moussa.getByRole('button', { name: /^Take it back now/ }).click();
  await moussa.getByText(/No search finds you any more/).first().waitFor();
  check(!(await ranked()).includes('P-6GRW-2JHS'), 'two clicks later no ranking finds him');
  await moussa.goto('/suiting');
  await sound(moussa, 'needs that suit me');
}

/** The language of the screens, the page that is not there, the page for others. */
async function around(browser, base, host) {
  for (const [language, direction] of [['fr', 'ltr'], ['ar', 'rtl']]) {
    const page = await open(browser, { base, language });
    await page.goto('/sign-in');
    await page.waitForLoadState('networkidle');
    check((await page.locator('html').getAttribute('dir') ?? 'ltr') === direction, `${language}: reads ${direction}`);
    await sound(page, `sign-in in ${language}`);
    await page.goto('/register');
    await sound(page, `register myself in ${language}`);
    await page.context().close();
  }
  for (const path of ['/nowhere', '/ledger', '/api/docs']) {
    await host.goto(path);
    await sound(host, path);
  }
}

async function journey(name, database) {
  console.log(`\n# ${name}`);
  const { base, stop } = await serve(database);
  const browser = await launch();
  try {
    const association = await person(browser, base, 'association');
    const link = await register(association);
    const member = await person(browser, base);
    await consent(member, link);
    const { pseudonym } = await known(member, '/me/professional');
    const host = await person(browser, base, 'host');
    const reference = await ask(host);
    const { ministry, coordinator } = await review(browser, base, host, reference);
    await rank(coordinator, reference, pseudonym);
    await shortlist(coordinator, host, reference, pseudonym);
    await place(host, ministry, coordinator, member, reference);
    await account(browser, base, member);
    await conflict(host);
    await seek(browser, base, coordinator);
    await withdraw(browser, base, coordinator);
    await around(browser, base, host);
    await teach(ministry, coordinator);
    await watched(coordinator, ministry);
  } catch (error) {
    check(false, `${name}: the journey ends`, error.message.slice(0, 2000));
    mkdirSync('test-results', { recursive: true });
    const pages = browser.contexts().flatMap((context) => context.pages());
    for (const [at, page] of pages.entries()) await picture(page, `test-results/${name}-${at}.png`).catch(() => undefined);
  } finally {
    await browser.close();
    await stop();
  }
}

const only = process.argv[2];
if (!only || only === 'sqlite') await journey('sqlite');
if (server && (!only || only === 'postgres')) {
  const name = `journey_${randomUUID().replaceAll('-', '')}`;
  const sql = (statement) => execFileSync('psql', ['-q', '-d', server, '-c', statement], { stdio: 'inherit' });
  sql(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await journey('postgres', url.toString());
  sql(`DROP DATABASE ${name} WITH (FORCE)`);
}
passed += result.passed;
failed += result.failed;
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
