// SPDX-License-Identifier: AGPL-3.0-or-later

// The coordinator finds people by words of any language, narrows, mends a mistake,
// keeps the search, and hears at the bell of somebody who newly meets it – until
// that person takes their consent back.
import { quiet } from '../browser.mjs';
import { button, check, dialog, field, known, person, reads, sound, text, visit } from './kit.mjs';

const box = (page) => page.getByRole('searchbox', { name: 'What are you looking for?' });

/** Looks for words and waits for the answer. */
async function looks(page, words) {
  await box(page).fill(words);
  const answered = page.waitForResponse(/search\/professionals$/);
  await box(page).press('Enter');
  await answered;
  await quiet(page);
}

/** Tells how many people the page says were found. */
async function found(page) {
  return Number(/(\d+) (person|people) found/.exec(await text(page))?.[1] ?? -1);
}

export async function seek(browser, base, coordinator) {
  await visit(coordinator, '/');
  await coordinator.keyboard.press('/');
  await coordinator.waitForURL((url) => url.pathname === '/search');
  await sound(coordinator, 'the search before anything is asked');
  await looks(coordinator, 'الري بالتنقيط');
  const drip = await found(coordinator);
  check(drip > 0 && /drip irrigation/.test(await text(coordinator)), 'an Arabic word finds people who wrote Italian and French, and says by which skill');
  await sound(coordinator, 'people found');
  check(!/ري|irrig/i.test(coordinator.url()), 'the words are not in the address');
  await coordinator.reload();
  await quiet(coordinator);
  check((await found(coordinator)) === drip, 'they survive a reload');
  await looks(coordinator, 'irrigation (');
  await reads(coordinator, 'The parenthesis at character 12 is not closed.', 'a mistake is shown where it is');
  await sound(coordinator, 'a query that cannot be read');
  await looks(coordinator, 'projcet');
  await reads(coordinator, /Hardly anybody writes “projcet”/, 'other spellings are said openly');
  await button(coordinator, 'Search only for projcet').click();
  await quiet(coordinator);
  check((await found(coordinator)) === 0, 'and can be done without');
  await looks(coordinator, 'nurse');
  const all = await found(coordinator);
  await coordinator.getByRole('complementary', { name: 'Narrow' }).getByRole('checkbox', { name: /^Italy/ }).check();
  await quiet(coordinator);
  check((await found(coordinator)) < all && /residence=IT/.test(coordinator.url()), 'a facet narrows, and stands in the address');
  await coordinator.keyboard.press('Escape');
  await coordinator.locator('#found-count').click();
  await coordinator.keyboard.press('j');
  check(await coordinator.evaluate(() => document.activeElement?.classList.contains('hit')), 'keys go through the list');
  await hears(browser, base, coordinator);
}

/** Saves a search; somebody comes to meet it, is told of, and goes again. */
async function hears(browser, base, coordinator) {
  const word = `quipucamayoc${Date.now() % 10_000}`;
  await visit(coordinator, '/search');
  await looks(coordinator, word);
  await button(coordinator, 'Save this search').click();
  await field(dialog(coordinator), 'Name').fill('Keepers of knots');
  await dialog(coordinator).getByLabel('Pin to my overview').check();
  await sound(coordinator, 'the dialog that saves a search');
  await button(dialog(coordinator), 'Save').click();
  await dialog(coordinator).waitFor({ state: 'hidden' });
  const member = await person(browser, base, 'professional');
  const profile = await known(member, '/me/professional');
  const said = await member.request.put('/api/v1/me/professional', { headers: { 'If-Match': `"${profile.version}"` }, data: writable({ ...profile, summary: `${profile.summary} ${word}.` }) });
  check(said.ok(), 'a person writes a word that nobody wrote before', await said.text());
  await member.waitForTimeout(2500); // the relay looks every second
  await visit(coordinator, '/');
  await reads(coordinator, 'Keepers of knots', 'the search is pinned to the overview');
  await reads(coordinator, '1 new', 'and says that somebody is new');
  await sound(coordinator, 'the overview with a pinned search');
  check(await coordinator.getByRole('link', { name: /^Alerts: 1 new/ }).isVisible(), 'the bell says so too');
  await visit(coordinator, '/alerts');
  await reads(coordinator, profile.pseudonym, 'the alert names the person by pseudonym');
  await sound(coordinator, 'alerts');
  await visit(coordinator, '/saved-searches');
  await sound(coordinator, 'saved searches');
  await member.request.post('/api/v1/me/professional/pause', { headers: { 'If-Match': `"${profile.version + 1}"` }, data: { paused: true } });
  await visit(coordinator, '/alerts');
  check(!(await text(coordinator)).includes(profile.pseudonym), 'who takes a break is gone from the alerts at once');
  await member.request.post('/api/v1/me/professional/pause', { headers: { 'If-Match': `"${profile.version + 2}"` }, data: { paused: false } });
  await visit(coordinator, '/alerts');
  await button(coordinator, 'Mark all as read').click();
  await quiet(coordinator);
  check(!/New/.test(await coordinator.locator('.alerts').innerText()), 'and what was read is no longer new');
  await member.context().close();
}

/** The fields of a profile that its person may write. */
function writable(profile) {
  const names = ['givenName', 'familyName', 'email', 'phone', 'sex', 'birthDate', 'originCountry', 'originLink', 'residenceCountry', 'residencePlace', 'residenceStatus', 'rightOfReturn', 'rightOfReturnUntil',
    'occupationTitle', 'isco', 'yearsExperience', 'summary', 'cvText', 'cvLanguage', 'onsite', 'virtual', 'hybrid', 'longestDays', 'noticeDays', 'skills', 'languages', 'education', 'licences', 'experience', 'availability'];
  return Object.fromEntries(names.filter((name) => profile[name] !== undefined).map((name) => [name, profile[name]]));
}
