import { open } from './harness.mjs';
import { call, go, press, samples } from './hands.mjs';
import fs from 'node:fs';
import path from 'node:path';
const [w, h] = (process.argv[2] ?? '1366x768').split('x').map(Number);
const o = await open('current', { viewport: { width: w, height: h } });
const { page } = o;
await call(page, 'importBundle', fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8'));
const shot = async (name) => { await new Promise((r) => setTimeout(r, 900)); await page.screenshot({ path: `/tmp/shots/${name}-${w}.png` }); };
for (const what of process.argv.slice(3)) {
  if (what === 'work' || what === 'force' || what === 'score') {
    await go(page, '/'); await new Promise((r) => setTimeout(r, 300)); await go(page, '/chart');
    await page.waitForSelector('.picture-world');
    if (what === 'work') await page.select('.picture-choice select', '任务链');
    if (what !== 'work') {
      await page.select('.picture-choice select', '上下');
      await press(page, '显示');
      await page.waitForSelector('.chart-more input');
      const want = what === 'force' ? '专班' : '考评档次';
      await page.evaluate((want) => { for (const l of document.querySelectorAll('.chart-more label')) { const i = l.querySelector('input'); if (i.checked !== (l.innerText.trim() === want)) i.click(); } }, want);
    }
    await shot(what);
    if (what === 'work') { await page.mouse.move(w / 2, h / 2); for (let i = 0; i < 3; i++) await page.mouse.wheel({ deltaY: -300 }); await shot('work-near'); }
  } else if (what === 'gg') {
    await go(page, '/chart'); await page.waitForSelector('.picture-world'); await new Promise((r) => setTimeout(r, 800));
    await page.screenshot({ path: `/tmp/shots/gg0-${w}.png` });
    await page.mouse.move(660, 560); for (let i = 0; i < 4; i++) await page.mouse.wheel({ deltaY: -200 });
    await shot('gg');
  } else if (what.startsWith('map-')) {
    await go(page, '/map');
    await page.waitForSelector('.picture-choice select');
    await page.select('.picture-choice select', what.slice(4));
    await shot(what);
  } else if (what === 'statistics') {
    await go(page, '/statistics');
    await page.waitForSelector('#statistic-gantt img');
    await new Promise((r) => setTimeout(r, 1500));
    for (const id of ['gantt', 'burn-up', 'tasks', 'five', 'bands', 'ranks', 'flow', 'case-months', 'outcomes']) {
      const el = await page.$(`#statistic-${id}`);
      await el.screenshot({ path: `/tmp/shots/st-${id}-${w}.png` });
    }
    await shot('statistics');
  } else { await go(page, what); await new Promise((r) => setTimeout(r, 1200)); await shot(what.replaceAll('/', '_')); }
}
await o.close();
