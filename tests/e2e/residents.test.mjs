// The page where residents look: what is there, what is not, and the one way out. SPEC.md U6.

import assert from 'node:assert/strict';
import test from 'node:test';
import { open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const kernel = kernels[0];
const until = (page, look, ...args) => page.waitForFunction(look, { timeout: 10_000 }, ...args);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function chord(page, ...keys) {
  for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
  await page.keyboard.press(keys.at(-1));
  for (const key of keys.slice(0, -1)) await page.keyboard.up(key);
}

/** The demonstration, left by a clerk on a page for staff and handed to residents. */
async function atTheCounter() {
  const opened = await open(kernel);
  const { page } = opened;
  await page.evaluate(() => [...document.querySelectorAll('button')].find((b) => b.innerText.includes('打开示范镇')).click());
  await page.waitForSelector('.shell');
  await page.evaluate(() => { location.hash = '/settings'; });
  await until(page, () => document.querySelector('main h1')?.innerText === '设置');
  await page.evaluate(() => [...document.querySelectorAll('button')].find((b) => b.innerText === '居民查询').click());
  await until(page, () => document.querySelector('.find-input') !== null);
  return opened;
}

/** Where links in the page lead to. */
const links = (page) => page.$$eval('a[href]', (all) => all.map((link) => link.getAttribute('href')));

test('U6 residents find no link, button or word of staff in the page', async () => {
  const { page, close } = await atTheCounter();
  await until(page, () => location.hash === '#/find');
  const allowed = ['#main', '#/chart', '#/map', '#/find'];
  await page.type('.find-input', 'dbsq');
  await page.waitForSelector('.answer-open');
  await pause(400);
  for (const href of await links(page)) assert.ok(allowed.includes(href) || href.startsWith('tel:'), href);
  for (const part of ['.lights', '.header-palette', '.header-day', '.navigation-rest', '.navigation-open', '.answer-more']) {
    assert.equal(await page.$(part), null, part);
  }
  const buttons = await page.$$eval('button', (all) => all.map((button) => button.innerText.trim()));
  assert.deepEqual(buttons.filter((words) => /关闭示范镇|导出|撤销|修改/.test(words)), []);
  assert.ok(buttons.includes('退出查询显示'));
  await close();
});

test('U6 an address for staff leads residents to the look-up', async () => {
  const { page, close } = await atTheCounter();
  const person = (await page.evaluate(() => window.gangtu.records('person'))).find((one) => !one.leader);
  const staff = ['/', '/list/person', `/record/person/${person.id}`, '/settings', '/findings', '/log', '/data', '/import'];
  for (const hash of staff) {
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    await until(page, () => location.hash === '#/find' && document.querySelector('.find-input') !== null);
    const text = await page.evaluate(() => document.body.innerText + document.querySelector('.find-input').value);
    assert.ok(!text.includes(person.name), `${hash} names nobody`);
  }
  // A record that has a public name is looked up by it.
  const [window] = await page.evaluate(() => window.gangtu.records('window'));
  await page.evaluate((id) => { location.hash = `/record/window/${id}`; }, window.id);
  await until(page, (name) => document.querySelector('.find-input')?.value === name, window.name);
  await page.evaluate(() => { location.hash = '/chart'; });
  await page.waitForSelector('.picture-page');
  await close();
});

test('U6 keys and commands of staff are dead, and one button leads back', async () => {
  const { page, close } = await atTheCounter();
  const before = await page.evaluate(() => window.gangtu.stateHash());
  await page.evaluate(() => window.gangtu.put('zone', { name: '测试片' }));
  const after = await page.evaluate(() => window.gangtu.stateHash());
  assert.notEqual(after, before);
  await page.evaluate(() => document.activeElement.blur());
  await chord(page, 'Control', 'z');
  await chord(page, 'Control', 's');
  await pause(300);
  assert.equal(await page.evaluate(() => window.gangtu.stateHash()), after, 'nothing is taken back');
  assert.equal(await page.$('.toast'), null, 'nothing was exported');
  await chord(page, 'Control', 'k');
  await page.waitForSelector('.palette-input');
  const lines = () => page.$$eval('.palette-title', (all) => all.map((line) => line.innerText));
  assert.deepEqual(await lines(), ['架构图', '网格图', '找岗办事', '桌面显示', '高对比度']);
  await page.keyboard.type('列表');
  await pause(200);
  assert.deepEqual(await lines(), []);
  await page.keyboard.press('Escape');
  await page.evaluate(() => [...document.querySelectorAll('button')].find((b) => b.innerText.trim() === '退出查询显示').click());
  await page.waitForSelector('.lights');
  await page.evaluate(() => { location.hash = '/list/person'; });
  await until(page, () => document.querySelector('main h1')?.innerText.includes('人员'));
  await close();
});

test('S8 the telephone of an answer can be tapped', async () => {
  const { page, close } = await atTheCounter();
  await page.type('.find-input', 'dbsq');
  await page.waitForSelector('.answer-open .answer-fact a.phone');
  const [text, href] = await page.$eval('.answer-open .answer-fact a.phone', (link) => [link.innerText, link.getAttribute('href')]);
  assert.equal(href, `tel:${text}`);
  await close();
});
