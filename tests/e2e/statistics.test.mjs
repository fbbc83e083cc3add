// 统计: charts with their figures and the records behind them.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, press, run, samples, until } from './hands.mjs';
import { open } from './harness.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const rest = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

const drawn = (page) => page.waitForFunction(() => {
  const images = [...document.querySelectorAll('.statistic-image')];
  return images.length > 0 && images.every((image) => image.complete && image.naturalWidth > 0);
}, { timeout: 20_000, polling: 50 });

test('P19 statistics are drawn, told in words, and open to the records behind them', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/statistics');
  await drawn(page);
  const count = await page.$$eval('.statistic', (list) => list.length);
  assert.ok(count >= 6, `${count} charts`);
  const words = await page.$eval('#statistic-lists img', (image) => image.alt);
  const duties = await call(page, 'records', 'duty');
  const basic = duties.filter((duty) => duty.list === 'basic' && !duty.until).length;
  assert.ok(words.includes(`基本履职事项 事项 ${basic}`), words);
  await press(page, '数据和名单', '#statistic-loads');
  await until(page, '名单', '#statistic-loads');
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await page.setViewport({ width, height });
    await rest(500);
    await drawn(page);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${width}: ${wide} pixels too wide`);
    await opened.screenshot(`statistics-${width}`);
  }
  await page.setViewport({ width: 1366, height: 768 });
  const links = await call(page, 'records', 'duty_link');
  const marks = await page.$$eval('.matrix-mark', (list) => list.map((one) => one.title));
  const rows = await page.$$eval('.matrix-row', (list) => list.length);
  assert.equal(rows, duties.filter((duty) => duty.list !== 'recalled' && !duty.until).length);
  assert.ok(marks.length > 0 && marks.length <= links.length, `${marks.length} of ${links.length}`);
  // Names stay in sight however far one scrolls.
  const inSight = await page.$eval('.matrix', (matrix) => {
    matrix.scrollTo(400, 900);
    const frame = matrix.getBoundingClientRect();
    const head = matrix.querySelector('.matrix-head').getBoundingClientRect();
    const names = [...matrix.querySelectorAll('.matrix-duty')].map((one) => one.getBoundingClientRect());
    return [head.top - frame.top, Math.max(...names.map((one) => Math.abs(one.left - frame.left)))];
  });
  assert.ok(inSight[0] < 4 && inSight[1] < 4, `${inSight}`);
  await page.$eval('.matrix', (matrix) => matrix.scrollIntoView());
  await rest(300);
  await opened.screenshot('matrix');
  await run(page, '投影显示');
  await rest(500);
  await drawn(page);
  await opened.screenshot('statistics-projector');
  await run(page, '桌面显示');
  await page.click('#statistic-loads .statistic-names a');
  await page.waitForFunction(() => location.hash.startsWith('#/record/person/'));
  await opened.close();
});

test('P19 a press on a bar opens its line, with the keyboard there', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/statistics');
  const image = await page.waitForSelector('#statistic-identities img[alt]');
  await page.waitForFunction(() => document.querySelector('#statistic-identities img').naturalWidth > 0);
  await image.scrollIntoView();
  const box = await image.boundingBox();
  // The bars stand below the title; the first of them is near the top.
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  assert.match(await image.evaluate((one) => one.title), /人/);
  await page.mouse.click(box.x + box.width * 0.5, box.y + 60);
  const picked = await page.waitForSelector('#statistic-identities .statistic-picked');
  const said = await image.evaluate((one) => one.title.split('，')[0]);
  assert.equal(await picked.$eval('th', (one) => one.innerText), said);
  await page.waitForFunction(() => document.activeElement?.classList.contains('statistic-picked'));
  assert.ok((await picked.$$('a')).length > 0, 'who they are');
  await opened.screenshot('statistic-picked');
  await opened.close();
});
