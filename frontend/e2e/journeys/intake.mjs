// SPDX-License-Identifier: AGPL-3.0-or-later

// An officer of an association brings members in by spreadsheet: a question is
// asked, everything wrong is named at once, the good rows come in, and all of it
// is undone again.
import { quiet } from '../browser.mjs';
import { button, check, dialog, person, reads, sound, visit } from './kit.mjs';

const header = 'Prénom;Nom;Adresse e-mail;Téléphone;Né le;Pays de résidence;Profession;Compétences;Langues';

function members(n) {
  const rows = Array.from({ length: n }, (_, i) => `Awa;Diop${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]};awa${i}-${Date.now()}@example.org;06 12 34 ${String(10 + (i % 80))} ${String(10 + Math.floor(i / 80))};0${1 + (i % 9)}/0${1 + ((i + 3) % 9)}/19${60 + (i % 40)};France;${['Infirmière', 'Ingénieur civil', 'Comptable'][i % 3]};gestion de projet;Français (C1), Wolof langue maternelle`);
  rows[3] = rows[3].replace('@', '.');
  rows[5] = rows[5].replace('France', 'Frence');
  rows[7] = rows[7].replace(/;06[^;]+;/, ';12;');
  return `${header}\r\n${rows.join('\r\n')}\r\n`;
}

async function send(page, name, text) {
  await page.locator('#import-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') });
  await page.waitForURL(/\/imports\/.+/);
  await quiet(page);
}

export async function bring(browser, base, look = async () => undefined) {
  const officer = await person(browser, base, 'association');
  await visit(officer, '/imports');
  await sound(officer, 'the list of spreadsheets');
  await look(officer, 'list');
  await officer.locator('#import-file').setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from('%PDF-1.7') });
  await reads(officer, /This is a PDF/, 'a file that lies about its type is named');
  await send(officer, 'members.csv', members(60));
  await reads(officer, /does the day or the month come first/, 'what nobody can tell is asked');
  await sound(officer, 'a spreadsheet with a question');
  await officer.locator('[id^=doubt-order]').selectOption('dmy');
  await officer.locator('[id^=doubt-order]').waitFor({ state: 'detached' });
  await officer.locator('#import-originCountry').selectOption('SN');
  await reads(officer, /3 things to mend/, 'everything wrong is named at once');
  await sound(officer, 'the dry run');
  await look(officer, 'dry-run');
  await button(officer, 'Bring these people in').click();
  await reads(officer, 'All rows are done', 'the good rows come in');
  await sound(officer, 'an import that is done');
  await look(officer, 'done');
  check(/57/.test(await officer.locator('.count-new').innerText()), '57 of 60 people are new');
  await button(officer, 'Undo everything').click();
  await dialog(officer).waitFor();
  await dialog(officer).getByRole('button', { name: 'Undo everything', exact: true }).click();
  await reads(officer, /Removed: 57/, 'the whole import is undone');
  await sound(officer, 'an import that was undone');
  await officer.context().close();
}
