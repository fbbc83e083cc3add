// 任务链, reviews, ranks and cases in the page: chosen, drawn, told in words, and for staff only.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, press, run, samples, until } from './hands.mjs';
import { open } from './harness.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const rest = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

const township = async (hash) => {
  const opened = await open('current');
  await call(opened.page, 'importBundle', yunxi);
  await go(opened.page, hash);
  return opened;
};

const options = (page) => page.$$eval('.picture-choice option', (list) => list.map((one) => one.innerText));

const drawn = (page, id) => page.waitForFunction((id) => {
  const image = document.querySelector(`#statistic-${id} img`);
  return image?.complete && image.naturalWidth > 0;
}, { timeout: 20_000, polling: 50 }, id);

test('P31 staff see strategies, actions and tasks as a chain, residents do not', async () => {
  const opened = await township('/chart');
  const { page } = opened;
  await page.waitForFunction(() => [...document.querySelectorAll('.picture-choice option')]
    .some((one) => one.innerText === '任务链'), { timeout: 20_000, polling: 50 });
  await page.select('.picture-choice select', '任务链');
  await press(page, '目录');
  await until(page, '特色产业提质行动', '.outline');
  await until(page, '缺专班', '.outline');
  // A task opens as its card in the picture would: Enter on its line.
  await page.focus('.outline [tabindex="0"]');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /record\/(task|action|strategy)\//.test(location.hash));
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await page.setViewport({ width, height });
    await go(page, '/chart');
    await rest(900);
    await opened.screenshot(`work-${width}`);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${width}: ${wide} pixels too wide`);
  }
  await page.setViewport({ width: 1366, height: 768 });
  await run(page, '居民查询显示');
  await rest(300);
  await go(page, '/chart');
  await page.waitForSelector('.picture-choice option');
  assert.ok(!(await options(page)).includes('任务链'));
  const legend = await page.$eval('.picture-legend', (image) => decodeURIComponent(image.src));
  assert.ok(legend.includes('精业实干岗') && !legend.includes('责任岗位'), 'the chain is left');
  await opened.close();
});

test('P32 P33 P34 charts over time are drawn and open to their records; ranks only where they are published', async () => {
  const opened = await township('/statistics');
  const { page } = opened;
  for (const id of ['gantt', 'burn-up', 'five', 'ranks', 'flow', 'case-months']) {
    await page.waitForSelector(`#statistic-${id}`);
    await page.$eval(`#statistic-${id}`, (one) => one.scrollIntoView());
    await drawn(page, id);
  }
  const words = await page.$eval('#statistic-tasks img', (image) => image.alt);
  assert.match(words, /已完成 任务 15/);
  await press(page, '数据和名单', '#statistic-gantt');
  await until(page, '迁坟安置', '#statistic-gantt');
  await until(page, '2026年3月2日', '#statistic-gantt');
  const [town] = await call(page, 'records', 'town');
  await call(page, 'put', 'town', { id: town.id, ranking: 'never' });
  await until(page, '排名没有画');
  assert.equal(await page.$('#statistic-ranks'), null);
  await opened.close();
});

test('P33 a post has its portrait and a person their five dimensions, with the reasons', async () => {
  const opened = await township('/record/post/pa3');
  const { page } = opened;
  await page.waitForSelector('.record-figures img');
  await until(page, '职责饱和：', '.record-figures');
  await until(page, '资源配置合理：', '.record-figures');
  const [review] = await call(page, 'records', 'review');
  await go(page, `/record/person/${review.person}`);
  await page.waitForFunction(
    () => document.querySelector('.record-figures img')?.alt.includes('政治忠诚度'),
    { timeout: 20_000, polling: 50 },
  );
  await opened.screenshot('person-five');
  await opened.close();
});

test('P34 the map is coloured by cases and by reviews for staff', async () => {
  const opened = await township('/map');
  const { page } = opened;
  const said = (words) => page.waitForFunction(
    (words) => decodeURIComponent(document.querySelector('.picture-legend')?.src ?? '').includes(words),
    { timeout: 20_000, polling: 50 }, words);
  await page.waitForFunction(() => document.querySelector('option[value="cases"]'), { timeout: 20_000, polling: 50 });
  await page.select('.picture-choice select', 'cases');
  await said('件/百户');
  await page.select('.picture-choice select', 'band');
  await said('待提升');
  await page.select('.picture-choice select', 'colour');
  await said('软弱涣散村，限期整顿');
  await run(page, '居民查询显示');
  await rest(300);
  await go(page, '/map');
  await page.waitForSelector('.picture-choice option');
  assert.equal(await page.$('option[value="cases"]'), null);
  await opened.close();
});

test('P35 all of a picture stands small in a corner while a part of it is seen, and leads there', async () => {
  const opened = await township('/chart');
  const { page } = opened;
  await page.waitForSelector('.picture-world');
  await rest(800);
  assert.equal(await page.$('.picture-overview'), null, 'all is seen');
  await page.mouse.move(700, 400);
  for (let at = 0; at < 6; at += 1) await page.mouse.wheel({ deltaY: -200 });
  await page.waitForSelector('.picture-overview canvas');
  const seen = () => page.$eval('.picture-overview-seen', (one) => one.getBoundingClientRect().toJSON());
  const before = await seen();
  const all = await page.$eval('.picture-overview-all', (one) => one.getBoundingClientRect().toJSON());
  assert.ok(before.width > 4 && before.width < all.width * 0.8, `${before.width} of ${all.width}`);
  await page.mouse.click(all.x + all.width * 0.15, all.y + all.height * 0.3);
  await rest(200);
  const after = await seen();
  assert.ok(Math.abs(after.x + after.width / 2 - (all.x + all.width * 0.15)) < 12, JSON.stringify(after));
  await opened.screenshot('overview');
  await page.click('[aria-label="看全图"]');
  await page.waitForFunction(() => !document.querySelector('.picture-overview'));
  await opened.close();
});
