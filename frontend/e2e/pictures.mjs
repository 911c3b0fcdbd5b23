// SPDX-License-Identifier: AGPL-3.0-or-later

// Takes the picture of the README from a running server with the demonstration:
//   BASE=http://127.0.0.1:8080 node e2e/pictures.mjs ../docs/images
import { join } from 'node:path';
import { launch, open, quiet, signInAs } from './browser.mjs';

const base = process.env.BASE ?? 'http://127.0.0.1:8080';
const to = process.argv[2] ?? '../docs/images';
const browser = await launch();
const page = await open(browser, { base, language: 'en', height: 1180 });
await page.goto('/sign-in');
await signInAs(page, 'coordinator');
await page.goto('/needs/DEMO-03/ranking');
await page.getByText('This order is advice. People decide.').waitFor();
await page.locator('.candidate').nth(1).locator('summary').first().click();
await page.getByRole('heading', { name: 'Ranked candidates' }).last().evaluate((one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 470));
await quiet(page);
await page.screenshot({ path: join(to, 'ranking.png'), animations: 'disabled' });
await browser.close();
