import { launch } from './browser.mjs';
const base = 'http://127.0.0.1:8177';
const b = await launch();
async function as(email, opts = {}) {
  const ctx = await b.newContext({ baseURL: base, viewport: { width: opts.w ?? 1280, height: 900 }, colorScheme: opts.dark ? 'dark' : 'light', locale: 'en-GB' });
  if (opts.lang) await ctx.addInitScript((l) => localStorage.setItem('sankofa.language', l), opts.lang);
  const r = await ctx.request.post('/api/v1/session', { data: { email, password: 'sankofa-demo-2027' }, headers: { Origin: base } });
  if (!r.ok()) throw new Error(email + await r.text());
  const page = await ctx.newPage();
  return page;
}
const shot = async (page, path, name) => { await page.goto(path); await page.waitForTimeout(1500); await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true }); console.log(name, await page.evaluate(() => document.documentElement.scrollWidth > innerWidth ? 'OVERFLOW' : 'ok')); };
const mode = process.argv[2];
if (mode === 'd') {
  const host = await as('host@demo.sankofa.invalid');
  await shot(host, '/delegations', 'd-give');
  const cols = await (await host.request.get('/api/v1/delegations/colleagues')).json();
  console.log(JSON.stringify(cols));
  await host.selectOption('select', { index: 1 });
  await host.fill('textarea', 'Annual leave; Abena knows the pending files.');
  await host.click('form button[type=submit]');
  await host.waitForTimeout(1200);
  await host.screenshot({ path: '/tmp/shots/d-given.png', fullPage: true });
  const taker = await as('second-host@demo.sankofa.invalid', { w: 360, dark: true });
  await shot(taker, '/delegations', 'd-asked-360');
  await taker.getByRole('button', { name: 'Agree', exact: true }).click();
  await taker.waitForTimeout(1200);
  await taker.screenshot({ path: '/tmp/shots/d-agreed-360.png', fullPage: true });
  await taker.getByRole('button', { name: /^Act for/ }).click();
  await taker.waitForTimeout(1500);
  await taker.screenshot({ path: '/tmp/shots/d-acting-360.png' });
  console.log(JSON.stringify((await (await taker.request.get('/api/v1/session')).json()).actingFor));
  await taker.setViewportSize({ width: 1280, height: 900 });
  await shot(taker, '/candidacies', 'd-cands');
  const ar = await as('host@demo.sankofa.invalid', { w: 360, lang: 'ar' });
  await shot(ar, '/delegations', 'd-ar-360');
}
if (mode === 'c') {
  const co = await as('coordinator@demo.sankofa.invalid', { lang: 'en' });
  await shot(co, '/approval-chain', 'c-chain');
  const summaries = co.locator('details.disclosure summary');
  await summaries.nth(2).click();
  await co.waitForTimeout(300);
  await co.getByLabel('Marta Rossi').check();
  await co.locator('input[inputmode=numeric], input[type=number]').first().fill('7');
  await co.screenshot({ path: '/tmp/shots/c-chain-open.png', fullPage: true });
  await co.locator('form button[type=submit]').first().click();
  await co.waitForTimeout(1200);
  await co.screenshot({ path: '/tmp/shots/c-chain-saved.png', fullPage: true });
  const m = await as('coordinator@demo.sankofa.invalid', { w: 360, dark: true, lang: 'ar' });
  await shot(m, '/approval-chain', 'c-chain-ar-360');
  await shot(co, '/selection-rules', 'c-rules');
  const anon = async (w, lang, dark) => { const ctx = await b.newContext({ baseURL: base, viewport: { width: w, height: 900 }, colorScheme: dark ? 'dark' : 'light', locale: 'en-GB' }); if (lang) await ctx.addInitScript((l) => localStorage.setItem('sankofa.language', l), lang); return ctx.newPage(); };
  const [H, M] = process.argv.slice(3);
  const p1 = await anon(1280, 'en'); await shot(p1, `/decide#${H}`, 'm-nofactor');
  const p2 = await anon(360, 'en', true); await shot(p2, `/decide#${M}`, 'm-decide-360');
  const p3 = await anon(360, 'ar'); await shot(p3, `/decide#${M}`, 'm-decide-ar-360');
  const p4 = await anon(1280, 'en'); await shot(p4, `/decide#nonsense`, 'm-over');
  await shot(p2, `/decide#${M}`, 'm-x');
  await p2.goto('/'); await p2.goto(`/decide#${M}`); await p2.waitForTimeout(1500);
  await p2.locator('input[type=radio]').first().check();
  await p2.fill('textarea', 'No objection from our side.');
  await p2.fill('input[autocomplete=one-time-code]', process.argv[5] ?? '000000');
  await p2.locator('form button[type=submit]').click();
  await p2.waitForTimeout(1500);
  await p2.screenshot({ path: '/tmp/shots/m-done-360.png', fullPage: true });
}
await b.close();
