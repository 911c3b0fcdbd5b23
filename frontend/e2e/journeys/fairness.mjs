// SPDX-License-Identifier: AGPL-3.0-or-later

// The coordinator looks at how groups fare, at the scores over time and at the
// log of shown rankings; the ministry reads figures, and not who saw what.
import { quiet } from '../browser.mjs';
import { check, dialog, known, reads, sound, text, visit } from './kit.mjs';

export async function watched(coordinator, ministry) {
  await visit(coordinator, '/needs/DEMO-03/ranking');
  await visit(coordinator, '/fairness');
  await reads(coordinator, 'Signals, not verdicts', 'the report says what a signal is');
  await reads(coordinator, 'withheld', 'numbers that could point at somebody are withheld and marked');
  await sound(coordinator, 'fairness by sex');
  for (const by of ['age', 'region', 'language']) {
    await visit(coordinator, `/fairness?by=${by}`);
    await sound(coordinator, `fairness by ${by}`);
  }
  const [newest] = (await known(coordinator, '/fairness/rankings?limit=1')).items;
  check(newest.reference === 'DEMO-03' && !newest.demo && newest.viewer === coordinator.account.name, 'the ranking that was just shown is in the log, with who saw it');
  await coordinator.getByRole('button', { name: /^Show the \d+ (person|people) of DEMO-03/ }).first().click();
  await dialog(coordinator).getByText(/^P-/).first().waitFor();
  await sound(coordinator, 'the people of a ranking that was shown');
  const sheet = await coordinator.request.get('/api/v1/fairness/rankings.csv');
  check(sheet.headers()['content-type'].startsWith('text/csv') && /DEMO-03/.test(await sheet.text()), 'the log is exported as CSV');
  await visit(ministry, '/fairness');
  await quiet(ministry);
  check(!/Rankings that were shown/.test(await text(ministry)), 'the ministry reads figures, and not who saw which ranking');
  await sound(ministry, 'fairness for the ministry');
}
