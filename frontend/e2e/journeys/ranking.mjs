// SPDX-License-Identifier: AGPL-3.0-or-later

// The coordinator reads the ranking and its reasons, narrows it, works it by keys,
// puts people side by side and some of them on the shortlist; later the frozen
// ranking is opened and computed again. The person reads the reverse.
import { quiet } from '../browser.mjs';
import { button, check, dialog, field, known, link, reads, sound, text, visit } from './kit.mjs';

const card = (page, pseudonym) => page.locator(`[id="candidate-${pseudonym}"]`);

/** Reads the conditions, the line of reasons and every level below it. */
export async function rank(coordinator, reference, pseudonym) {
  await visit(coordinator, `/needs/${reference}/ranking`);
  await reads(coordinator, 'Tie to the country', 'the conditions stand above the list');
  const gains = (await known(coordinator, `/needs/${reference}/loosening`)).items;
  check(gains.length === 5, 'what loosening each of five conditions would bring in is known');
  const one = card(coordinator, pseudonym);
  check(await one.isVisible(), 'the new member is among the ranked candidates, by pseudonym');
  check(!(await text(coordinator)).includes('Fatou'), 'nobody is named in the ranking');
  const line = (await one.locator('.candidate-line').innerText()).trim();
  check(/(Agronoma for 11 years|knows drip irrigation|knows farmer training)/i.test(line) && line.endsWith('.'), 'a card says in one plain line why', line);
  await sound(coordinator, 'the ranking');
  await one.locator('summary').first().click();
  check(/drip irrigation/.test(await one.innerText()), 'the second level names the concept between the words of both sides');
  const points = await one.locator('tbody .table-number').allInnerTexts();
  const sum = points.reduce((all, text) => all + Number(/^\d+/.exec(text)?.[0] ?? NaN), 0);
  const score = Number((await one.locator('.score-number b').innerText()).replace(/\D/g, ''));
  check(points.length > 5 && sum === score, 'the points of all criteria add up to the score', `${sum} and ${score}`);
  await one.getByText('What the person wrote that fits').click();
  await one.locator('mark').first().waitFor();
  check(/irrigazione/i.test((await one.locator('mark').allInnerTexts()).join(' ')), 'the words that met the need are marked in what the person wrote');
  await sound(coordinator, 'the second level of a card');
}

/** Narrows the list without a request, and goes through it by keys alone. */
export async function byKeys(coordinator, pseudonym) {
  let asked = 0;
  const count = (request) => { if (request.url().includes('/ranking')) asked++; };
  coordinator.on('request', count);
  await field(coordinator, 'Look for').fill(pseudonym.slice(2));
  check((await coordinator.locator('.candidate').count()) === 1 && asked === 0, 'the list is narrowed without a request');
  await field(coordinator, 'Look for').fill('nobody writes this');
  await reads(coordinator, 'Nobody among those shown', 'a search that finds nobody says so');
  await sound(coordinator, 'a list narrowed to nobody');
  await button(coordinator, 'Show all').click();
  coordinator.off('request', count);
  await coordinator.locator('h1').click();
  for (const key of ['j', 'x', 'j', 'x']) await coordinator.keyboard.press(key);
  await reads(coordinator, '2 people chosen', 'two people are chosen by keys');
  await coordinator.keyboard.press('?');
  await sound(coordinator, 'the keys');
  await button(dialog(coordinator), 'Close').click();
  await coordinator.keyboard.press('c');
  await coordinator.waitForURL(/\/compare\?people=/);
  await quiet(coordinator);
}

/** Reads people side by side, pins one, looks at differences only, and goes back. */
export async function compare(coordinator) {
  check((await coordinator.getByRole('columnheader').count()) === 3, 'two people stand side by side');
  await sound(coordinator, 'people side by side');
  const second = await coordinator.getByRole('columnheader').nth(2).innerText();
  await coordinator.getByRole('button', { name: `Pin ${second}` }).click();
  await quiet(coordinator);
  check((await coordinator.getByRole('columnheader').nth(1).innerText()) === second, 'who is pinned stands first');
  const all = await coordinator.getByRole('rowheader').count();
  await field(coordinator, 'Only what differs').check();
  await quiet(coordinator);
  const some = await coordinator.getByRole('rowheader').count();
  check(some > 0 && some < all, 'only what differs is left', `${some} of ${all}`);
  await coordinator.reload();
  await quiet(coordinator);
  check((await coordinator.getByRole('rowheader').count()) === some, 'a reload shows the same comparison');
  await sound(coordinator, 'the differences between people');
  await link(coordinator, 'Back to the list').first().click();
  await quiet(coordinator);
}

/** Freezes the ranking and puts somebody on the shortlist; only then the host learns the name. */
export async function shortlist(coordinator, host, reference, pseudonym) {
  await visit(host, `/needs/${reference}/shortlist`);
  check(!(await text(host)).includes('Fatou'), 'the host knows no name before the shortlist');
  await visit(coordinator, `/needs/${reference}/ranking`);
  await coordinator.getByRole('checkbox', { name: new RegExp(pseudonym) }).check();
  await button(coordinator, 'Put on the shortlist').first().click();
  await reads(coordinator, 'One person leaves the host no choice. If it must be so, say why below.', 'the size of a shortlist is judged');
  await field(dialog(coordinator), 'Why these people').fill('She knows the method and the language; nobody else does.');
  await sound(coordinator, 'the dialog of the shortlist');
  await button(dialog(coordinator), 'Put on the shortlist').click();
  await coordinator.waitForURL(/\/shortlist$/);
  await visit(host, `/needs/${reference}/shortlist`);
  await reads(host, /Fatou/, 'the host sees the name now');
  await sound(host, 'the shortlist');
}

/** Opens the frozen ranking, which is unchanged, and computes it again. */
export async function frozen(coordinator, reference) {
  const [kept] = (await known(coordinator, `/needs/${reference}/snapshots`)).items;
  await visit(coordinator, `/snapshots/${kept.id}`);
  await reads(coordinator, 'Unchanged', 'the frozen ranking is unchanged');
  await sound(coordinator, 'a frozen ranking');
  await button(coordinator, 'Compute it again').click();
  await reads(coordinator, 'The same came out', 'computed again, the same comes out');
  await sound(coordinator, 'a frozen ranking that was computed again');
}

/** The person reads the needs that suit them, why, and what would help. */
export async function suits(member, association) {
  await visit(member, '/suiting');
  check((await member.locator('.suiting').first().locator('.suiting-reasons > li').count()) >= 3, 'a need that suits a person says at least three reasons');
  check(!/\brank\b/i.test(await text(member)), 'and no place among others');
  await sound(member, 'needs that suit me');
  const step = member.locator('.next-steps a').first();
  if (await step.isVisible()) {
    await step.click();
    await member.waitForURL(/\/me\?part=/);
    await button(member, 'Save this part').first().waitFor();
    check(true, 'a next step opens the part of the profile where it can be taken');
  }
  const [first] = (await known(association, '/professionals')).items;
  await visit(association, `/professionals/${first.id}/needs`);
  await sound(association, 'needs that suit a member');
}
