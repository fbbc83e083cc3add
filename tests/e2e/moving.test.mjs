// People, posts and units moved in the chart, by hand, by keys and by dialog; and changes on trial.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, chord, go, gone, press, run, samples, shown, until, waitFor } from './hands.mjs';
import { open } from './harness.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');

async function openChart() {
  const opened = await open('current');
  const { page } = opened;
  await page.setViewport({ width: 1366, height: 768 });
  await call(page, 'importBundle', yunxi);
  await go(page, '/chart');
  await page.waitForSelector('canvas');
  await waitFor(page, '调整');
  await new Promise((resolve) => { setTimeout(resolve, 600); });
  return opened;
}

/** Where a card is on the screen: in the middle of where its words come up under the pointer. */
async function find(page, words) {
  const hits = await page.evaluate(async (words) => {
    const canvas = document.querySelector('.picture-overlay');
    const box = canvas.getBoundingClientRect();
    const found = [];
    for (let y = box.top + 8; y < box.bottom; y += 12) {
      for (let x = box.left + 8; x < box.right; x += 20) {
        canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: y, bubbles: true }));
        await new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
        const tip = document.querySelector('.picture-tip')?.innerText ?? '';
        if (tip.startsWith(words)) found.push([x, y]);
      }
      if (found.length && found[found.length - 1][1] < y) break;
    }
    return found;
  }, words);
  assert.ok(hits.length, `${words} is on the screen`);
  return hits[Math.floor(hits.length / 2)];
}

const posts = async (page) => new Map(
  (await call(page, 'records', 'post')).map((post) => [post.title, post]));

async function choose(page, label, option) {
  await page.evaluate((label, option) => {
    const field = [...document.querySelectorAll('.drawer .field')]
      .find((field) => field.innerText.startsWith(label));
    const select = field.querySelector('select');
    const found = [...select.options].find((one) => one.text.startsWith(option));
    select.value = found.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, label, option);
}

test('MV4 a post dropped on another unit moves there, is shown before and can be undone', async () => {
  const opened = await openChart();
  const { page } = opened;
  const before = await posts(page);
  const units = await call(page, 'records', 'unit');
  const [title, post] = [...before].find(([, one]) => one.track === 'steady' && one.unit);
  const other = units.find((unit) => unit.id !== post.unit && [...before.values()]
    .filter((one) => one.unit === unit.id).length > 1);
  const from = await find(page, title);
  const to = await find(page, other.name);
  await press(page, '调整');
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 });
  await page.mouse.move(...to, { steps: 4 });
  await until(page, `把“${title}”放到“${other.name}”`, '.picture-tip');
  await opened.screenshot('carry');
  await page.mouse.up();
  await until(page, '会变成这样', '.drawer');
  await until(page, `划到“${other.name}”`, '.drawer');
  await opened.screenshot('plan');
  assert.equal((await posts(page)).get(title).unit, post.unit, 'nothing is written yet');
  await press(page, '确定调整', '.drawer');
  await waitFor(page, `把岗位“${title}”划到“${other.name}”`);
  assert.equal((await posts(page)).get(title).unit, other.id);
  await chord(page, 'z');
  await waitFor(page, '已撤销');
  assert.equal((await posts(page)).get(title).unit, post.unit);
  await opened.close();
});

test('MV3 a person is moved by keys alone, from the outline, with what it leaves empty said', async () => {
  const opened = await openChart();
  const { page } = opened;
  await press(page, '调整');
  await press(page, '目录');
  await page.waitForSelector('.outline-line');
  const seats = await call(page, 'records', 'holding');
  const all = await call(page, 'records', 'post');
  const people = await call(page, 'records', 'person');
  const held = all.find((post) => seats.filter((seat) => seat.post === post.id).length === 1
    && post.unit && post.track === 'steady' && seats.some((seat) => seat.post === post.id && seat.role === 'a'));
  const seat = seats.find((one) => one.post === held.id);
  const name = people.find((one) => one.id === seat.person).name;
  // Down the lists by keys until the post is met.
  await page.focus('.outline-line');
  const here = () => page.evaluate(() => document.activeElement.id);
  for (let step = 0; await here() !== `outline-post/${held.id}` && step < 400; step += 1) {
    const closed = await page.evaluate(
      () => document.activeElement.getAttribute('aria-expanded') === 'false');
    await page.keyboard.press(closed ? 'ArrowRight' : 'ArrowDown');
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => resolve()); }));
  }
  await page.keyboard.press('Enter');
  await until(page, `把${name}（A岗）调到另一个岗位`, '.drawer');
  const target = all.find((post) => post.id !== held.id && post.unit && post.unit !== held.unit);
  await choose(page, '调到哪个岗位', target.title);
  await until(page, '会变成这样', '.drawer');
  await until(page, '就没有A岗了', '.drawer');
  await press(page, '确定调整', '.drawer');
  await waitFor(page, `${name}调到`);
  const now = await call(page, 'records', 'holding');
  const holds = (list, post) => list.some(
    (one) => one.person === seat.person && one.post === post && !one.until);
  assert.deepEqual([holds(now, held.id), holds(now, target.id)], [false, true]);
  await opened.close();
});

test('MV6 changes on trial are compared, applied as one step, or dropped without a trace', async () => {
  const opened = await openChart();
  const { page } = opened;
  const hash = await call(page, 'stateHash');
  await run(page, '试排');
  await until(page, '还没有改动', '.trial');
  await go(page, '/chart');
  await waitFor(page, '正在试排');
  await press(page, '调整');
  const all = await call(page, 'records', 'post');
  const units = await call(page, 'records', 'unit');
  const post = all.find((one) => one.track === 'steady' && one.unit);
  const other = units.find((unit) => unit.id !== post.unit && all.some((one) => one.unit === unit.id));
  const card = await find(page, post.title);
  await page.mouse.click(...card);
  await until(page, '把岗位划到另一个机构', '.drawer');
  await page.evaluate(() => [...document.querySelectorAll('.drawer .check')]
    .find((one) => one.innerText.includes('把岗位划到')).querySelector('input').click());
  await choose(page, '划到哪个机构', other.name);
  await press(page, '加进试排', '.drawer');
  await waitFor(page, '试了 1 步改动');
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  await opened.screenshot('trial-chart');
  assert.equal(await call(page, 'stateHash'), hash, 'the township is as it was');

  await go(page, '/trial');
  await until(page, '一共改动 1 处', '.trial');
  await until(page, '划转', '.trial');
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await page.setViewport({ width, height });
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    await opened.screenshot(`trial-${width}`);
  }
  await page.setViewport({ width: 1366, height: 768 });

  // Residents see the township as it is, and move nothing where 调整 was left on.
  await go(page, '/chart');
  await press(page, '调整');
  await run(page, '居民查询显示');
  assert.ok(!(await shown(page)).includes('正在试排'));
  await new Promise((resolve) => { setTimeout(resolve, 600); });
  await page.mouse.click(...await find(page, post.title));
  await page.waitForFunction(() => location.hash.startsWith('#/find'), { timeout: 5_000 });
  assert.equal(await page.$('.drawer'), null);
  await run(page, '桌面显示');
  await waitFor(page, '正在试排');
  await go(page, '/trial');
  await until(page, '一共改动 1 处', '.trial');

  await chord(page, 'z');
  await waitFor(page, '已撤销：把岗位');
  await page.keyboard.down('Shift');
  await chord(page, 'z');
  await page.keyboard.up('Shift');
  await waitFor(page, '试了 1 步改动');
  await go(page, '/data/merge');
  await go(page, '/trial');
  await press(page, '采用试排', '.trial');
  await waitFor(page, '采用试排的 1 步改动');
  await gone(page, '.trial-banner');
  assert.equal((await call(page, 'records', 'post')).find((one) => one.id === post.id).unit, other.id);
  await chord(page, 'z');
  await waitFor(page, '已撤销：采用试排');
  assert.equal((await call(page, 'records', 'post')).find((one) => one.id === post.id).unit, post.unit);

  // Dropped: asked once, and nothing is left.
  const settled = await call(page, 'stateHash');
  await run(page, '试排');
  await go(page, `/record/post/${post.id}`);
  await waitFor(page, '正在试排');
  await press(page, '放弃试排', '.trial-banner');
  await gone(page, '.trial-banner');
  assert.equal(await call(page, 'stateHash'), settled);
  await opened.close();
});

test('MV9 a trial outlasts a reload, goes on, and is dropped or refused in a sentence', async () => {
  const opened = await openChart();
  const { page } = opened;
  page.on('dialog', (dialog) => dialog.accept());
  const hash = await call(page, 'stateHash');
  const [post] = await call(page, 'records', 'post');
  const rename = async (title) => {
    await go(page, `/record/post/${post.id}`);
    await press(page, '修改', '.record-head');
    await page.waitForSelector('.form #form-title');
    await page.$eval('#form-title', (one) => one.select());
    await page.type('#form-title', title);
    await press(page, '保存', '.dialog-foot');
    await page.waitForFunction(() => !document.querySelector('.form'));
  };
  await run(page, '试排');
  await waitFor(page, '正在试排');
  await rename('试排改的名');
  await waitFor(page, '关掉窗口也留着');

  await opened.reload();
  await waitFor(page, '上次的试排还留着：1 步改动');
  await opened.screenshot('trial-left');
  assert.equal(await call(page, 'stateHash'), hash, 'the township is as it was');
  assert.ok(!(await shown(page)).includes('试排改的名'));
  await press(page, '接着试排', '.trial-left');
  await waitFor(page, '试了 1 步改动');
  await waitFor(page, '试排改的名');
  assert.equal(await call(page, 'stateHash'), hash);

  // On its page as well; no second one is begun over it.
  await opened.reload();
  await waitFor(page, '上次的试排还留着');
  await run(page, '试排');
  await until(page, '接着试会按现在的台账重新算', '.trial');
  await press(page, '放弃', '.trial');
  await until(page, '开始试排', '.trial');
  await opened.reload();
  await page.waitForSelector('.shell');
  assert.ok(!(await shown(page)).includes('上次的试排'));

  // Of another township: nothing fits, and that is said.
  await run(page, '试排');
  await waitFor(page, '正在试排');
  await rename('又改');
  await waitFor(page, '关掉窗口也留着');
  await page.evaluate((id) => {
    const key = Object.keys(localStorage).find((one) => one.startsWith('gangtu:trial:'));
    localStorage.setItem(key, localStorage.getItem(key).replaceAll(id, 'nobody'));
  }, post.id);
  await opened.reload();
  await waitFor(page, '上次的试排还留着');
  await press(page, '接着试排', '.trial-left');
  await waitFor(page, '有 1 条现在的台账里没有，接不上了');
  await gone(page, '.trial-left');
  assert.equal(await call(page, 'stateHash'), hash);
  await opened.close();
});

test('P17 what is looked for in the chart stands out, and everything else steps back', async () => {
  const opened = await openChart();
  const { page } = opened;
  const veil = () => page.evaluate(() => {
    const canvas = document.querySelector('.picture-overlay');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let covered = 0;
    for (let at = 3; at < data.length; at += 4) covered += data[at] > 100 ? 1 : 0;
    return covered / (data.length / 4);
  });
  assert.ok(await veil() < 0.05);
  await page.type('.picture-search input', '低保');
  await page.waitForFunction(() => !document.querySelector('.picture-none'));
  await new Promise((resolve) => { setTimeout(resolve, 400); });
  const covered = await veil();
  assert.ok(covered > 0.5 && covered < 0.999, `covered ${covered}`);
  await opened.screenshot('search');
  await page.$eval('.picture-search input', (one) => one.select());
  await page.type('.picture-search input', '龘靐');
  await waitFor(page, '没有找到');
  await page.$eval('.picture-search input', (one) => {
    one.value = '';
    one.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await gone(page, '.picture-none');
  assert.ok(await veil() < 0.05);
  await opened.close();
});

test('MV8 changes since a day are marked, counted and played day by day', async () => {
  const opened = await openChart();
  const { page } = opened;
  const all = await call(page, 'records', 'holding');
  const held = all.find((one) => one.role === 'a' && !one.until);
  const today = new Date();
  const ago = (days) => {
    const day = new Date(today.getTime() - days * 86_400_000);
    const two = (number) => String(number).padStart(2, '0');
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  };
  await call(page, 'put', 'holding', { id: held.id, since: ago(800), until: ago(20) });
  await call(page, 'put', 'post', { title: '新设的岗位', unit: all.length ? (await call(page, 'records', 'post'))
    .find((post) => post.id === held.post).unit : undefined, since: ago(10) });
  await press(page, '看变化');
  await page.waitForSelector('.since-said');
  await page.$eval('#since-day', (one) => { one.focus(); one.select(); });
  await page.keyboard.type(ago(60));
  await page.keyboard.press('Tab');
  await until(page, '新设 1、换人 1', '.since-said');
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  await opened.screenshot('since');
  const range = await page.$eval('.since-days input', (one) => [Number(one.max), Number(one.value)]);
  assert.ok(range[0] >= 2 && range[1] === range[0], `${range}`);
  const stand = (place) => page.$eval('.since-days input', (one, place) => {
    one.value = String(place);
    one.dispatchEvent(new Event('input', { bubbles: true }));
  }, place);
  await stand(0);
  await until(page, '没有变化', '.since-said');
  await press(page, '播放', '.since');
  await until(page, '换人 1', '.since-said');
  await until(page, '新设 1、换人 1', '.since-said');
  await waitFor(page, '播放');
  for (const [width, height] of [[1024, 768], [390, 844]]) {
    await page.setViewport({ width, height });
    await new Promise((resolve) => { setTimeout(resolve, 600); });
    await opened.screenshot(`since-${width}`);
  }
  await press(page, '看变化');
  await gone(page, '.since');
  await opened.close();
});
