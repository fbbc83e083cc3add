// 公示栏: chosen on the page, seen as it will be printed, and printed with words as words.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, press, samples, until } from './hands.mjs';
import { open } from './harness.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const rest = (ms) => new Promise((done) => setTimeout(done, ms));

/** What stands on the sheet that is looked at. */
const sheet = (page) => page.$eval('.board-sheet', (image) => decodeURIComponent(image.src));

const tick = (page, words) => page.evaluate((words) => {
  const label = [...document.querySelectorAll('.board label')].find((one) => one.innerText.trim() === words);
  label.querySelector('input').click();
}, words);

test('P26 the board is chosen, seen and printed, and names nobody who is not to be named', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  const people = await call(page, 'records', 'person');
  const others = people.filter((one) => !one.leader).map((one) => one.name);
  await go(page, '/board');
  await page.waitForSelector('.board-sheet');
  assert.ok((await sheet(page)).includes('云溪镇岗位公示栏'));
  const named = async () => {
    const svg = await sheet(page);
    return others.filter((name) => svg.includes(`>${name}<`)).length;
  };
  assert.equal(await named(), 0);
  await tick(page, '班子成员以外的人也写姓名');
  await until(page, '请先问过本人', '.board');
  await page.waitForFunction((names) => {
    const svg = decodeURIComponent(document.querySelector('.board-sheet').src);
    return names.some((name) => svg.includes(`>${name}<`));
  }, { timeout: 10_000, polling: 50 }, others);
  await tick(page, '班子成员以外的人也写姓名');
  // Every sheet, one after the other.
  await page.select('.board-wishes select', '1');
  await until(page, '第 1 张', '.board-preview');
  assert.match(await sheet(page), /目录|第 \d+ 张/);
  await page.click('[aria-label=下一张]');
  await until(page, '第 2 张', '.board-preview');
  await opened.screenshot('board-unit');
  await page.select('.board-wishes select', '0');
  await page.click('[aria-label=上一张]');
  // On paper: as many sheets as were told, and words, not drawings of words.
  await page.evaluate(() => { window.print = () => { window.printed = document.querySelectorAll('.press-sheet').length; window.paper = document.querySelector('.press').innerHTML; }; });
  const told = await page.$eval('.board-preview .number', (node) => Number(/共 (\d+) 张/.exec(node.innerText)[1]));
  await press(page, '打印', '.board-preview');
  await page.waitForFunction(() => window.printed > 0, { timeout: 10_000, polling: 50 });
  assert.equal(await page.evaluate(() => window.printed), told);
  assert.match(await page.evaluate(() => window.paper), /<text[^>]*>党政综合办公室<\/text>/);
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await page.setViewport({ width, height });
    await rest(300);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${width}: ${wide} too wide`);
    await opened.screenshot(`board-${width}`);
  }
  await opened.close();
});

test('P29 the board is found as it was left, but for whose names are said', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/board');
  await page.waitForSelector('.board-sheet');
  await page.select('.board-wishes select', '1');
  await tick(page, '职责');
  await tick(page, '班子成员以外的人也写姓名');
  await page.$eval('.board-wishes input.input', (input) => {
    input.value = '便民公示';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.waitForFunction(() => decodeURIComponent(document.querySelector('.board-sheet').src).includes('便民公示'), { timeout: 10_000, polling: 50 });
  await page.reload();
  await page.waitForSelector('.board-sheet');
  const ticked = (words) => page.evaluate((words) => [...document.querySelectorAll('.board label')]
    .find((one) => one.innerText.trim() === words).querySelector('input').checked, words);
  assert.equal(await page.$eval('.board-wishes input.input', (input) => input.value), '便民公示');
  assert.equal(await page.$eval('.board-wishes select', (select) => select.value), '1');
  assert.equal(await ticked('职责'), true);
  assert.equal(await ticked('班子成员以外的人也写姓名'), false);
  await opened.close();
});

test('P30 what was printed is remembered, and what has changed since is told', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/board');
  await page.waitForSelector('.board-preview .number');
  assert.equal(await page.$('.last-print'), null, 'nothing was printed yet');
  await page.evaluate(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; });
  await press(page, '打印', '.board-preview');
  await page.waitForFunction(() => window.printed === 1, { timeout: 10_000, polling: 50 });
  // No words take the looks of another sheet.
  const rimmed = await page.$$eval('.press-sheet svg text', (all) => all.filter((one) => getComputedStyle(one).stroke !== 'none').length);
  assert.equal(rimmed, 0);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await go(page, '/settings');
  await go(page, '/board');
  await until(page, '印出来的内容没有变化', '.last-print');
  const posts = await call(page, 'records', 'post');
  const post = posts.find((one) => one.title === '组织人事岗');
  await call(page, 'put', 'post', { id: post.id, phone: '10008819999' });
  await until(page, '有变化的：', '.last-print');
  await until(page, '此后台账有 1 次改动', '.last-print');
  await opened.screenshot('last-print');
  // Only that sheet is printed again, with the number it has among all.
  const all = await page.$eval('.board-preview .number', (one) => one.innerText);
  await page.click('.last-print .check input');
  await press(page, '打印', '.board-preview');
  await page.waitForFunction(() => window.printed === 2, { timeout: 10_000, polling: 50 });
  const heads = await page.$$eval('.press-sheet', (sheets) => sheets.map((one) => one.innerText));
  assert.equal(heads.length, 1, all);
  const [, number, count] = /第 (\d+) 张，共 (\d+) 张/.exec(heads[0]);
  assert.ok(all.includes(count) && Number(count) > 1 && Number(number) <= Number(count), `${all}: ${heads}`);
  assert.ok((await page.$$eval('.press-sheet svg text', (words) => words.map((one) => one.textContent).join(' '))).includes('10008819999'));
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await until(page, '印出来的内容没有变化', '.last-print');
  await opened.close();
});
