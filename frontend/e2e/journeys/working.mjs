// SPDX-License-Identifier: AGPL-3.0-or-later

// A day's work in a programme in mid-life, as the demonstration has it: the board by
// menu and keys, the committee, messages, an extension, the duty list and an order to
// bring several to safety.
import { quiet } from '../browser.mjs';
import { button, check, dialog, known, person, reads, sound, text, visit } from './kit.mjs';

export async function work(browser, base, { host, ministry, coordinator }) {
  await board(coordinator);
  await several(coordinator);
  await judge(ministry);
  await converse(host, coordinator);
  await extend(ministry, coordinator);
  await ask(coordinator);
  await evacuate(coordinator);
  await otherwise(browser, base);
}

const first = async (page, path, fits) => (await known(page, path)).items?.find(fits);

/** A card is moved by its menu and by keys, and stands in the next column. */
async function board(page) {
  await visit(page, '/board?need=DEMO-L02');
  await sound(page, 'the board');
  const column = (name) => page.getByRole('region', { name: `Candidacies: ${name}`, exact: true }).locator('[data-card]');
  const [received, eligible] = [await column('Received').count(), await column('Eligible').count()];
  await column('Received').first().getByRole('button', { name: /^Move/ }).click();
  await sound(page, 'the menu of a card');
  await page.getByRole('button', { name: /^Find eligible/ }).click();
  await dialog(page).getByRole('button', { name: 'Find eligible' }).waitFor();
  await sound(page, 'a step of the table on the board');
  await button(dialog(page), 'Find eligible').click();
  await dialog(page).waitFor({ state: 'hidden' });
  await quiet(page);
  check(await column('Received').count() === received - 1 && await column('Eligible').count() === eligible + 1, 'the card has come from one column into the next');
  await column('Eligible').first().getByRole('link').first().focus();
  await page.keyboard.press('m');
  await button(dialog(page), 'Put on the longlist').click();
  await dialog(page).waitFor({ state: 'hidden' });
  await quiet(page);
  check(await column('Eligible').count() === eligible, 'keys take the next step too');
}

/** Several are put on the shortlist: what it does is said first. */
async function several(page) {
  await visit(page, '/board?need=DEMO-L02');
  const cards = page.getByRole('region', { name: 'Candidacies: On the longlist', exact: true }).locator('[data-card]');
  for (const one of [0, 1]) await cards.nth(one).getByRole('checkbox').check();
  await button(page, 'Put on the shortlist').click();
  await reads(page, /2 people come before the host/, 'how many come before the host is said before anything happens');
  await sound(page, 'several for the shortlist');
  await button(dialog(page), 'Not now').click();
  await dialog(page).waitFor({ state: 'hidden' });
}

/** The scores of the others stay hidden until one's own are in. */
async function judge(page) {
  let waiting;
  for (const one of (await known(page, '/candidacies?state=UNDER_ASSESSMENT')).items) {
    const whole = await known(page, `/candidacies/${one.id}`);
    if (whole.file.committee.some((seat) => seat.mine && !seat.finished)) waiting = whole;
  }
  if (!check(waiting, 'somebody waits for the judgement of the ministry')) return;
  await visit(page, `/candidacies/${waiting.id}`);
  check(waiting.file.scores.length === 0 && !(await page.getByRole('table', { name: 'Scores' }).isVisible()), 'the scores of the others are hidden');
  await sound(page, 'a candidacy before the committee');
  for (const set of await page.getByRole('radio', { name: 'Meets it', exact: true }).all()) await set.check();
  await button(page, 'Send my scores').click();
  await page.getByRole('table', { name: 'Scores' }).waitFor();
  check((await known(page, `/candidacies/${waiting.id}`)).file.scores.length > waiting.file.criteria.length, 'with one’s own in, the others’ scores are shown');
  await sound(page, 'the scores of a committee');
}

/** Two sides write to each other. */
async function converse(host, coordinator) {
  const stay = await first(host, '/placements?state=ON_DUTY', () => true);
  if (!check(stay, 'somebody is on duty at the host')) return;
  await visit(host, `/placements/${stay.reference}`);
  await host.getByLabel('Your message').fill('The keys of the office lie at the gate.');
  await button(host, 'Send').click();
  await reads(host, 'The keys of the office lie at the gate.', 'a message stands in the thread');
  await sound(host, 'a thread of messages');
  await visit(coordinator, `/placements/${stay.reference}`);
  await reads(coordinator, 'The keys of the office lie at the gate.', 'the other side reads it');
}

/** The ministry does not object, and the coordinator extends. */
async function extend(ministry, coordinator) {
  const stay = (await known(coordinator, '/placements?limit=100')).items.find((one) => one.state === 'EXTENSION_ASKED');
  if (!check(stay, 'somebody asks for more days')) return;
  await visit(ministry, `/placements/${stay.reference}`);
  await sound(ministry, 'an extension that is asked for');
  await button(ministry, 'Do not object').first().click();
  await sound(ministry, 'the question “Do not object”');
  await button(dialog(ministry), 'Do not object').click();
  await dialog(ministry).waitFor({ state: 'hidden' });
  await visit(coordinator, `/placements/${stay.reference}`);
  await button(coordinator, 'Extend the stay').first().click();
  await sound(coordinator, 'the question “Extend”');
  await button(dialog(coordinator), 'Extend the stay').click();
  await dialog(coordinator).waitFor({ state: 'hidden' });
  const after = await known(coordinator, `/placements/${stay.id}`);
  check(after.state === 'ON_DUTY' && after.to > stay.to, 'the stay ends later', `${after.state} until ${after.to}`);
}

/** What can be done with a need is asked about in dialogs that can be left. */
async function ask(page) {
  await visit(page, '/needs/DEMO-L12');
  let asked = 0;
  for (const name of ['Suspend', 'Stand down', 'Cancel for good']) {
    const act = button(page, name).first();
    if (!(await act.isVisible())) await page.getByRole('button', { name: /^Further steps:|^More/ }).first().click();
    if (!(await act.isVisible())) continue;
    await act.click();
    await dialog(page).waitFor();
    await sound(page, `the dialog “${name}” of a need`);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    asked++;
  }
  check(asked > 0, 'the acts of a need ask before anything happens', (await text(page)).slice(0, 400));
}

/** Several are brought to safety by one order. */
async function evacuate(page) {
  await visit(page, '/duty');
  await sound(page, 'the duty list');
  const boxes = page.getByRole('table').getByRole('checkbox');
  for (const one of [0, 1]) await boxes.nth(one).check();
  await page.getByRole('button', { name: /^Evacuate 2/ }).click();
  await dialog(page).getByRole('textbox').fill('Flood warning for the whole district.');
  await sound(page, 'the order to evacuate');
  await dialog(page).getByRole('button', { name: /^Evacuate 2/ }).click();
  await reads(page, /2 people are evacuated/, 'two people are evacuated by one order');
  await sound(page, 'the duty list after an order');
}

/** The same pages from the right, and in the dark. */
async function otherwise(browser, base) {
  for (const looks of [{ language: 'ar' }, { theme: 'dark' }]) {
    const page = await person(browser, base, 'coordinator', looks);
    for (const path of ['/board', '/board?view=table', '/board?view=calendar', '/board?view=now', '/duty', '/tasks']) {
      await visit(page, path);
      await sound(page, `${path}, ${looks.language ?? looks.theme}`);
    }
    await page.context().close();
  }
}
