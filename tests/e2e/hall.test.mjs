// 大厅图: drawn by dragging, shown on residents' cards. SPEC.md S45.

import assert from 'node:assert/strict';
import test from 'node:test';
import { call, go, press, waitFor } from './hands.mjs';
import { open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });
const spots = async (page) => (await call(page, 'records', 'hall_spot')).filter((one) => !one.until);

async function demo(kernel, viewport = { width: 1366, height: 768 }) {
  const opened = await open(kernel, { viewport });
  await press(opened.page, '打开示范镇');
  await opened.page.waitForSelector('.shell');
  return opened;
}

for (const kernel of kernels.filter((one) => one !== 'firefox')) {
  test(`S45 on ${kernel} a window is dragged, made larger and moved by keys, and each is one step back`, async () => {
    const opened = await demo(kernel);
    const { page } = opened;
    await go(page, '/hall');
    await page.waitForSelector('.hall-stage .hall-window');
    const window = (await spots(page)).find((one) => one.window === 'w02');
    const now = async () => { const { x, y, w, h } = (await spots(page)).find((one) => one.id === window.id); return [x, y, w, h]; };
    const stage = await (await page.$('.hall-stage')).boundingBox();
    const cell = stage.width / 48;
    const at = async (selector) => page.evaluate((selector) => {
      const spot = [...document.querySelectorAll('.hall-stage .hall-window')].find((one) => one.innerText.trim() === '2号');
      const { x, y, width, height } = (selector ? spot.querySelector(selector) : spot).getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    }, selector);
    const drag = async ([x, y], dx, dy) => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + dx * cell, y + dy * cell, { steps: 5 });
      await page.mouse.up();
      await rest(200);
    };
    assert.deepEqual(await now(), [1, 4, 5, 3]);
    await page.evaluate(() => document.querySelector('.hall-stage').scrollIntoView({ block: 'center' }));
    await drag(await at(), 6, 5);
    assert.deepEqual(await now(), [7, 9, 5, 3], 'moved');
    await drag(await at('.hall-corner'), 2, 1);
    assert.deepEqual(await now(), [7, 9, 7, 4], 'larger');
    await drag(await at(), -40, 0);
    assert.deepEqual(await now(), [0, 9, 7, 4], 'not out of the room');
    await page.keyboard.press('ArrowRight');
    await rest(150);
    assert.deepEqual(await now(), [1, 9, 7, 4], 'by keys');
    await opened.screenshot('hall');
    for (const before of [[0, 9, 7, 4], [7, 9, 7, 4], [7, 9, 5, 3], [1, 4, 5, 3]]) {
      await call(page, 'undo');
      assert.deepEqual(await now(), before);
    }
    await opened.close();
  });
}

test('S45 windows that stand nowhere are laid in a row, and one taken away waits again', async () => {
  const opened = await demo('current');
  const { page } = opened;
  await go(page, '/hall');
  await page.waitForSelector('.hall-stage .hall-window');
  const last = await page.evaluateHandle(() => [...document.querySelectorAll('.hall-stage .hall-window')].find((one) => one.innerText.trim() === '12号'));
  await last.asElement().click();
  await press(page, '拿掉');
  await waitFor(page, '＋ 12号');
  assert.equal((await spots(page)).filter((one) => one.window).length, 11);
  await press(page, '窗口排成一排');
  await page.waitForFunction(() => document.querySelectorAll('.hall-stage .hall-window').length === 12, { polling: 50, timeout: 8_000 });
  await press(page, '＋ 出入口');
  await rest(200);
  assert.equal((await spots(page)).filter((one) => one.what === 'door').length, 2);
  await opened.close();
});

for (const [width, height] of [[1366, 768], [390, 844], [1080, 1920]]) {
  test(`S45 a matter's card shows the window in the hall at ${width}×${height}`, async () => {
    const opened = await demo('current', { width, height });
    const { page } = opened;
    await go(page, '/settings');
    await press(page, '居民查询');
    await page.waitForSelector('.find-input');
    await page.type('.find-input', '低保');
    await page.waitForSelector('.answer-open .hall-here');
    assert.equal(await page.$eval('.answer-open .hall-here', (one) => one.innerText.trim()), '2号');
    assert.match(await page.$eval('.answer-open .hall-plan', (one) => one.getAttribute('aria-label')), /一楼大厅平面图，标红的是2号 民政救助窗口/);
    await page.evaluate(() => document.querySelector('.answer-open .hall').scrollIntoView({ block: 'center' }));
    await opened.screenshot('hall-card');
    await opened.close();
  });
}
