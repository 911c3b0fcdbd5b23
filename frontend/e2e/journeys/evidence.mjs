// SPDX-License-Identifier: AGPL-3.0-or-later

// Story 9 on the screens: one woman whom two associations registered is found,
// joined, and separated again; her sister at the same telephone is not taken for
// her. A referee confirms a skill by the link of a mail, and a credential is
// verified at its source.
import { quiet, signIn } from '../browser.mjs';
import { button, check, dialog, field, group, known, link, person, reads, sound, visit } from './kit.mjs';
import { mailTo, sends } from './mail.mjs';

const member = (givenName, familyName, phone, birthDate, email) => ({
  givenName, familyName, phone, birthDate, email, originCountry: 'SN', originLink: 'born', residenceCountry: 'LB', residenceStatus: 'citizen', rightOfReturn: 'yes',
  occupationTitle: 'Infirmière', isco: '2221', onsite: true,
});

/** An officer of another association, where the demonstration has one. */
async function secondAssociation(browser, base) {
  const page = await person(browser, base);
  const { items } = await known(page, '/demo-sign-ins');
  const others = items.filter((one) => one.role === 'association');
  await signIn(page, others.at(-1));
  await quiet(page);
  return page;
}

/** Finds the pair with the name in the queue of whoever decides. */
async function twice(browser, base, association, coordinator, tag) {
  const second = await secondAssociation(browser, base);
  const family = `Haddad ${tag}`;
  await sends(association, '/professionals', member('Rania', family, '0096178908941', '1988-03-14', `rania-${tag}@example.org`));
  await sends(second, '/professionals', member('رانيا', `حداد ${tag}`, '+96178908941', '1988-03-14', `r-${tag}@example.org`));
  await sends(second, '/professionals', member('Rima', family, '78908941', '1990-07-02', `rima-${tag}@example.org`));
  await visit(coordinator, '/duplicates');
  await reads(coordinator, 'Likely the same', 'the coordinator is told of one woman registered twice');
  check(!(await coordinator.getByText(`Rima ${family}`).first().isVisible()), 'her sister at the same telephone is not taken for her');
  await sound(coordinator, 'the list of possible duplicates');
}

async function together(coordinator, tag) {
  await coordinator.getByRole('row').filter({ hasText: `Haddad ${tag}` }).getByRole('link', { name: /^Compare/ }).click();
  await quiet(coordinator);
  await reads(coordinator, 'Both associations stay linked', 'the page says what joining means');
  await group(coordinator, 'E-mail address').getByRole('radio').last().check();
  await sound(coordinator, 'two records side by side');
  await button(coordinator, 'Join the two').click();
  await reads(coordinator, /Can be undone until/, 'the two are one, and it can be undone');
  await sound(coordinator, 'what was joined');
  await coordinator.getByRole('button', { name: /^Undo/ }).first().click();
  await sound(coordinator, 'the question before it is undone');
  await button(dialog(coordinator), 'Undo').click();
  await reads(coordinator, /Separated again on/, 'they are two again');
  await visit(coordinator, '/duplicates');
  await reads(coordinator, 'Likely the same', 'and are proposed again');
  await coordinator.getByRole('row').filter({ hasText: `Haddad ${tag}` }).getByRole('link', { name: /^Compare/ }).click();
  await quiet(coordinator);
  await button(coordinator, 'Not the same person').click();
  await visit(coordinator, '/duplicates?show=different');
  await reads(coordinator, `Rania Haddad ${tag}`, 'that they are two people is remembered');
}

/** The person asks, the referee answers without an account, the person sees it. */
async function confirmed(browser, base, admin, owner, tag) {
  await visit(owner, '/me/referees');
  await sound(owner, 'who confirms what I can do');
  await field(owner, 'Their name').fill('Dr. Osei');
  await field(owner, 'Their e-mail address').fill(`osei-${tag}@example.org`);
  await group(owner, 'Which skills have they seen?').getByRole('checkbox').first().check();
  await button(owner, 'Send the question').click();
  await reads(owner, 'Not answered yet', 'the question is on its way');
  const address = await mailTo(admin, `osei-${tag}@example.org`, 'Question to a referee');
  const referee = await person(browser, base);
  await visit(referee, address);
  await sound(referee, 'the page of a referee');
  await group(referee, /^What have you seen/).getByRole('checkbox').first().check();
  await field(referee, 'How do you know the work?').selectOption('supervisor');
  await button(referee, 'Confirm').click();
  await reads(referee, 'Your answer is saved', 'the referee has answered');
  await visit(owner, '/me/referees');
  await reads(owner, 'Confirmed by a referee', 'the person sees the confirmation');
  await sound(owner, 'a confirmed skill');
}

/** A credential goes its way to the source. */
async function verified(coordinator, pseudonym) {
  await visit(coordinator, '/verifications');
  await sound(coordinator, 'the cases of verification');
  await field(coordinator, 'Pseudonym').fill(pseudonym);
  await button(coordinator, 'Show their credentials').click();
  await group(coordinator, 'Which one?').getByRole('radio').first().check();
  await button(coordinator, 'Open the case').click();
  await reads(coordinator, 'Requested', 'the case is open');
  await button(coordinator, 'Save this step').click();
  await coordinator.getByRole('radio', { name: /^Confirmed/ }).check();
  await field(coordinator, 'What was said or done').fill('The council confirms the registration.');
  await sound(coordinator, 'a case of verification');
  await button(coordinator, 'Save this step').click();
  await reads(coordinator, 'The council confirms the registration.', 'the source has confirmed');
}

/** Story 9, a referee, and a verification. */
export async function evidence(browser, base) {
  const tag = String(Date.now()).slice(-6).replace(/\d/g, (d) => 'bcdfgklmnp'[Number(d)]);
  const [admin, association, coordinator] = [await person(browser, base, 'administrator'), await person(browser, base, 'association'), await person(browser, base, 'coordinator')];
  const owner = await person(browser, base, 'professional');
  await twice(browser, base, association, coordinator, tag);
  await together(coordinator, tag);
  await confirmed(browser, base, admin, owner, tag);
  await verified(coordinator, (await known(owner, '/me/professional')).pseudonym);
  await visit(owner, '/me/changes');
  await sound(owner, 'what was changed, with where it came from');
  check(await link(owner, 'Confirmations').isVisible(), 'the confirmations stand among the pages about oneself');
}
