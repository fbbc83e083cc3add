// 画边界: borders moved, split, joined and drawn with the mouse and by keys alone, written in one step.

import assert from 'node:assert/strict';
import test from 'node:test';
import fs from 'node:fs';
import path from 'node:path';
import { call, go, newTownship, press, samples, until } from './hands.mjs';
import { open } from './harness.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const rest = (ms) => new Promise((done) => setTimeout(done, ms));
const cells = (page) => call(page, 'records', 'grid_cell');
const rings = (cell) => (Array.isArray(cell.outline[0]) ? cell.outline : [cell.outline]);
const area = (cell) => rings(cell).reduce((sum, ring) => {
  let twice = 0;
  for (let n = 0; n < ring.length; n += 2) {
    const [x, y] = [ring[(n + 2) % ring.length], ring[(n + 3) % ring.length]];
    twice += ring[n] * y - x * ring[n + 1];
  }
  return sum + Math.abs(twice) / 2;
}, 0);

/** A village of two cells side by side, and a cell nobody drew. */
async function village(page) {
  await call(page, 'put', 'village', { id: 'v1', name: '大石村', outline: [0, 0, 600, 0, 600, 400, 0, 400], outline_from: 'survey' });
  await call(page, 'put', 'grid_cell', { id: 'g1', name: '东网格', level: 'grid', village: 'v1', households: 120, outline: [300, 0, 600, 0, 600, 400, 300, 400], outline_from: 'survey' });
  await call(page, 'put', 'grid_cell', { id: 'g2', name: '西网格', level: 'grid', village: 'v1', outline: [0, 0, 300, 0, 300, 400, 0, 400], outline_from: 'survey' });
  await call(page, 'put', 'grid_cell', { id: 'g3', name: '新网格', level: 'grid', village: 'v1' });
}

async function started() {
  const opened = await open('current');
  const { page } = opened;
  await newTownship(page, '青石镇');
  await village(page);
  await go(page, '/map/draw');
  await page.waitForSelector('.drawing-piece');
  return opened;
}

/** Where a place given in metres lies on the screen. */
const place = (page, x, y) => page.evaluate((x, y) => {
  const group = document.querySelector('.drawing-land g');
  const at = new DOMPoint(x, -y).matrixTransform(group.getScreenCTM());
  return [at.x, at.y];
}, x, y);

/** Waits until both cells and nothing else would be changed. */
const both = (page) => page.waitForFunction(
  () => /^改边界：(东网格、西网格|西网格、东网格)$/.test(document.querySelector('.drawing-summary')?.innerText.trim()),
  { timeout: 10_000, polling: 50 });

/** Gives the keyboard to a handle. */
const take = (page, handle) => page.evaluate((handle) => document.querySelector(handle).focus(), handle);

async function click(page, x, y) {
  await page.mouse.click(...await place(page, x, y));
  await rest(50);
}

async function drag(page, from, to) {
  await page.mouse.move(...await place(page, ...from));
  await page.mouse.down();
  const [x, y] = await place(page, ...to);
  await page.mouse.move(x - 5, y - 5);
  await page.mouse.move(x, y);
  await page.mouse.up();
  await rest(80);
}

test('G11 a common border is dragged, taken back, dragged again and saved in one step', async () => {
  const opened = await started();
  const { page } = opened;
  await click(page, 450, 200);
  await until(page, '东网格', '.drawing-side-panel');
  await drag(page, [300, 400], [400, 400]);
  await until(page, '已移动拐点', '.drawing-said');
  await both(page);
  await press(page, '撤销移动拐点');
  await page.waitForFunction(() => !document.querySelector('.drawing-summary'));
  await press(page, '恢复移动拐点');
  await both(page);
  // Half done and elsewhere meanwhile: it is still there.
  await go(page, '/map');
  await page.waitForSelector('.picture');
  await go(page, '/map/draw');
  await both(page);
  // Over itself: refused, nothing changes.
  await click(page, 450, 200);
  await drag(page, [600, 400], [100, 20]);
  await until(page, '边界会自己穿过自己', '.drawing-said');
  const before = await cells(page);
  await press(page, '保存', '.drawing-side-panel');
  await until(page, '边界已保存', '.toasts');
  const after = await cells(page);
  const of = (list, id) => list.find((cell) => cell.id === id);
  assert.ok(area(of(after, 'g2')) > area(of(before, 'g2')) + 15_000);
  assert.ok(Math.abs(area(of(after, 'g1')) + area(of(after, 'g2')) - 240_000) < 1, 'no gap, no overlap');
  assert.equal(of(after, 'g1').outline_from, 'drawn');
  const [stone] = await call(page, 'records', 'village');
  assert.equal(stone.outline_from, 'survey', 'a corner on its straight side changes nothing');
  await call(page, 'undo');
  assert.deepEqual(await cells(page), before);
  await opened.close();
});

test('G12 a cell is split with the mouse, and joined with its neighbour', async () => {
  const opened = await started();
  const { page } = opened;
  await click(page, 450, 200);
  await press(page, '划开', '.drawing-side-panel');
  await click(page, 450, -12);
  await click(page, 470, 200);
  await click(page, 450, 412);
  await opened.screenshot('drawing-split');
  await press(page, '完成', '.drawing-side-panel');
  await until(page, '东网格（2）', '.drawing-said');
  await until(page, '新建：东网格（2）', '.drawing-summary');
  await press(page, '保存', '.drawing-side-panel');
  await until(page, '边界已保存', '.toasts');
  let list = await cells(page);
  const made = list.find((cell) => cell.name === '东网格（2）');
  assert.equal(made.village, 'v1');
  assert.ok(Math.abs(area(list.find((cell) => cell.id === 'g1')) + area(made) - 120_000) < 1);
  // Joined: the other ends.
  await page.waitForFunction(() => !document.querySelector('.drawing-summary'));
  await click(page, 150, 200);
  await until(page, '西网格', '.drawing-side-panel h2');
  const beside = await page.$$eval('.drawing-side-panel select option', (list) => list.map((one) => [one.value, one.innerText]));
  assert.equal(beside.length, 2, 'one neighbour');
  await page.select('.drawing-side-panel select', beside[1][0]);
  await until(page, `结束：${beside[1][1]}`, '.drawing-summary');
  await press(page, '保存', '.drawing-side-panel');
  await page.waitForFunction(() => !document.querySelector('.drawing-summary'));
  list = await cells(page);
  assert.ok(area(list.find((cell) => cell.id === 'g2')) > 150_000);
  await opened.close();
});

test('G11 all of it by keys alone: choose, move a corner, put one in, take it out, draw', async () => {
  const opened = await started();
  const { page } = opened;
  await page.focus('.drawing-ground');
  // The middle of the view lies on the common border; a little to the right is 东网格.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(' ');
  await until(page, '东网格', '.drawing-side-panel h2');
  await take(page, '.drawing-side');
  await page.keyboard.press('Enter');
  await until(page, '已加拐点', '.drawing-said');
  await page.waitForFunction(() => document.activeElement?.classList.contains('drawing-corner'));
  await page.keyboard.press('Delete');
  await until(page, '已去拐点', '.drawing-said');
  await take(page, '.drawing-corner');
  const before = await page.evaluate(() => [document.activeElement.id, document.activeElement.getAttribute('cx')]);
  await page.keyboard.down('Shift');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.up('Shift');
  await page.waitForFunction((id, x) => {
    const now = document.getElementById(id);
    return document.activeElement === now && Number(now.getAttribute('cx')) > Number(x) + 35;
  }, {}, ...before);
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  await page.keyboard.up('Control');
  await until(page, '已撤销一步', '.drawing-said');
  await opened.close();
});

test('G11 a border is drawn where there was none; what belongs to others is refused', async () => {
  const opened = await started();
  const { page } = opened;
  await until(page, '还没有边界的 1 个', '.drawing-side-panel');
  const value = await page.$eval('.drawing-side-panel select option:nth-child(2)', (one) => one.value);
  await page.select('.drawing-side-panel select', value);
  await until(page, '完成', '.drawing-side-panel');
  for (const [x, y] of [[100, 100], [200, 100], [150, 300]]) await click(page, x, y);
  await press(page, '完成', '.drawing-side-panel');
  await until(page, '已经属于别的村或网格', '.drawing-said');
  await press(page, '不画了', '.drawing-side-panel');
  // Room is made by taking a border away.
  await click(page, 150, 200);
  await press(page, '去掉边界', '.drawing-side-panel');
  await click(page, 20, -12);
  await until(page, '还没有边界的 2 个', '.drawing-side-panel');
  await page.select('.drawing-side-panel select', value);
  for (const [x, y] of [[-15, 250], [302, 250], [298, 412], [-15, 412]]) await click(page, x, y);
  await press(page, '完成', '.drawing-side-panel');
  await until(page, '新网格', '.drawing-summary');
  await press(page, '保存', '.drawing-side-panel');
  await until(page, '边界已保存', '.toasts');
  const drawn = (await cells(page)).find((cell) => cell.id === 'g3');
  assert.ok(Math.abs(area(drawn) - 300 * 150) < 900, `${area(drawn)}: inside its village, beside its neighbour`);
  await opened.close();
});

test('G11 the sample township can be drawn at every size of screen', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await page.setViewport({ width, height });
    await go(page, '/map/draw');
    await page.waitForSelector('.drawing-piece');
    await press(page, '全镇');
    await rest(300);
    const box = await page.$eval('.drawing-ground', (node) => node.getBoundingClientRect().toJSON());
    assert.ok(box.height > 300, `${width}: ${box.height}`);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${width}: ${wide} too wide`);
    await opened.screenshot(`drawing-${width}`);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await rest(300);
    if (await page.$('.drawing-side-panel h2')) await press(page, '放大看');
    await rest(300);
    await opened.screenshot(`drawing-chosen-${width}`);
    await go(page, '/');
    await rest(200);
  }
  await opened.close();
});
