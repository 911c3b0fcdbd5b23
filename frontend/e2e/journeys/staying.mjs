// SPDX-License-Identifier: AGPL-3.0-or-later

// What has to be cleared before anybody travels, through the screens of the three
// who look after it.
import { open, quiet } from '../browser.mjs';
import { button, check, dialog, field, known, reads, sound, visit } from './kit.mjs';

const line = (page, name) => page.locator('.clearance').filter({ hasText: name });

/** The three sign, a paper that does not reach is refused, the rest is verified, and the person may travel. */
export async function clear(browser, base, { host, coordinator, member }) {
  const [placement] = (await known(member, '/placements')).items;
  const path = `/placements/${placement.reference}`;
  for (const [page, who] of [[member, 'the person'], [host, 'the host'], [coordinator, 'the coordinator']]) {
    await visit(page, path);
    for (const name of ['Participation agreement', 'Work plan']) {
      await button(line(page, name), 'Sign').click();
      await line(page, name).getByText(/Signed by:/).waitFor();
    }
    await sound(page, `the checklist of a placement, ${who}`);
  }
  await reads(coordinator, 'Verified', 'what all three have signed is verified');
  check(await button(coordinator, 'Clear for travel').isDisabled(), 'nobody travels before everything is in order');
  await insure(coordinator, placement);
  await rest(coordinator, placement);
  await visit(coordinator, path);
  await button(coordinator, 'Clear for travel').first().click();
  await sound(coordinator, 'the question “Clear for travel”');
  await button(dialog(coordinator), 'Clear for travel').click();
  await reads(coordinator, 'Everything is ready for the journey.', 'with everything in order the person may travel');
  await visit(member, path);
  check(await button(member, 'Report the departure').first().isVisible(), 'the person is offered what comes next, and nothing else');
  await otherwise(browser, base, path);
}

/** An insurance that ends a day too soon, and one that does not. */
async function insure(page, placement) {
  const bring = async (until) => {
    await button(line(page, 'Insurance'), 'Give the paper').click();
    await field(dialog(page), 'Valid from (optional)').fill(placement.from);
    await field(dialog(page), 'Valid until (optional)').fill(until);
    await sound(page, 'the dialog of a paper');
    await button(dialog(page), 'Give the paper').click();
    await dialog(page).waitFor({ state: 'hidden' });
    await quiet(page);
  };
  const verify = async () => {
    await button(line(page, 'Insurance'), 'Decide').click();
    await dialog(page).getByLabel('Verified').check();
    await button(dialog(page), 'Decide').click();
  };
  await bring(placement.from);
  await verify();
  await reads(dialog(page).page(), /It has to cover every day/, 'an insurance that is too short cannot be verified');
  await button(dialog(page), 'Not now').click();
  await bring(placement.to);
  await verify();
  await dialog(page).waitFor({ state: 'hidden' });
}

/** Everything else, by the API: the screens have been seen. */
async function rest(page, { id }) {
  for (;;) {
    const { version, file } = await known(page, `/placements/${id}`);
    const open = file.clearances.find((one) => !one.done);
    if (!open) return;
    const said = await page.request.post(`/api/v1/placements/${id}/clearances/${open.kind}/decision`, {
      headers: { 'If-Match': `"${version}"` }, data: { state: 'WAIVED', ...(open.kind === 'medical' ? {} : { note: 'Not needed in this story.' }) },
    });
    if (!check(said.ok(), `${open.kind} is waived with a reason`, await said.text())) return;
  }
}

/** A code that nobody issued, for whoever is not signed in. */
async function otherwise(browser, base) {
  const page = await open(browser, { base });
  await visit(page, '/certificates');
  await sound(page, 'the page that checks certificates');
  await field(page, 'Code of the certificate').fill('abcd-efgh');
  await button(page, 'Check').click();
  await reads(page, 'No certificate has this code', 'a code that nobody issued is no certificate');
  await sound(page, 'a code that nobody issued');
  await page.context().close();
}
