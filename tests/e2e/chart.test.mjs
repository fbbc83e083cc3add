// The architecture chart's forms, as somebody at the desk chooses them.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, newTownship, press, refusal, run, samples, until } from './hands.mjs';
import { open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');

const FORMS = ['tree', 'across', 'boards', 'wall'];

/** What the chart's canvas shows, once it has been the same for a while. */
const atRest = (page) => page.evaluate(async () => {
  const turn = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
  const look = () => document.querySelector('canvas').toDataURL();
  let [before, since] = [look(), performance.now()];
  while (performance.now() - since < 600) {
    await turn(50);
    const now = look();
    if (now !== before) [before, since] = [now, performance.now()];
  }
  return before;
});

async function choose(page, label) {
  const select = await page.waitForSelector('.picture-choice select');
  await select.select(label);
}

async function openChart(kernel) {
  const opened = await open(kernel);
  await opened.page.setViewport({ width: 1024, height: 768 });
  await call(opened.page, 'importBundle', realPosts);
  await go(opened.page, '/chart');
  await opened.page.waitForSelector('canvas');
  return opened;
}

for (const kernel of kernels) {
  test(`P14 on ${kernel} the chart stands in four forms and keeps the chosen one`, async () => {
    const opened = await openChart(kernel);
    const { page } = opened;
    const seen = new Set([await atRest(page)]);
    for (const label of ['左右', '机构板', '挂图']) {
      await choose(page, label);
      const picture = await atRest(page);
      assert.ok(!seen.has(picture), label);
      seen.add(picture);
      await opened.screenshot(`form-${label}`);
    }
    const wall = await atRest(page);
    await go(page, '/find');
    await page.waitForFunction(() => !document.querySelector('.picture-choice'));
    await go(page, '/chart');
    await page.waitForSelector('canvas');
    assert.equal(await atRest(page), wall, 'still the wall chart');
    assert.equal(await page.$eval('.picture-choice select', (one) => one.value), '挂图');
    await choose(page, '上下');
    assert.ok(seen.has(await atRest(page)), 'the tree again');
    await opened.close();
  });
}

test('P14 every form has every post, apart from the others, and fills a wide screen', async () => {
  const opened = await openChart('current');
  const { page } = opened;
  const posts = (await call(page, 'records', 'post')).map((post) => `post/${post.id}`).sort();
  for (const form of FORMS) {
    const boxes = await call(page, 'layout', 'chart', { form });
    const cards = boxes.filter((box) => box.id.startsWith('post/'));
    assert.deepEqual(cards.map((box) => box.id).sort(), posts, form);
    const ends = (side, size) => [
      Math.min(...boxes.map((box) => box[side])), Math.max(...boxes.map((box) => box[side] + box[size]))];
    const [left, right] = ends('x', 'width');
    const [top, bottom] = ends('y', 'height');
    const shape = (right - left) / (bottom - top);
    assert.ok(shape > 1.1 && shape < 2.9, `${form} is ${shape.toFixed(2)} times as wide as high`);
  }
  const svg = await call(page, 'picture', 'chart', { form: 'wall' });
  assert.match(svg, /︵[^︶]*︶/, 'a bracket is turned');
  assert.match(await refusal(page, 'layout', 'chart', { form: 'pie' }), /挂图/);
  await opened.close();
});

test('P14 cards slide to their places, and do not where the computer asks for less motion', async () => {
  const opened = await openChart('current');
  const { page } = opened;
  await atRest(page);
  const pictures = (label) => page.evaluate(async (label) => {
    const select = document.querySelector('.picture-choice select');
    const looks = new Set();
    select.value = label;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    const until = performance.now() + 700;
    while (performance.now() < until) {
      await new Promise((resolve) => { requestAnimationFrame(resolve); });
      looks.add(document.querySelector('canvas').toDataURL());
    }
    return looks.size;
  }, label);
  const sliding = await pictures('机构板');
  assert.ok(sliding > 3, `${sliding} pictures on the way`);
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  const still = await pictures('上下');
  assert.ok(still <= 3, `${still} pictures without motion`);
  await opened.close();
});

test('P15 the chart is read as nested lists by keys alone, and Enter opens what the keys stand at', async () => {
  const opened = await openChart('current');
  const { page } = opened;
  await press(page, '目录');
  // Units are open from the start.
  await page.waitForSelector('[role=tree] [role=group] [role=treeitem]');
  const said = () => page.evaluate(() => document.activeElement.querySelector('.outline-says')?.innerText ?? '');
  const isOpen = () => page.evaluate(() => document.activeElement.getAttribute('aria-expanded'));
  const key = async (name) => {
    const before = await page.evaluate(() => [document.activeElement.id, document.activeElement.getAttribute('aria-expanded')].join());
    await page.keyboard.press(name);
    await page.waitForFunction((before) => [document.activeElement.id, document.activeElement.getAttribute('aria-expanded')].join() !== before, { timeout: 5_000 }, before);
  };
  await page.focus('[role=treeitem][tabindex="0"]');
  const top = await said();
  await key('ArrowDown');
  while (await isOpen() !== 'false') await key('ArrowDown');
  const unit = await said();
  await key('ArrowRight');
  assert.equal(await isOpen(), 'true');
  await key('ArrowRight');
  const post = await said();
  const posts = await call(page, 'records', 'post');
  const met = posts.find((one) => post.startsWith(one.title));
  assert.ok(met, `“${post}” begins with a post's title`);
  await opened.screenshot('outline');
  await key('ArrowLeft');
  assert.equal(await said(), unit, 'back to what it belongs to');
  await key('ArrowLeft');
  assert.equal(await isOpen(), 'false');
  await key('Home');
  assert.equal(await said(), top);
  await key('End');
  await key('Home');
  await page.focus('[role=treeitem][tabindex="0"]');
  while (await said() !== unit) await key('ArrowDown');
  await key('ArrowRight');
  await key('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/record/post/'));
  await opened.close();
});

test('P14 the chain of responsibility shows zones and villages, and in words where nobody is named', async () => {
  const opened = await openChart('current');
  const { page } = opened;
  const person = await call(page, 'put', 'person', { name: '周立夏' });
  const zone = await call(page, 'put', 'zone', { name: '溪南片', head: person });
  const bare = await call(page, 'put', 'zone', { name: '溪北片' });
  const village = await call(page, 'put', 'village', { name: '上溪村', zone, contact: person });
  await call(page, 'put', 'village', { name: '下溪村', zone: bare });
  const ids = (await call(page, 'layout', 'chart', { form: 'chain' })).map((box) => box.id);
  for (const id of [`zone/${zone}`, `zone/${bare}`, `village/${village}`]) assert.ok(ids.includes(id), id);
  const svg = await call(page, 'picture', 'chart', { form: 'chain' });
  for (const words of ['片长 周立夏', '包村 周立夏', '缺片长、1 村无人包']) assert.ok(svg.includes(words), words);
  await choose(page, '责任链');
  await atRest(page);
  await press(page, '目录');
  await page.waitForFunction(() => document.querySelector('.outline')?.innerText.includes('包村干部 周立夏'));
  await opened.screenshot('chain');
  await opened.close();
});

async function ask(page, way) {
  const button = await page.waitForSelector('button[aria-label="导出图片、打印"]');
  await button.click();
  await page.waitForSelector('.dialog');
  await page.evaluate((way) => {
    [...document.querySelectorAll('.dialog label')].find((one) => one.innerText.includes(way)).querySelector('input').click();
  }, way);
}

test('P16 a picture goes out as an image of the size that was asked for', async () => {
  const opened = await openChart('current');
  const { page } = opened;
  await page.evaluate(() => {
    HTMLAnchorElement.prototype.click = function click() { window.saved = { name: this.download, href: this.href }; };
  });
  await ask(page, 'PNG');
  await (await page.waitForSelector('.dialog select')).select('1920');
  await press(page, '导出', '.dialog');
  await page.waitForFunction(() => window.saved);
  const image = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (await fetch(window.saved.href)).arrayBuffer());
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    return { name: window.saved.name, head: [...bytes.slice(1, 4)], width: picture.width, height: picture.height };
  });
  assert.deepEqual(image.head, [...'PNG'].map((letter) => letter.charCodeAt(0)));
  assert.match(image.name, /架构图\.png$/);
  assert.ok(image.width === 1920 && image.height > 400, `${image.width} × ${image.height}`);
  await opened.close();
});

/** Pages of a PDF file, each with the text Chromium put in. */
const pagesOf = (pdf) => (Buffer.from(pdf).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;

test('P16 a picture is printed on sheets of paper, whole or in parts', async () => {
  const opened = await openChart('current');
  const { page } = opened;
  await page.evaluate(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; });
  const printed = async (choices) => {
    await ask(page, '打印');
    for (const [at, value] of choices) {
      const selects = await page.$$('.picture-press select');
      await selects[at].select(value);
    }
    const said = await page.$eval('.dialog [role=status]', (one) => one.innerText);
    const before = await page.evaluate(() => window.printed ?? 0);
    await press(page, '打印', '.dialog');
    await page.waitForFunction((before) => (window.printed ?? 0) > before, {}, before);
    const sheets = await page.$$eval('.press-sheet', (all) => all.map((one) => one.querySelector('.press-head').innerText.replace(/\s+/g, ' ')));
    const texts = await page.$$eval('.press-sheet svg text', (all) => all.map((one) => one.textContent));
    const pdf = await page.pdf({ preferCSSPageSize: true });
    return { said, sheets, texts, pdf };
  };
  const whole = await printed([]);
  assert.match(whole.said, /共 1 张/);
  assert.equal(whole.sheets.length, 1);
  assert.match(whole.sheets[0], /^数据 .*第 1 张，共 1 张$/, 'the day stands in the picture');
  assert.equal(pagesOf(whole.pdf), 1);
  const posts = await call(page, 'records', 'post');
  assert.ok(whole.texts.length > posts.length, 'the posts are text');
  const parts = await printed([[1, '0'], [3, '0'], [4, '3']]);
  assert.ok(!Buffer.from(parts.pdf).includes('/Subtype /Image'), 'nothing is printed as an image');
  const count = Number(parts.said.match(/共 (\d+) 张/)[1]);
  assert.ok(count >= 3, parts.said);
  assert.equal(parts.sheets.length, count);
  assert.equal(pagesOf(parts.pdf), count);
  // P28: the title stands above the sheets that do not show it themselves.
  assert.ok(!whole.sheets[0].includes('架构图') && whole.texts.some((text) => text.endsWith('架构图')));
  assert.match(parts.sheets.at(-1), /架构图.*截至 /);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await page.$('.press'), null, 'nothing of it stays in the page');
  await opened.close();
});

test('P16 the textures of a map are printed as strokes', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8'));
  await go(page, '/map');
  await page.waitForSelector('canvas');
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await ask(page, '打印');
  await press(page, '打印', '.dialog');
  await page.waitForFunction(() => window.printed);
  const cut = await page.$$eval('.press-sheet clipPath', (all) => all.length);
  assert.ok(cut > 20, `${cut} cells with a texture`);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.ok(!Buffer.from(pdf).includes('/Subtype /Image'), 'nothing is printed as an image');
  assert.ok(pdf.length < 3e6, `${pdf.length} bytes`);
  await opened.close();
});

test('P27 P28 each unit of the chart is printed on sheets of its own behind an index', async () => {
  const opened = await openChart('current');
  const { page } = opened;
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await ask(page, '打印');
  await page.select('.picture-press select', '1');
  const said = await page.waitForFunction(
    () => /共 (\d+) 张：目录/.exec(document.querySelector('.dialog [role=status]').innerText)?.[1]);
  const count = Number(await said.jsonValue());
  await opened.screenshot('print-apart');
  await press(page, '打印', '.dialog');
  await page.waitForFunction(() => window.printed, { timeout: 20_000, polling: 50 });
  const sheets = await page.$$eval('.press-sheet', (all) => all.map((one) => [...one.querySelectorAll('svg text')].map((text) => text.textContent)));
  assert.equal(sheets.length, count);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pagesOf(pdf), count);
  // The index names the sheet on which a unit's own begins.
  const named = sheets[0].flatMap((text, at) => {
    const first = /^第 (\d+) 张$/.exec(text)?.[1];
    return first ? [[sheets[0][at - 1], Number(first)]] : [];
  });
  assert.ok(named.length > 1);
  // Each sheet keeps its own looks: none takes those of another.
  const rimmed = await page.$$eval('.press-sheet svg text', (all) => all.filter((one) => getComputedStyle(one).stroke !== 'none').length);
  assert.equal(rimmed, 0, 'words without a rim');
  for (const [name, first] of named) {
    assert.ok(sheets[first - 1].some((text) => text.includes(name)), `${name} on ${first}`);
  }
  await opened.close();
});

test('P24 P25 lines and what cards show are chosen above the chart, for staff only', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8'));
  await go(page, '/chart');
  await page.waitForSelector('canvas');
  const legend = () => page.$eval('.picture-legend', (image) => decodeURIComponent(image.src));
  const said = (words) => page.waitForFunction(
    (words) => decodeURIComponent(document.querySelector('.picture-legend')?.src ?? '').includes(words),
    { timeout: 10_000, polling: 50 }, words);
  const tick = (words) => page.evaluate((words) => {
    const label = [...document.querySelectorAll('.chart-more label')].find((one) => one.innerText.trim() === words);
    label.querySelector('input').click();
  }, words);
  assert.ok(!(await legend()).includes('顶替'));
  const plain = await atRest(page);
  await press(page, '显示');
  await page.waitForSelector('.chart-more input');
  await said('A/B岗顶替');
  const lined = await atRest(page);
  assert.notEqual(lined, plain, 'lines are drawn');
  await tick('包村');
  await said('包村');
  const villages = await atRest(page);
  await opened.screenshot('lines-tree');
  assert.notEqual(villages, lined);
  await tick('工作量');
  assert.notEqual(await atRest(page), villages, 'cards show the load');
  for (const form of ['机构板', '挂图', '左右']) {
    await choose(page, form);
    await atRest(page);
    await opened.screenshot(`lines-${form}`);
  }
  for (const [width, height] of [[1024, 768], [390, 844]]) {
    await page.setViewport({ width, height });
    await atRest(page);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${width}: ${wide} too wide`);
    await opened.screenshot(`lines-${width}`);
  }
  // The chain has no lines of this kind and says so; put away, everything is as before.
  await page.setViewport({ width: 1366, height: 768 });
  await choose(page, '责任链');
  await page.waitForFunction(() => document.querySelector('.chart-more')?.innerText.includes('这个图形里没有'));
  await choose(page, '上下');
  await press(page, '显示');
  await page.waitForFunction(() => !document.querySelector('.chart-more'));
  assert.ok(!(await legend()).includes('顶替'));
  await run(page, '居民查询显示');
  await page.waitForFunction(() => ![...document.querySelectorAll('.picture-tools button')].some((one) => one.innerText === '显示'));
  await opened.close();
});

test('P14 villages without any posts yet stand in 责任链 and in no form that would be empty', async () => {
  const opened = await open('current');
  const { page } = opened;
  await newTownship(page, '石桥镇');
  await call(page, 'put', 'village', [{ name: '大石村' }, { name: '小河村' }]);
  await go(page, '/chart');
  await page.waitForFunction(() => [...document.querySelectorAll('.picture-choice option')]
    .map((one) => one.innerText).join() === '责任链,任务链', { timeout: 20_000, polling: 50 });
  assert.equal(await page.$eval('.picture-choice select', (one) => one.value), '责任链');
  await press(page, '目录');
  await until(page, '大石村', '.outline');
  await opened.screenshot('villages-alone');
  await opened.close();
});
