// The card of a matter, taken along and in large type; what was asked. SPEC.md S14, S40–S44.

import assert from 'node:assert/strict';
import test from 'node:test';
import { go, press } from './hands.mjs';
import { open } from './harness.mjs';

const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });
const until = (page, look, ...given) => page.waitForFunction(look, { timeout: 8_000, polling: 50 }, ...given);

async function demo(kernel = 'current', viewport = { width: 1366, height: 768 }) {
  const opened = await open(kernel, { viewport });
  await press(opened.page, '打开示范镇');
  await opened.page.waitForSelector('.shell');
  return opened;
}

async function ask(page, words) {
  await page.waitForSelector('.find-input');
  await page.$eval('.find-input', (input) => input.select());
  await page.keyboard.press('Backspace');
  await page.type('.find-input', words);
  await rest(300);
}

async function asResident(page) {
  await go(page, '/settings');
  await press(page, '居民查询');
  await page.waitForSelector('.find-input');
}

test('S40 who is away is said by the post, with who stands in', async () => {
  const opened = await demo();
  const { page } = opened;
  const matter = (await page.evaluate(() => window.gangtu.records('matter'))).find((one) => one.name === '最低生活保障');
  const holdings = await page.evaluate(() => window.gangtu.records('holding'));
  const a = holdings.find((one) => one.post === matter.post && one.role !== 'b');
  await page.evaluate((id) => window.gangtu.put('person', { id, away_from: '2020-01-01' }), a.person);
  await asResident(page);
  await ask(page, '最低生活保障');
  await page.waitForSelector('.answer-open .answer-away');
  const words = await page.$eval('.answer-open .answer-away', (one) => one.innerText);
  assert.match(words, /^A 岗外出，/);
  const name = (await page.evaluate(() => window.gangtu.records('person'))).find((one) => one.id === a.person).name;
  assert.ok(!(await page.evaluate(() => document.body.innerText)).includes(name), 'nobody is named');
  await opened.close();
});

for (const kernel of ['88', 'current']) {
  test(`S41 S42 on ${kernel} the card lists papers and steps, and goes along on a slip`, async () => {
    const opened = await demo(kernel);
    const { page } = opened;
    await asResident(page);
    await ask(page, '低保');
    await page.waitForSelector('.answer-open .steps');
    const papers = await page.$$eval('.answer-open .paper', (all) => all.map((one) => one.innerText.replace(/\s+/g, ' ').trim()));
    assert.ok(papers.some((one) => one.includes('户口簿') && one.includes('原件')), papers.join());
    assert.ok((await page.$$('.answer-open .step')).length >= 4);
    await page.evaluate(() => {
      window.printed = 0;
      window.print = () => { window.printed += 1; window.sheet = document.querySelector('.press').innerText; window.rule = document.querySelector('.press style').textContent; };
    });
    await press(page, '打印或扫码带走');
    await page.waitForSelector('.slip .slip-code');
    for (const [label, rule] of [['58 毫米小票', /size:58mm \d+mm/], ['80 毫米小票', /size:80mm \d+mm/], ['A4 纸', /size:A4/]]) {
      await press(page, label);
      await rest(100);
      await opened.screenshot(`slip-${label.slice(0, 2).trim()}`);
      await press(page, '打印');
      const [sheet, said] = await page.evaluate(() => [window.sheet, window.rule]);
      assert.match(said, rule);
      for (const words of ['最低生活保障', '户口簿', '带什么', '云溪镇']) assert.ok(sheet.includes(words), `${label}: ${words}`);
    }
    await opened.close();
  });
}

test('S43 a late errand is among the reminders', async () => {
  const opened = await demo();
  const { page } = opened;
  await go(page, '/findings');
  await until(page, () => document.querySelector('main')?.innerText.includes('代办超过承诺时限'));
  await go(page, '/list/proxy_point');
  await until(page, () => document.querySelector('main')?.innerText.includes('商事全帮办服务点'));
  await opened.close();
});

test('S44 large type is 30 pixels to read and 60 to press', async () => {
  const opened = await demo('current', { width: 1080, height: 1920 });
  const { page } = opened;
  await asResident(page);
  await ask(page, '低保');
  await page.waitForSelector('.answer-open .steps');
  await press(page, '大字');
  await until(page, () => document.documentElement.dataset.size === 'large');
  await opened.screenshot('large');
  const sizes = await page.evaluate(() => {
    const shown = (one) => one.offsetHeight > 0;
    const buttons = [...document.querySelectorAll('main button, main a.button, main summary')].filter(shown);
    return [
      parseFloat(getComputedStyle(document.querySelector('.paper')).fontSize),
      Math.min(...buttons.map((one) => one.offsetHeight)),
      document.documentElement.scrollWidth > innerWidth,
    ];
  });
  assert.ok(sizes[0] >= 30 && sizes[1] >= 60 && !sizes[2], sizes.join());
  await opened.close();
});

test('S14 what found nothing becomes an everyday word in three presses, and counts go into the records', async () => {
  const opened = await demo();
  const { page } = opened;
  await go(page, '/find');
  await ask(page, '骆驼奶');
  await page.waitForSelector('.find-none');
  await rest(3_500);
  await go(page, '/asked');
  await until(page, () => document.querySelector('.asked-words')?.innerText === '骆驼奶');
  await press(page, '说的是哪件事');
  await page.type('.asked-choose .input', '低保');
  await until(page, () => document.querySelector('.asked-choose .listing-line') !== null);
  const title = await page.$eval('.asked-choose .listing-line', (one) => one.innerText);
  await page.click('.asked-choose .listing-line');
  await until(page, () => document.querySelector('.asked-words') === null);
  await opened.screenshot('asked');
  await press(page, '记入台账');
  await rest(400);
  const days = await page.evaluate(() => window.gangtu.records('ask_day'));
  assert.equal(days.length, 1);
  assert.equal(days[0].missed, 1);
  await go(page, '/find');
  await ask(page, '骆驼奶');
  await until(page, (title) => document.querySelector('.answer-open .answer-title')?.innerText === title, title);
  await opened.close();
});
