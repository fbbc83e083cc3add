import fs from 'node:fs';
import path from 'node:path';
import { samples, press } from './hands.mjs';
import { open } from './harness.mjs';
const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const o = await open('current'); const { page } = o;
await page.setViewport({ width: 1500, height: 1000 });
await page.evaluate((t) => window.gangtu.importBundle(t), yunxi);
await page.waitForFunction(() => document.querySelector('.lights'));
await page.evaluate(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; });
const sleep = (ms) => new Promise((d) => setTimeout(d, ms));
async function shot(name, hash, before, choices) {
  await page.evaluate((h) => { location.hash = h; }, hash); await sleep(1200);
  if (before) await before();
  await sleep(600);
  await page.evaluate(() => document.querySelector('button[aria-label="导出图片、打印"]').click());
  await page.waitForSelector('.dialog');
  await page.evaluate(() => { for (const l of document.querySelectorAll('.dialog label')) if (l.innerText.includes('打印')) { l.querySelector('input')?.click(); break; } });
  await sleep(400);
  if (name.endsWith('0')) console.log(await page.$$eval('.picture-press select', (all) => all.map((s) => [...s.options].map((x) => x.text).join('/'))));
  for (const word of choices) await page.evaluate((w) => { for (const s of document.querySelectorAll('.picture-press select')) { const x = [...s.options].find((y) => y.text.includes(w)); if (x) { s.value = x.value; s.dispatchEvent(new Event('change', { bubbles: true })); break; } } }, word), await sleep(200);
  const b = await page.evaluate(() => window.printed ?? 0);
  await press(page, '打印', '.dialog');
  await page.waitForFunction((b) => (window.printed ?? 0) > b, { timeout: 20000 }, b);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  fs.writeFileSync(`/tmp/looks/${name}.pdf`, pdf);
  console.log(name, 'pdf', pdf.length, 'images', (Buffer.from(pdf).toString('latin1').match(/\/Subtype\s*\/Image/g) ?? []).length);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await sleep(300);
}
const choose = (label, value) => async () => { await page.evaluate((v) => { for (const s of document.querySelectorAll('.picture-tools select')) { const x = [...s.options].find((y) => y.text.includes(v)); if (x) { s.value = x.value; s.dispatchEvent(new Event('change', { bubbles: true })); break; } } }, value); await sleep(900); };
const todo = process.argv.slice(2);
const jobs = {
  chart0: () => shot('chart0', '#/chart', null, []),
  chartunit: () => shot('chartunit', '#/chart', null, ['每个单位']),
  map0: () => shot('map0', '#/map', null, []),
  maphouse: () => shot('maphouse', '#/map', choose('着色', '户数'), []),
  mapbw: () => shot('mapbw', '#/map', choose('着色', '四色'), ['黑白']),
};
for (const [k, f] of Object.entries(jobs)) if (!todo.length || todo.includes(k)) { try { await f(); } catch (e) { console.log(k, e.message); await page.screenshot({path:`/tmp/looks/err-${k}.png`}); await page.evaluate(()=>document.querySelector('.dialog')&&document.dispatchEvent(new KeyboardEvent('keydown',{key:'Escape'}))); } }
await o.close();
