// SPDX-License-Identifier: AGPL-3.0-or-later

// The ministry teaches the vocabulary a word; it works at once; a list with
// mistakes is refused whole; the word is withdrawn and stays on record.
import { quiet } from '../browser.mjs';
import { button, check, confirm, dialog, field, known, reads, sound, take, text, visit } from './kit.mjs';

/** What a text means by the try-it box. */
async function tries(page, words, language) {
  await field(page, 'A title, a skill or a text').fill(words);
  await page.locator('#try-language').selectOption(language);
  const answered = page.waitForResponse(/vocabulary\/try/);
  await button(page, 'Show what it links to').click();
  await answered;
  await page.locator('.vocabulary-result').waitFor();
  await quiet(page);
  return (await page.locator('.vocabulary-result').innerText()).replace(/\s+/g, ' ');
}

/** Adds words by the form of the concept that is open. */
async function adds(page, language, words) {
  await page.locator('#add-words-language').selectOption(language);
  await field(page, 'Words, one a line').fill(words);
  await button(page, 'Add').click();
  await quiet(page);
}

export async function teach(ministry, coordinator) {
  await visit(ministry, '/vocabulary?kind=skill');
  await sound(ministry, 'the vocabulary');
  await take(ministry.getByRole('combobox', { name: 'Skill, in any language' }), 'irrigazione a goccia');
  await reads(ministry, 'drip irrigation', 'a concept is found in Italian and shown in English');
  const word = `ndoxum toq ${Date.now() % 1000}`;
  check(!/drip/.test(await tries(ministry, `Liggéey ci ${word}.`, 'wo')), 'before, the word means nothing');
  await adds(ministry, 'wo', `${word}\nтoq toq\nam; masno`);
  await reads(ministry, 'There is a problem', 'a list with mistakes is refused');
  check(/Line 2/.test(await text(ministry)) && /Line 3/.test(await text(ministry)), 'every mistake is named by its line at once');
  await sound(ministry, 'a list of words with mistakes');
  await adds(ministry, 'wo', word);
  await ministry.getByRole('cell', { name: 'Wolof' }).or(ministry.getByText('Wolof').first()).first().waitFor();
  check(/drip irrigation/.test(await tries(ministry, `Liggéey ci ${word.toUpperCase()}.`, 'wo')), 'a moment later a text that holds the word speaks of the concept');
  const typed = await known(coordinator, `/taxonomy/skills?q=${encodeURIComponent(word.slice(0, 8))}`);
  check(typed.items[0]?.id === 'agriculture.drip-irrigation', 'and the word is proposed while one types');
  await sound(ministry, 'a concept with a local word');
  await visit(coordinator, '/vocabulary');
  await button(coordinator, `Withdraw “${word}”`).or(coordinator.getByRole('button', { name: `Withdraw “${word}”` })).first().click();
  await dialog(coordinator).getByLabel('Why').fill('It means the pipe, not the method.');
  await sound(coordinator, 'the dialog that withdraws a word');
  await confirm(coordinator, 'Withdraw');
  await reads(coordinator, 'It means the pipe, not the method.', 'a withdrawn word stays in the list with the reason');
  check(!/drip/.test(await tries(ministry, `Liggéey ci ${word}.`, 'wo')), 'and means nothing any more');
}
