// SPDX-License-Identifier: AGPL-3.0-or-later

// Host, ministry and coordinator decide in turn, the person accepts, and the
// placement stands.
import { quiet } from '../browser.mjs';
import { button, check, dialog, field, known, reads, sound, visit } from './kit.mjs';

/** Opens the person's candidacy and decides yes, with a reason. */
async function decide(page, name, yes, reason) {
  await visit(page, '/candidacies');
  await page.getByRole('link', { name }).first().click();
  await page.waitForURL(/\/candidacies\/.+/);
  await quiet(page);
  await page.getByRole('button', { name: new RegExp(`^${yes}`) }).first().click();
  await dialog(page).getByRole('textbox').fill(reason);
  await sound(page, `the question “${yes}”`);
  await button(dialog(page), yes).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

export async function place(host, ministry, coordinator, member, startsOn) {
  const name = /Fatou/;
  await decide(host, name, 'Endorse', 'She fits our plan.');
  await decide(ministry, name, 'No objection', 'In line with the strategy.');
  await decide(coordinator, name, 'Approve', 'All is in order.');
  await sound(coordinator, 'a candidacy');
  await visit(member, '/candidacies');
  await sound(member, 'my candidacies');
  await member.getByRole('link', { name: /Read and answer|Goutte/ }).first().click();
  await quiet(member);
  await field(member, 'I paid nobody for this').check();
  await sound(member, 'an offer');
  await button(member, 'Accept the offer').click();
  await reads(member, /You accepted/, 'the person accepts the offer');
  const placed = (await known(member, '/placements')).items;
  check(placed.length === 1 && placed[0].from === startsOn, 'and a placement exists');
  await visit(member, `/placements/${placed[0].reference}`);
  await sound(member, 'a placement');
}
