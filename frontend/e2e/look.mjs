// SPDX-License-Identifier: AGPL-3.0-or-later

// Builds the application with its gallery, looks at it in several widths, themes
// and languages, and fails on what a machine can see to be wrong. Pictures go to
// the folder named as the first argument (test-results by default).
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { launch, open, overflow, picture, violations } from './browser.mjs';
import { serve } from './serve.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? `${root}/test-results`;
const outDir = `${root}/node_modules/.cache/gallery`;
await mkdir(folder, { recursive: true });
await build({ root, mode: 'gallery', logLevel: 'warn', build: { outDir, emptyOutDir: true } });

const looks = [
  { name: 'wide', width: 1280 },
  { name: 'wide-dark', width: 1280, dark: true },
  { name: 'phone', width: 360 },
  { name: 'phone-dark', width: 360, theme: 'dark' },
  { name: 'phone-ar', width: 360, language: 'ar' },
  { name: 'wide-ar', width: 1280, language: 'ar' },
  { name: 'narrow', width: 320, language: 'fr' },
  { name: 'narrow-pt', width: 320, language: 'pt' },
];

const scenes = {
  'sign-in': { path: '/sign-in', out: true },
  'sign-in-wrong': { path: '/sign-in', out: true, act: async (page) => { await page.locator('[type=submit]').click(); await page.locator('.notice-problem').waitFor(); } },
  home: { path: '/' },
  menu: { path: '/', act: async (page) => { await page.locator('.menu-button').last().click(); } },
  navigation: { path: '/', act: async (page) => { const button = page.locator('.top-nav-button button'); if (await button.isVisible()) await button.click(); } },
  security: { path: '/security', act: async (page) => { await page.locator('main .button-primary').click(); await page.locator('.secret').waitFor(); } },
  help: { path: '/help' },
  missing: { path: '/nowhere' },
  ui: { path: '/ui' },
  'ui-errors': { path: '/ui', act: async (page) => { await page.locator('form [type=submit]').click(); await page.locator('.error-summary').waitFor(); } },
  'ui-combobox': { path: '/ui', act: async (page) => { await page.locator('[role=combobox]').fill('wa'); await page.locator('[role=option]').first().waitFor(); await page.keyboard.press('ArrowDown'); } },
  'ui-dialog': { path: '/ui', act: async (page) => { await page.locator('#open-dialog').click(); await page.locator('dialog[open]').waitFor(); } },
  'ui-toast': { path: '/ui', act: async (page) => { await page.locator('#show-toast').click(); await page.locator('.toast').waitFor(); } },
};

// LOOK=phone,wide-ar and SCENE=ui narrow it down while one works on something.
const among = (list, name) => !list || list.split(',').includes(name);
const site = await serve(outDir);
const browser = await launch();
let wrong = 0;
let taken = 0;
for (const look of looks.filter((one) => among(process.env.LOOK, one.name))) {
  for (const [name, scene] of Object.entries(scenes).filter(([one]) => among(process.env.SCENE, one))) {
    taken++;
    site.signIn(!scene.out);
    const page = await open(browser, { base: site.base, ...look });
    await page.goto(scene.path);
    await page.locator('h1').waitFor();
    await page.waitForTimeout(250);
    await scene.act?.(page);
    const wide = await overflow(page);
    const found = [...page.faults, ...(await violations(page)), ...(wide > 0 ? [`${wide} px wider than the window`] : [])];
    for (const line of found) console.log(`${look.name} ${name}: ${line}`);
    wrong += found.length;
    await picture(page, `${folder}/${name}-${look.name}.png`);
    await page.context().close();
  }
}
await browser.close();
site.close();
console.log(wrong === 0 ? `${taken} pictures, nothing wrong.` : `${wrong} things are wrong.`);
process.exitCode = wrong === 0 ? 0 : 1;
