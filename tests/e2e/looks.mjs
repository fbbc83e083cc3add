// Remakes docs/pictures: every picture of 云溪镇 at a desk, on a projector, on paper and in high contrast, in
// `GANGTU_LOOKS`; with `GANGTU_LARGE` in 4K instead, for eyes that look for faults. Called by `cargo xtask looks`;
// tests nothing.

import fs from 'node:fs';
import path from 'node:path';
import { call, go, press, run, samples, until } from './hands.mjs';
import { open, packed } from './harness.mjs';

const folder = process.env.GANGTU_LOOKS;
const large = Boolean(process.env.GANGTU_LARGE);
const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });
const DESK = { width: 1366, height: 768, deviceScaleFactor: large ? 2.8 : 0.9 };
/** A3, lying. */
const PAPER = { width: 1587, height: 1123, deviceScaleFactor: large ? 2.4 : 0.8 };
const PROJECTOR = { width: 1920, height: 1080, deviceScaleFactor: large ? 2 : 0.65 };

const form = (label) => async (page) => {
  await go(page, '/chart');
  const list = await page.waitForSelector('.picture-tools select');
  await list.select(label);
};
const at = (address, selector) => async (page) => {
  await go(page, address);
  await page.waitForSelector(selector);
};

async function lines(page) {
  await form('机构板')(page);
  if (!(await page.$('.chart-more'))) await press(page, '显示');
  await page.waitForSelector('.chart-more input');
}

async function withoutLines(page) {
  if (await page.$('.chart-more')) await press(page, '显示');
}

/** A village cannot be drawn before somebody chose it: the page is shown as it opens. */
const drawing = at('/map/draw', '.drawing-piece');

async function exporting(page) {
  await form('上下')(page);
  await (await page.waitForSelector('button[aria-label="导出图片、打印"]')).click();
  await page.waitForSelector('.dialog');
  await page.evaluate(() => {
    [...document.querySelectorAll('.dialog label')].find((one) => one.innerText.includes('打印')).querySelector('input').click();
  });
}

const closeDialog = (page) => page.keyboard.press('Escape');

async function shown(page) {
  await go(page, '/show/3');
  await page.waitForSelector('.show-title');
}

/** Presses what prints a picture, in the dialog of 导出图片. */
async function byDialog(page) {
  await (await page.waitForSelector('button[aria-label="导出图片、打印"]')).click();
  await page.waitForSelector('.dialog');
  await page.evaluate(() => {
    [...document.querySelectorAll('.dialog label')].find((one) => one.innerText.includes('打印')).querySelector('input').click();
  });
  await page.waitForSelector('.picture-press');
  await press(page, '打印', '.dialog');
}

const onBoard = (page) => press(page, '打印', '.board-preview');
/** A page that is printed as it stands. */
const asItStands = (page) => page.evaluate(() => window.print());

/** Name, how it is reached, how it is left; `paper` is how it is printed, `looks` where not all make sense. */
const PICTURES = [
  { name: 'chart', reach: form('上下'), paper: byDialog },
  { name: 'across', reach: form('左右'), paper: byDialog },
  { name: 'boards', reach: form('机构板'), paper: byDialog },
  { name: 'wall', reach: form('挂图'), paper: byDialog },
  { name: 'chain', reach: form('责任链'), paper: byDialog },
  { name: 'work', reach: form('任务链'), paper: byDialog },
  { name: 'lines', reach: lines, leave: withoutLines, paper: byDialog },
  { name: 'map', reach: at('/map', '.picture-world'), paper: byDialog },
  { name: 'statistics', reach: at('/statistics', '.statistic, figure, main svg'), paper: asItStands },
  { name: 'board', reach: at('/board', '.board-sheet'), paper: onBoard },
  { name: 'drawing', reach: drawing },
  { name: 'export', reach: exporting, leave: closeDialog, looks: ['desk'] },
  { name: 'show', reach: shown, leave: closeDialog, looks: ['projector'] },
  { name: 'find', reach: at('/find?q=吃低保', '.answer, [role=option], main li'), looks: ['desk', 'projector', 'contrast'] },
];

async function keep(page, name, look) {
  const ending = large ? 'png' : 'webp';
  const kind = large ? {} : { quality: 60 };
  await page.screenshot({ path: path.join(folder, `${name}-${look}.${ending}`), type: ending, ...kind });
}

/** The first sheet, as paper has it. */
async function onPaper(page, { name, paper }) {
  await page.evaluate(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
  await paper(page);
  await page.waitForFunction(() => window.printed > 0, { timeout: 20_000, polling: 50 });
  await page.emulateMediaType('print');
  await page.setViewport(PAPER);
  await rest(300);
  await keep(page, name, 'print');
  await page.emulateMediaType(null);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
}

async function look(page, name, picture, viewport) {
  await page.setViewport(viewport);
  await picture.reach(page);
  await rest(1_200);
  await keep(page, picture.name, name);
}

fs.mkdirSync(folder, { recursive: true });
const opened = await open('current', { file: packed });
const { page } = opened;
await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
await page.setViewport(DESK);
await call(page, 'importBundle', yunxi);
await until(page, '云溪镇');
const ROUNDS = [
  ['desk', DESK, null, null],
  ['projector', PROJECTOR, '投影显示', '桌面显示'],
  ['contrast', DESK, '高对比度', '高对比度'],
];
for (const [name, viewport, before, after] of ROUNDS) {
  await page.setViewport(viewport);
  if (before) await run(page, before);
  for (const picture of PICTURES.filter(({ looks }) => !looks || looks.includes(name))) {
    await look(page, name, picture, viewport);
    if (name === 'desk' && picture.paper) {
      await onPaper(page, picture);
      await page.setViewport(viewport);
    }
    await picture.leave?.(page);
  }
  await go(page, '/');
  if (after) await run(page, after);
}
await opened.close();
const files = fs.readdirSync(folder).filter((one) => /\.(webp|png)$/.test(one));
const bytes = files.reduce((sum, one) => sum + fs.statSync(path.join(folder, one)).size, 0);
console.log(`${files.length} pictures, ${Math.round(bytes / 1000)} kB, in ${folder}`);
process.exit(0);
