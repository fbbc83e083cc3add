// 演示: the deck is put in order, and shown with a clicker's keys; nobody is named unless asked.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, newTownship, press, samples, until, waitFor } from './hands.mjs';
import { open } from './harness.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const rest = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const title = (page, words) => page.waitForFunction(
  (words) => document.querySelector('.show-title')?.innerText === words, { timeout: 20_000, polling: 50 }, words);

test('W2 W1 a deck of live views is shown with the keys of a clicker, and a reload goes on where it was', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/show');
  await until(page, '默认的一套', '.show-deck');
  await press(page, '从头放映', '.show-deck');
  await title(page, '云溪镇');
  await opened.screenshot('show-heading');
  await page.keyboard.press('PageDown');
  await title(page, '基本情况');
  const today = new Date().toISOString().slice(0, 10);
  const holds = (one) => (!one.since || one.since <= today) && (!one.until || one.until > today);
  const posts = (await call(page, 'records', 'post')).filter(holds).length;
  await until(page, String(posts), '.show-figures');
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await page.setViewport({ width, height });
    await rest(400);
    await opened.screenshot(`show-figures-${width}`);
  }
  await page.setViewport({ width: 1366, height: 768 });
  await page.keyboard.press('ArrowRight');
  await title(page, '岗位架构');
  await rest(800);
  await opened.screenshot('show-chart');
  await opened.reload();
  await title(page, '岗位架构');
  assert.ok((await page.evaluate(() => location.hash)).startsWith('#/show/3'));
  await page.keyboard.press('b');
  await page.waitForSelector('.show-black');
  await page.keyboard.press('b');
  await page.waitForFunction(() => !document.querySelector('.show-black'));
  for (const words of ['责任链', '网格划分', '各机构人员', '履职事项分类']) {
    await page.keyboard.press(' ');
    await title(page, words);
    await rest(700);
    await opened.screenshot(`show-${words}`);
  }
  await page.keyboard.press('PageDown');
  await title(page, '履职事项分类');
  await page.keyboard.press('Escape');
  await until(page, '从头放映', '.show-deck');
  // The mode comes back one turn after the page is gone.
  await page.waitForFunction(() => document.documentElement.dataset.mode === 'desk', { timeout: 5_000, polling: 50 });
  await opened.close();
});

test('W3 nobody is named to the room unless somebody asks', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  const holdings = (await call(page, 'records', 'holding')).filter((one) => !one.until);
  const people = new Map((await call(page, 'records', 'person')).map((one) => [one.id, one]));
  const held = holdings.find((one) => people.get(one.person) && !people.get(one.person).leader);
  const name = people.get(held.person).name;
  await call(page, 'put', 'slide', { id: 's1', no: 1, title: '岗位说明', view: 'post', post: held.post });
  await go(page, '/show/1');
  await title(page, '岗位说明');
  await until(page, '有人', '.show-post');
  assert.ok(!(await page.evaluate(() => document.body.innerText)).includes(name));
  await opened.screenshot('show-post');
  await press(page, '显示姓名', '.show-foot');
  await until(page, name, '.show-post');
  await opened.reload();
  await until(page, name, '.show-post');
  await opened.close();
});

test('W1 pages are put in order, named and taken out, and each step is undone', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/show');
  await press(page, '改成自己的一套', '.show-deck');
  await page.waitForSelector('.show-row');
  const titles = () => page.$$eval('.show-what > input', (list) => list.map((one) => one.value));
  const said = (list) => page.waitForFunction(
    (list) => JSON.stringify([...document.querySelectorAll('.show-what > input')].map((one) => one.value)) === list,
    { timeout: 10_000, polling: 50 }, JSON.stringify(list));
  const first = await titles();
  assert.equal(first.length, 7);
  await page.evaluate(() => document.querySelectorAll('.show-row')[1].querySelector('[aria-label=下移]').click());
  await said([first[0], first[2], first[1], ...first.slice(3)]);
  await page.evaluate(() => {
    const input = document.querySelectorAll('.show-what > input')[2];
    input.value = '家底';
    input.dispatchEvent(new Event('change'));
  });
  await said([first[0], first[2], '家底', ...first.slice(3)]);
  await page.evaluate(() => [...document.querySelectorAll('.show-row')[3].querySelectorAll('button')].find((one) => one.innerText === '移除').click());
  await page.waitForFunction(() => document.querySelectorAll('.show-row').length === 6);
  await call(page, 'undo');
  await page.waitForFunction(() => document.querySelectorAll('.show-row').length === 7);
  await page.select('.show-add', 'change');
  await page.waitForFunction(() => document.querySelectorAll('.show-row').length === 8);
  await page.evaluate(() => {
    const input = document.querySelector('.show-row input[type=date]');
    input.value = '2020-01-01';
    input.dispatchEvent(new Event('change'));
  });
  await rest(300);
  for (const [width, height] of [[1024, 768], [390, 844]]) {
    await page.setViewport({ width, height });
    await rest(300);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${width}: ${wide} too wide`);
    await opened.screenshot(`show-deck-${width}`);
  }
  await page.setViewport({ width: 1366, height: 768 });
  await go(page, '/show/8');
  await waitFor(page, '2020年1月1日 以来');
  await rest(800);
  await opened.screenshot('show-change');
  await opened.close();
});

test('W4 a page that has nothing to show says what is missing', async () => {
  const opened = await open('current');
  const { page } = opened;
  await newTownship(page, '青石乡');
  await call(page, 'put', 'slide', { id: 's6', no: 9, title: '岗位', view: 'post' });
  const looks = [
    ['figures', '还没有内容', 's1'], ['chart', '还没有机构和岗位', 's2'], ['map', '还没有村和网格', 's3'],
    ['statistic', '还没有数据', 's4'], ['change', '还没有选和哪一天比', 's5'],
  ];
  for (const [at, [view, , id]] of looks.entries()) await call(page, 'put', 'slide', { id, no: at + 1, title: view, view });
  for (const [at, [view, words]] of looks.entries()) {
    await go(page, `/show/${at + 1}`);
    await title(page, view);
    await until(page, words, '.show-nothing');
  }
  await go(page, '/show/6');
  await until(page, '还没有选岗位', '.show-nothing');
  await opened.close();
});
