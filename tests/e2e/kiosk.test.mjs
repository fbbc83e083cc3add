// 查询机: by touch alone a resident finds, and only staff lead out. SPEC.md S20–S22.

import assert from 'node:assert/strict';
import test from 'node:test';
import { go, press } from './hands.mjs';
import { open } from './harness.mjs';

const PORTRAIT = { width: 1080, height: 1920 };
const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });
const until = (page, look, ...given) => page.waitForFunction(look, { timeout: 8_000, polling: 50 }, ...given);

/** The demonstration as a machine in the hall. */
async function inTheHall(kernel = 'current', { code = '', idle = '' } = {}) {
  const opened = await open(kernel, { viewport: PORTRAIT });
  const { page } = opened;
  await press(page, '打开示范镇');
  await page.waitForSelector('.shell');
  await page.evaluate((code, idle) => {
    if (idle) localStorage.setItem('gangtu:kiosk-idle', idle);
  }, code, idle);
  await go(page, '/settings');
  if (code) {
    await page.type('input[placeholder="4 到 8 位数字"]', code);
    await page.evaluate(() => {
      const setting = [...document.querySelectorAll('.setting')].find((one) => one.innerText.includes('退出码'));
      [...setting.querySelectorAll('button')].find((one) => one.innerText.trim() === '保存').click();
    });
    await rest(200);
  }
  await press(page, '开始当查询机');
  await page.waitForSelector('.kiosk');
  return opened;
}

const touch = async (page, selector, words) => {
  await page.evaluate((selector, words) => {
    const all = [...document.querySelectorAll(selector)];
    all.find((one) => words === undefined || one.innerText.trim().includes(words)).click();
  }, selector, words);
};

for (const kernel of ['88', 'current']) {
  test(`S20 on ${kernel} letters are pressed, a word is chosen, and the card stands there`, async () => {
    const opened = await inTheHall(kernel);
    const { page } = opened;
    assert.equal(await page.$('.navigation'), null);
    assert.equal(await page.$('.header'), null);
    assert.ok((await page.$$('.tile')).length >= 12, 'windows and events of a life');
    await page.evaluate(() => document.querySelector('.kiosk .find-input').click());
    await page.waitForSelector('.keyboard');
    for (const letter of ['d', 'i', 'b', 'a', 'o']) {
      await page.evaluate((letter) => [...document.querySelectorAll('.key')].find((key) => key.innerText.trim() === letter).click(), letter);
    }
    await until(page, () => [...document.querySelectorAll('.candidate')].some((one) => one.innerText.includes('低保')));
    const small = await page.$$eval('.kiosk button:not(.kiosk-corner)', (all) => all
      .filter((one) => one.offsetHeight > 0 && one.offsetHeight < 56)
      .map((one) => `${one.className} ${one.innerText} ${one.offsetHeight}`));
    assert.deepEqual(small, []);
    await opened.screenshot('kiosk-keys');
    await touch(page, '.candidate', '低保');
    await page.waitForSelector('.answer-open .steps');
    assert.equal(await page.$('.keyboard'), null, 'answers are not hidden');
    assert.ok((await page.$$('.answer-open .paper')).length >= 3);
    await opened.screenshot('kiosk-card');
    await touch(page, '.kiosk-top .button', '回首页');
    await page.waitForSelector('.tile-life');
    await touch(page, '.tile-life', '养老');
    await page.waitForSelector('.listing-line');
    await touch(page, '.listing-line');
    await page.waitForSelector('.answer-open');
    await opened.close();
  });
}

test('S20 no other address, key or menu leads away from the kiosk', async () => {
  const opened = await inTheHall();
  const { page } = opened;
  for (const hash of ['/', '/chart', '/list/person', '/settings', '/find?q=x']) {
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    await until(page, () => location.hash === '#/find?mode=kiosk' && document.querySelector('.kiosk') !== null);
  }
  await page.keyboard.down('Control');
  await page.keyboard.press('k');
  await page.keyboard.up('Control');
  await rest(200);
  assert.equal(await page.$('.palette'), null);
  const shown = await page.evaluate(() => {
    const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
    document.querySelector('.kiosk-body').dispatchEvent(menu);
    return [menu.defaultPrevented, getComputedStyle(document.querySelector('.kiosk')).userSelect];
  });
  assert.deepEqual(shown, [true, 'none']);
  await opened.close();
});

test('S21 whoever has gone leaves nothing behind, and is told before', async () => {
  const opened = await inTheHall('current', { idle: '15' });
  const { page } = opened;
  await touch(page, '.find-chip');
  await page.waitForSelector('.answer-open');
  await page.click('.large-type');
  await until(page, () => document.documentElement.dataset.size === 'large');
  await page.waitForSelector('.kiosk-left', { timeout: 9_000 });
  await page.click('.kiosk-left .button');
  await until(page, () => document.querySelector('.kiosk-left') === null && document.querySelector('.answer-open') !== null);
  await page.waitForSelector('.kiosk-left', { timeout: 9_000 });
  await page.waitForFunction(() => document.querySelector('.answer') === null && document.querySelector('.tile-life') !== null, { timeout: 14_000 });
  const left = await page.evaluate(() => [document.querySelector('.find-input').value, document.documentElement.dataset.size, location.hash]);
  assert.deepEqual(left, ['', 'usual', '#/find?mode=kiosk']);
  await opened.close();
});

test('S22 five taps and the code lead out, a wrong code does not', async () => {
  const opened = await inTheHall('current', { code: '2846' });
  const { page } = opened;
  const kept = await page.evaluate(() => localStorage.getItem('gangtu:kiosk-code'));
  assert.ok(kept && !kept.includes('2846'));
  const corner = async () => { for (let at = 0; at < 5; at += 1) await page.click('.kiosk-corner'); };
  const pad = async (figures) => {
    for (const figure of figures) await page.evaluate((figure) => [...document.querySelectorAll('.pad .key')].find((key) => key.innerText === figure).click(), figure);
    await page.evaluate(() => [...document.querySelectorAll('.pad .key')].find((key) => key.innerText === '离开').click());
  };
  await corner();
  await page.waitForSelector('.pad');
  for (const wrong of ['1111', '2222', '3333']) await pad(wrong);
  await until(page, () => document.querySelector('.pad') === null);
  assert.ok(await page.$('.kiosk'));
  await corner();
  await page.waitForSelector('.pad');
  await pad('2846');
  await page.waitForSelector('.lights');
  assert.equal(await page.$('.kiosk'), null);
  await opened.close();
});
