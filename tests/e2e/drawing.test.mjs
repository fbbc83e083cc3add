// 画边界: borders moved, split, joined and drawn with the mouse and by keys alone, written in one step.

import assert from 'node:assert/strict';
import test from 'node:test';
import fs from 'node:fs';
import path from 'node:path';
import { call, go, newTownship, press, samples, until } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';

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
  const before = await page.evaluate(() => [document.activeElement.id, document.activeElement.getBoundingClientRect().x]);
  await page.keyboard.down('Shift');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.up('Shift');
  await page.waitForFunction((id, x) => {
    const now = document.getElementById(id);
    return document.activeElement === now && now.getBoundingClientRect().x > x + 35;
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

/** A map of the village on the wall, photographed aslant: a picture file in a folder of its own. */
async function wallMap(page, name = 'map.jpg', [width, height] = [1200, 900]) {
  const url = await page.evaluate((width, height, type) => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#e9dfc4';
    pen.fillRect(0, 0, width, height);
    pen.setTransform(width / 1200, 0, 0, height / 900, 0, 0);
    // Metres to pixels, turned by a tenth: see `onMap`.
    pen.transform(1.6, 0.16, -0.16, 1.6, 140, 110);
    pen.lineWidth = 6;
    pen.strokeStyle = '#7d4a2d';
    pen.strokeRect(0, 0, 600, 400);
    pen.beginPath(); pen.moveTo(300, 0); pen.lineTo(300, 400); pen.stroke();
    pen.strokeStyle = '#3f7fb5'; pen.lineWidth = 14;
    pen.beginPath(); pen.moveTo(-60, 300); pen.bezierCurveTo(200, 220, 380, 380, 660, 180); pen.stroke();
    pen.fillStyle = '#333'; pen.font = '44px sans-serif';
    pen.fillText('西网格', 90, 190); pen.fillText('东网格', 390, 150);
    return canvas.toDataURL(type, 0.9);
  }, width, height, name.endsWith('png') ? 'image/png' : 'image/jpeg');
  const file = path.join(makeProfile(), name);
  fs.writeFileSync(file, Buffer.from(url.split(',')[1], 'base64'));
  return file;
}

/** Pixels of the wall map at a place on the ground. */
const onMap = (x, y) => [140 + 1.6 * x - 0.16 * (400 - y), 110 + 0.16 * x + 1.6 * (400 - y)];

async function choosePicture(page, file) {
  const [chooser] = await Promise.all([page.waitForFileChooser(), press(page, '选一张图')]);
  await chooser.accept([file]);
}

/** Where a pixel of the picture lies on the screen. */
const pixel = (page, [x, y], width = 1200) => page.evaluate((x, y, width) => {
  const holder = document.querySelector('.drawing-underlay');
  const scale = holder.firstElementChild.width / width;
  const at = new DOMMatrix(getComputedStyle(holder).transform).transformPoint(new DOMPoint(x * scale, y * scale));
  const frame = document.querySelector('.drawing-ground').getBoundingClientRect();
  return [frame.x + at.x, frame.y + at.y];
}, x, y, width);

/** How far the picture is from where it belongs, at a place on the ground, in pixels of the screen. */
async function off(page, x, y) {
  const [a, b] = [await pixel(page, onMap(x, y)), await place(page, x, y)];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

async function clickPixel(page, at) {
  await page.mouse.click(...await pixel(page, at));
  await rest(50);
}

const step = (page, words) => until(page, words, '.drawing-step');

test('G13 a picture is laid under and pinned with the mouse, kept meanwhile, and found again by its file', async () => {
  const opened = await started();
  const { page } = opened;
  const before = await call(page, 'stateHash');
  const file = await wallMap(page);
  await choosePicture(page, file);
  await step(page, '认得准的地方');
  assert.ok(await off(page, 600, 400) > 20, 'not in its place yet');
  await opened.screenshot('underlay-1');
  // Beside the picture nothing is picked.
  await page.mouse.click(...(await page.$eval('.drawing-ground', (one) => { const r = one.getBoundingClientRect(); return [r.x + 6, r.y + 6]; })));
  await until(page, '点到底图外面了', '.drawing-said');
  await clickPixel(page, onMap(0, 0));
  await step(page, '在边界图上是哪里');
  await opened.screenshot('underlay-2');
  // Not quite at the corner: it is met.
  await click(page, 1.5, -1);
  await step(page, '第二处');
  assert.ok(await off(page, 0, 0) < 2.5);
  await clickPixel(page, onMap(600, 400));
  await click(page, 600, 400);
  await step(page, '对好了');
  for (const at of [[0, 0], [600, 400], [300, 200], [600, 0]]) assert.ok(await off(page, ...at) < 2.5, `${at}: ${await off(page, ...at)}`);
  await opened.screenshot('underlay-3');
  // A mark dragged away takes the picture along, a third pair is refused on a line, and back it is.
  await press(page, '再对一处', '.drawing-side-panel');
  await clickPixel(page, onMap(300, 200));
  await click(page, 300, 200);
  await until(page, '在一条线上', '.drawing-said');
  await press(page, '退一步', '.drawing-side-panel');
  const mark = await page.$('.drawing-pin-ground[data-pin="1"] .drawing-pin-head');
  const box = await mark.boundingBox();
  const grip = [box.x + box.width / 2, box.y + box.height / 3];
  await page.mouse.move(...grip);
  await page.mouse.down();
  await page.mouse.move(grip[0] - 40, grip[1] + 30);
  await page.mouse.move(grip[0] - 80, grip[1] + 60);
  assert.ok(await off(page, 600, 400) > 90, 'it goes along');
  await page.mouse.up();
  assert.ok(await off(page, 600, 400) > 90 && await off(page, 0, 0) < 2.5);
  await page.mouse.move(grip[0] - 80, grip[1] + 60);
  await page.mouse.down();
  await page.mouse.move(grip[0] - 40, grip[1] + 30);
  await page.mouse.move(grip[0] + 1, grip[1] + 1);
  await page.mouse.up();
  assert.ok(await off(page, 600, 400) < 2.5, 'and meets the corner');
  await press(page, '完成', '.drawing-side-panel');
  await until(page, '按 2 处对好了', '.drawing-under');
  await opened.screenshot('underlay-4');
  await press(page, '藏起来', '.drawing-under');
  assert.equal(await page.$eval('.drawing-underlay', (one) => one.offsetParent), null);
  await press(page, '显示', '.drawing-under');
  await page.$eval('.drawing-strength input', (one) => { one.value = '40'; one.dispatchEvent(new Event('input', { bubbles: true })); });
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.drawing-underlay')).opacity === '0.4');
  // Elsewhere and back in the same window.
  await go(page, '/map');
  await page.waitForSelector('.picture');
  await go(page, '/map/draw');
  await until(page, '按 2 处对好了', '.drawing-under');
  await rest(200);
  assert.ok(await off(page, 300, 200) < 2.5);
  assert.equal(await page.$eval('.drawing-underlay', (one) => one.style.opacity), '0.4');
  // It is no part of the township.
  assert.equal(await page.$('.drawing-summary'), null);
  assert.equal(await call(page, 'stateHash'), before);
  // A new window has no picture; the same file lies where it lay.
  await opened.reload();
  await go(page, '/map/draw');
  await page.waitForSelector('.drawing-piece');
  assert.equal(await page.$('.drawing-underlay canvas'), null);
  await choosePicture(page, file);
  await until(page, '已放回原来的位置', '.drawing-said');
  await rest(200);
  assert.ok(await off(page, 300, 200) < 2.5);
  await press(page, '取下', '.drawing-under');
  await page.waitForFunction(() => !document.querySelector('.drawing-underlay canvas'));
  await opened.close();
});

test('G13 a picture is pinned at three places by keys alone, and its marks are moved by keys', async () => {
  const opened = await started();
  const { page } = opened;
  const file = await wallMap(page, 'map.png');
  await choosePicture(page, file);
  await step(page, '认得准的地方');
  // The keyboard is on the ground at once.
  await page.waitForFunction(() => document.activeElement?.classList.contains('drawing-ground'));
  /** Brings a place of the screen under the cross, with the arrows only. */
  const under = async (find) => {
    for (let turn = 0; turn < 40; turn += 1) {
      const [x, y] = await find();
      const [cx, cy] = await page.$eval('.drawing-ground', (one) => { const r = one.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; });
      const key = Math.abs(x - cx) > 31 ? (x > cx ? 'ArrowRight' : 'ArrowLeft') : Math.abs(y - cy) > 31 ? (y > cy ? 'ArrowDown' : 'ArrowUp') : null;
      if (!key) return;
      await page.keyboard.press(key);
    }
  };
  for (const [n, at] of [[0, 0], [600, 400], [600, 0]].entries()) {
    if (n === 2) {
      await step(page, '对好了');
      await press(page, '再对一处', '.drawing-side-panel');
      await page.focus('.drawing-ground');
    }
    await under(() => pixel(page, onMap(...at)));
    await page.keyboard.press(' ');
    await step(page, '在边界图上是哪里');
    await under(() => place(page, ...at));
    await page.keyboard.press(' ');
    await rest(50);
  }
  await page.waitForFunction(() => document.querySelectorAll('.drawing-pin-ground').length === 3);
  // Steps of sixty pixels are coarse: the marks bring it to the place, those of the picture too.
  for (const [n, at] of [[0, 0], [600, 400], [600, 0]].entries()) {
    await take(page, `.drawing-pin-picture[data-pin="${n}"]`);
    const fine = async (from, to) => {
      for (let turn = 0; turn < 120; turn += 1) {
        const [a, b] = [await from(), await to()];
        const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
        if (Math.hypot(dx, dy) < 2) return;
        const key = Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 'ArrowRight' : 'ArrowLeft') : (dy > 0 ? 'ArrowDown' : 'ArrowUp');
        await page.keyboard.press(key);
      }
      assert.fail('it does not come there');
    };
    const tip = (end) => page.$eval(`.drawing-pin-${end}[data-pin="${n}"]`, (one) => {
      const at = new DOMPoint(0, 0).matrixTransform(one.getScreenCTM());
      return [at.x, at.y];
    });
    await fine(() => tip('picture'), () => pixel(page, onMap(...at)));
    await take(page, `.drawing-pin-ground[data-pin="${n}"]`);
    await fine(() => tip('ground'), () => place(page, ...at));
  }
  for (const at of [[0, 0], [300, 200], [600, 0], [0, 400]]) assert.ok(await off(page, ...at) < 12, `${at}: ${await off(page, ...at)}`);
  await page.focus('.drawing-ground');
  await page.keyboard.press('Backspace');
  await step(page, '在边界图上是哪里');
  await page.keyboard.press('Escape');
  await until(page, '按 2 处对好了', '.drawing-under');
  await opened.close();
});

test('G13 what is no picture, or hurt, is refused in a plain sentence, and a huge one is made smaller', async () => {
  const opened = await started();
  const { page } = opened;
  const folder = makeProfile();
  const written = (name, bytes) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, bytes);
    return file;
  };
  const good = fs.readFileSync(await wallMap(page, 'map.png'));
  for (const [name, bytes, words] of [
    ['空.jpg', '', '这个文件是空的'],
    ['名单.jpg', '姓名,电话\n', '这不是图片'],
    ['照片.heic', Buffer.from('00000018667479706865696300000000', 'hex'), 'HEIC'],
    ['扫描.pdf', '%PDF-1.7\n', 'PDF'],
    ['坏.png', Buffer.concat([good.subarray(0, 30), Buffer.alloc(500)]), '这张图坏了'],
  ]) {
    await choosePicture(page, written(name, bytes));
    await until(page, words, '.drawing-said');
    await until(page, '什么都没有改动', '.drawing-said');
    assert.equal(await page.$('.drawing-underlay canvas'), null);
  }
  // Let go over the ground instead of chosen.
  const large = await wallMap(page, 'large.jpg', [7200, 5400]);
  const bytes = fs.readFileSync(large).toString('base64');
  await page.evaluate((text) => {
    const file = new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], 'large.jpg');
    const moved = new DataTransfer();
    moved.items.add(file);
    document.querySelector('.drawing-ground').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: moved }));
  }, bytes);
  await step(page, '认得准的地方');
  assert.equal(await page.$eval('.drawing-underlay canvas', (one) => one.width), 3000);
  await press(page, '先不定位', '.drawing-side-panel');
  await until(page, '还没有定位', '.drawing-under');
  // Whole and in the middle of the view.
  const box = await page.$eval('.drawing-ground', (one) => one.getBoundingClientRect().toJSON());
  const [left, top] = await pixel(page, [0, 0]);
  const [right, bottom] = await pixel(page, [1200, 900]);
  assert.ok(Math.abs(left + right - box.left - box.right) < 2 && Math.abs(top + bottom - box.top - box.bottom) < 2);
  assert.ok(top > box.top && bottom < box.bottom && bottom - top > box.height * 0.85);
  await opened.close();
});

/** What is read once it says the same for a fifth of a second: fingers are drawn with the screen's frames. */
async function still(read) {
  for (let before = await read(), same = 0; ;) {
    await rest(50);
    const now = await read();
    same = String(now) === String(before) ? same + 1 : 0;
    if (same === 4) return now;
    before = now;
  }
}

test('G14 two fingers zoom and push the ground, and press nothing', async () => {
  const opened = await started();
  const { page } = opened;
  const client = await page.createCDPSession();
  const touch = (type, points) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const [x, y] = await place(page, 450, 200);
  const [wide] = await place(page, 550, 200);
  await touch('touchStart', [[x - 50, y]]);
  await touch('touchStart', [[x - 50, y], [x + 50, y]]);
  for (let far = 60; far <= 100; far += 10) await touch('touchMove', [[x - far, y], [x + far, y]]);
  await touch('touchEnd', []);
  const [middle, times] = await still(async () => {
    const [middle] = await place(page, 450, 200);
    const [after] = await place(page, 550, 200);
    return [middle, (after - middle) / (wide - x)];
  });
  assert.ok(Math.abs(times - 2) < 0.02, `${times} times`);
  assert.ok(Math.abs(middle - x) < 2, 'the middle stays');
  assert.equal(await page.$('.drawing-corner'), null, 'nothing was chosen');
  // A corner in the hand is put back when the second finger comes.
  await page.touchscreen.tap(...await place(page, 450, 200));
  await until(page, '东网格', '.drawing-side-panel h2');
  await press(page, '全镇');
  await rest(100);
  const corner = await place(page, 300, 400);
  await touch('touchStart', [corner]);
  await touch('touchMove', [[corner[0] + 30, corner[1] + 30]]);
  await touch('touchStart', [[corner[0] + 30, corner[1] + 30], [x + 200, y + 100]]);
  await touch('touchMove', [[corner[0] + 10, corner[1] + 10], [x + 200, y + 100]]);
  await touch('touchEnd', []);
  await rest(100);
  assert.equal(await page.$('.drawing-summary'), null, 'nothing was moved');
  await opened.close();
});

test('G13 laying a picture under is plain at every size of screen', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  const file = await wallMap(page);
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await page.setViewport({ width, height });
    await go(page, '/map/draw');
    await page.waitForSelector('.drawing-piece');
    await press(page, '全镇');
    await rest(300);
    await opened.screenshot(`underlay-none-${width}`);
    await choosePicture(page, file);
    const steps = await Promise.race([
      step(page, '认得准的地方').then(() => true), until(page, '已放回', '.drawing-said').then(() => false)]);
    if (!steps) await press(page, '定位', '.drawing-under');
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${width}: ${wide} too wide`);
    await rest(300);
    await opened.screenshot(`underlay-step-${width}`);
    await press(page, '先不定位', '.drawing-side-panel');
    await rest(200);
    await opened.screenshot(`underlay-${width}`);
    await press(page, '取下', '.drawing-under');
    await go(page, '/');
    await rest(200);
  }
  await opened.close();
});
