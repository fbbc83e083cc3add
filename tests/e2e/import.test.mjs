// Foreign tables go in through the page: the plan first, then one action that can be taken back.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { newTownship } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const source = (name) => path.join(here, '../../samples/source', name);

/** Begins an empty township and goes to the import page. */
async function begin(kernel, how = {}) {
  const opened = await open(kernel, how);
  const { page } = opened;
  await newTownship(page, '青石镇');
  // It stands before its first record is written.
  await page.waitForFunction(async () => (await window.gangtu.records('town')).length === 1, { polling: 50 });
  await goImport(page);
  return opened;
}

async function goImport(page) {
  await page.evaluate(() => { location.hash = '#/import'; });
  await page.waitForSelector('.import-drop');
}

const says = (page, words) => page.waitForFunction(
  (text) => document.querySelector('.import').innerText.includes(text), { timeout: 60_000 }, words,
);

async function hand(page, ...files) {
  const input = await page.waitForSelector('.import-drop input[type=file]');
  await input.uploadFile(...files);
}

/** Presses the button whose words begin so, once it may be pressed. */
async function press(page, words) {
  const find = (text) => [...document.querySelectorAll('button')]
    .find((button) => button.innerText.trim().startsWith(text) && !button.disabled);
  await page.waitForFunction(find, { timeout: 60_000 }, words);
  await page.evaluate(`(${find})(${JSON.stringify(words)}).click()`);
}

const hash = (page) => page.evaluate(() => window.gangtu.stateHash());
const count = (page, kind) => page.evaluate(async (id) => (await window.gangtu.records(id)).length, kind);

/** Every record of the kinds an import of posts touches. */
const everything = (page) => page.evaluate(async () => {
  const kinds = ['town', 'unit', 'post', 'duty', 'duty_link', 'person'];
  return Promise.all(kinds.map((kind) => window.gangtu.records(kind)));
});

/** Number under a figure's name: 新增, 改动, 一样, 有问题 … */
const figure = (page, name) => page.evaluate((text) => {
  const found = [...document.querySelectorAll('.import-figure')]
    .find((figure) => figure.querySelector('.figure-name').innerText === text);
  return found ? Number(found.querySelector('.figure-number').innerText) : null;
}, name);

function written(folder, name, content) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

for (const kernel of kernels) {
  test(`the real duty list and post table go in on ${kernel} and are still there after a reload`, async () => {
    const profileDir = makeProfile();
    const opened = await begin(kernel, { profileDir });
    const { page } = opened;
    // Handed over the wrong way round: duties go first all the same.
    await hand(page, source('posts.csv'), source('duties.csv'));
    await says(page, '接下来：posts.csv');
    await press(page, '确认导入 247 行');
    await press(page, '确认导入 148 行');
    await says(page, '岗位：新增 148 条');
    await opened.screenshot('import-done');
    assert.equal(await count(page, 'duty'), 247);
    assert.equal(await count(page, 'post'), 148);
    assert.equal(await count(page, 'unit'), 16, 'both tables name the same units');
    assert.ok(await count(page, 'duty_link') > 100, 'duties of posts are matched');
    const before = await hash(page);
    await opened.reload();
    await page.waitForSelector('.shell');
    assert.equal(await hash(page), before);
    assert.equal(await count(page, 'post'), 148);
    await opened.close({ keepProfile: false });
  });
}

const kernel = kernels[0];

test('what is no table is refused with its sentence and changes nothing', async () => {
  const folder = makeProfile();
  const opened = await begin(kernel);
  const { page } = opened;
  const before = await hash(page);
  const cases = [
    ['照片.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), '这是一张图片，不是表格，没有导入。'],
    ['空.csv', '', '文件是空的，没有可导入的内容。'],
    ['表.xlsx', 'PK\x03\x04\x14\x00 xl/workbook.xml', '请在表格软件里另存为 CSV 再选。'],
    ['包.csv', 'PK\x03\x04\x14\x00 a.txt', '这是压缩包，没有导入。'],
    ['一行.csv', Buffer.alloc(50 * 1024 * 1024, 'x'), '第 1 行超过 4 MB 还没有换行，不像表格，没有导入。'],
    ['数据包.json', '{"format":1}', '数据包请到“数据与备份”里导入'],
  ];
  for (const [name, content, sentence] of cases) {
    await hand(page, written(folder, name, content));
    await says(page, sentence);
    await page.waitForSelector('.import-drop');
    assert.equal(await hash(page), before, name);
  }
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('a table with bad rows says which, imports the others, and is taken back whole', async () => {
  const folder = makeProfile();
  const opened = await begin(kernel);
  const { page } = opened;
  const before = await everything(page);
  const table = '机构,序号,岗位\n党政办,1,文书岗\n党政办,二,信息岗\n党政办,3\n党政办,4,<img src=x onerror=alert(1)>\n';
  await hand(page, written(folder, '岗位.csv', table));
  await says(page, '导入 2 行，跳过 2 行');
  assert.equal(await figure(page, '有问题'), 2);
  await page.evaluate(() => document.querySelectorAll('.import-figure')[3].click());
  await says(page, '岗位序号应是整数。');
  await says(page, '这一行有 2 格，表头有 3 格。');
  const rows = await page.$$eval('.import-bad tbody tr', (list) => list.map((row) => row.cells[0].innerText));
  assert.deepEqual(rows, ['3', '4'], 'each with its line in the file');
  await opened.screenshot('import-bad');
  await press(page, '导入 2 行');
  await says(page, '岗位：新增 2 条');
  const titles = await page.evaluate(async () => (await window.gangtu.records('post')).map((post) => post.title));
  assert.deepEqual(titles.sort(), ['<img src=x onerror=alert(1)>', '文书岗'], 'script is text');
  await page.evaluate(() => window.gangtu.undo());
  await says(page, '已撤销，数据回到导入之前。');
  assert.deepEqual(await everything(page), before, 'one step took all of it back');
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('a column that was not known is given its meaning, and the plan follows', async () => {
  const folder = makeProfile();
  const opened = await begin(kernel);
  const { page } = opened;
  await hand(page, written(folder, '甲.csv', '机构,序号,叫啥\n党政办,1,文书岗\n党政办,2,信息岗\n'));
  await page.waitForSelector('.import-kind select');
  await choose(page, '.import-kind select', '岗位');
  await says(page, '还缺必填的“岗位名称”');
  await page.waitForSelector('.import-map tbody tr:nth-child(3) select');
  await choose(page, '.import-map tbody tr:nth-child(3) select', '岗位名称（必填）');
  await press(page, '确认导入 2 行');
  await says(page, '岗位：新增 2 条');
  assert.equal(await count(page, 'post'), 2);
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('cells pasted from a spreadsheet are a table', async () => {
  const opened = await begin(kernel);
  const { page } = opened;
  await press(page, '粘贴表格');
  await page.waitForSelector('.import-paste textarea');
  await page.evaluate(() => {
    const field = document.querySelector('.import-paste textarea');
    field.value = '机构\t岗位\n党政办\t文书岗\n';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await press(page, '读取');
  await press(page, '确认导入 1 行');
  await says(page, '岗位：新增 1 条');
  assert.equal(await count(page, 'post'), 1);
  await opened.close();
});

test('villages of one town come from the division codes, twice without a change', async () => {
  const opened = await begin(kernel);
  const { page } = opened;
  await hand(page, source('divisions.json'));
  await says(page, '哪一个是本镇？');
  await press(page, '余川镇');
  await press(page, '确认导入 46 行');
  await says(page, '村（社区）：新增 46 条');
  await hand(page, source('divisions.json'));
  await press(page, '余川镇');
  await says(page, '没有要写入的内容');
  assert.equal(await figure(page, '一样'), 46);
  await press(page, '不导入');
  await page.waitForSelector('.import-drop');
  assert.equal(await count(page, 'village'), 46);
  await opened.close();
});

test('cancelling a file of 100,000 rows leaves everything as it was', async () => {
  const folder = makeProfile();
  const opened = await begin(kernel);
  const { page } = opened;
  const before = await hash(page);
  const lines = Array.from({ length: 100_000 }, (_, at) => `机构${at % 40},${at + 1},岗位${at},收文、发文、归档`);
  await hand(page, written(folder, '大表.csv', `机构,序号,岗位,职责\n${lines.join('\n')}\n`));
  // While it is read …
  await page.waitForFunction(() => document.querySelector('.import-working progress[max]'), { timeout: 60_000 });
  await opened.screenshot('import-reading');
  await press(page, '取消');
  await page.waitForSelector('.import-drop');
  assert.equal(await hash(page), before);
  // … and while its rows are checked.
  await hand(page, path.join(folder, '大表.csv'));
  await page.waitForSelector('.import-replan button', { timeout: 60_000 });
  await press(page, '取消');
  await page.waitForSelector('.import-drop');
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(await page.$('.import-drop'), 'nothing goes on behind the page');
  assert.equal(await hash(page), before);
  assert.equal(await count(page, 'post'), 0);
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

/** Chooses an option by its words, as a person does. */
async function choose(page, selector, words) {
  await page.evaluate((where, text) => {
    const select = document.querySelector(where);
    const option = [...select.options].find((one) => one.innerText.trim() === text || one.text.trim() === text);
    select.value = option.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, selector, words);
}
