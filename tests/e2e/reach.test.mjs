// Reach: what residents see stands up to axe-core's rules of WCAG 2.2 AA, at every size, and is done by keys alone.
// SPEC.md S9.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { go, press } from './hands.mjs';
import { open } from './harness.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = [[1366, 768], [360, 740], [1080, 1920]];
const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** What is against a rule: the rule, and where. */
async function faults(page) {
  await page.evaluate(axe);
  return page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(document, { runOnly: rules });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary.split('\n')[1] ?? ''}`));
  }, RULES);
}

/** The demonstration in the hands of residents. */
async function atTheCounter() {
  const opened = await open('current');
  const { page } = opened;
  await press(page, '打开示范镇');
  await page.waitForSelector('.shell');
  await go(page, '/settings');
  await press(page, '居民查询');
  await page.waitForSelector('.find-input');
  return opened;
}

async function asked(page, words) {
  await page.$eval('.find-input', (input) => input.select());
  await page.keyboard.press('Backspace');
  await page.type('.find-input', words);
  await rest(400);
}

const SCREENS = [
  ['the start of the look-up', (page) => asked(page, '')],
  ['answers', async (page) => { await asked(page, '低保'); await page.waitForSelector('.answer-open'); }],
  ['an offer for a slip of the pen', (page) => asked(page, '农村低保申青')],
  ['nothing found', async (page) => { await asked(page, '火星移民签证'); }],
  ['the chart', async (page) => { await go(page, '/chart'); await page.waitForSelector('.picture-page'); await rest(500); }],
  ['a slip to take along', async (page) => {
    await asked(page, '低保');
    await press(page, '打印或扫码带走');
    await page.waitForSelector('.slip .slip-code');
    await rest(300);
  }, (page) => page.keyboard.press('Escape')],
  ['large type', async (page) => { await asked(page, '低保'); await press(page, '大字'); await rest(200); }, (page) => press(page, '大字')],
  ['the start of the machine in the hall', async (page) => { await go(page, '/find?mode=kiosk'); await page.waitForSelector('.kiosk .tile'); await rest(200); }],
  ['the keys of the machine', async (page) => {
    await go(page, '/find?mode=kiosk');
    await page.waitForSelector('.kiosk .find-input');
    await page.click('.kiosk .find-input');
    await page.waitForSelector('.keyboard');
    await page.type('.kiosk .find-input', 'dibao');
    await rest(400);
  }, (page) => press(page, '回首页')],
  ['the map', async (page) => { await go(page, '/map'); await page.waitForSelector('.picture-page, .picture'); await rest(500); }],
];

for (const [name, reach, leave] of SCREENS) {
  test(`S9 axe finds nothing against its rules in ${name}`, async () => {
    const opened = await atTheCounter();
    const { page } = opened;
    for (const [width, height] of SIZES) {
      await page.setViewport({ width, height });
      await reach(page);
      assert.deepEqual(await faults(page), [], `${width}×${height}`);
      if (leave) await leave(page);
      if (!(await page.$('.find-input'))) {
        await go(page, '/find');
        await page.waitForSelector('.find-input');
      }
    }
    await opened.close();
  });
}

test('S9 by keys alone a resident asks, opens another answer and goes to the chart and the map', async () => {
  const opened = await atTheCounter();
  const { page } = opened;
  const focused = () => page.evaluate(() => document.activeElement.innerText?.trim() || document.activeElement.className);
  const tabTo = async (wanted) => {
    for (let at = 0; at < 60; at += 1) {
      const now = await focused();
      if (wanted(now)) return now;
      await page.keyboard.press('Tab');
    }
    throw new Error('no such stop');
  };
  await page.evaluate(() => document.querySelector('.find-input').focus());
  await page.keyboard.type('低保');
  await page.waitForSelector('.answer-open');
  const titles = await page.$$eval('.answer-title', (all) => all.map((one) => one.innerText));
  assert.ok(titles.length > 1, titles.join());
  await tabTo((now) => now.includes(titles[1]));
  await page.keyboard.press('Enter');
  await page.waitForFunction((title) => document.querySelector('.answer-open .answer-title')?.innerText === title, {}, titles[1]);
  for (const [label, hash] of [['架构图', '#/chart'], ['网格图', '#/map'], ['找岗办事', '#/find']]) {
    await page.evaluate(() => { document.activeElement.blur(); });
    await tabTo((now) => now === label);
    await page.keyboard.press('Enter');
    await page.waitForFunction((hash) => location.hash === hash, {}, hash);
  }
  await opened.close();
});
