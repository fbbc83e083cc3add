// Commands by keyboard alone, and what the saving light says when. SPEC.md U-rules are in the names.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, chord, run, samples } from './hands.mjs';
import { open } from './harness.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');

/** A township with one post, through the door; the page then shows its screens. */
async function township() {
  const opened = await open('current');
  const { page } = opened;
  await page.evaluate(() => {
    const open = [...document.querySelectorAll('button')].find((b) => b.innerText.includes('打开示范镇'));
    open.click();
  });
  await page.waitForFunction(() => document.querySelector('.lights') !== null, { timeout: 20_000 });
  return opened;
}

const hashIs = (page, hash) =>
  page.waitForFunction((hash) => location.hash === hash, { timeout: 5_000 }, hash);

const PLACES = [
  ['架构图', '#/chart'], ['网格图', '#/map'], ['找岗办事', '#/find'], ['待办提醒', '#/findings'],
  ['导入表格', '#/import'], ['数据与备份', '#/data'], ['合并数据包', '#/data/merge'], ['操作记录', '#/log'], ['设置', '#/settings'],
  ['首页', '#/'],
];
const LISTS = [
  ['乡镇列表', 'town'], ['片区列表', 'zone'], ['村（社区）列表', 'village'], ['机构列表', 'unit'],
  ['岗位列表', 'post'], ['履职事项列表', 'duty'], ['岗位事项列表', 'duty_link'], ['人员列表', 'person'],
  ['任职列表', 'holding'], ['网格列表', 'grid_cell'], ['办事事项列表', 'matter'], ['窗口列表', 'window'],
];

test('U3 every place and every list is reached by keyboard alone', async () => {
  const { page, close } = await township();
  for (const [name, hash] of [...PLACES, ...LISTS.map(([name, kind]) => [name, `#/list/${kind}`])]) {
    await run(page, name);
    await hashIs(page, hash);
    const heading = await page.evaluate(() => document.querySelector('h1')?.innerText ?? '');
    assert.ok(heading.length > 0, `${name} has a heading`);
  }
  await close();
});

test('U4 the commands that are no places do what they say', async () => {
  const { page, close } = await township();
  const look = (name, value) =>
    page.waitForFunction(
      (name, value) => document.documentElement.dataset[name] === value, { timeout: 5_000 }, name, value);
  for (const [name, mode] of [['投影显示', 'projector'], ['居民查询显示', 'lookup'], ['桌面显示', 'desk']]) {
    await run(page, name);
    await look('mode', mode);
  }
  await run(page, '高对比度');
  await look('theme', 'contrast');
  const before = await call(page, 'stateHash');
  await call(page, 'put', 'zone', { name: '测试片' });
  const after = await call(page, 'stateHash');
  assert.notEqual(after, before);
  await run(page, '撤销');
  await page.waitForFunction(async () => (await window.gangtu.records('zone')).every((zone) => zone.name !== '测试片'), { timeout: 5_000 });
  await run(page, '重做');
  await page.waitForFunction(async () => (await window.gangtu.records('zone')).some((zone) => zone.name === '测试片'), { timeout: 5_000 });
  await run(page, '关闭示范镇');
  await page.waitForFunction(() => document.body.innerText.includes('打开示范镇'), { timeout: 5_000 });
  await close();
});

test('U7 commands and records are found by pinyin and initials', async () => {
  const { page, close } = await township();
  const first = async (typed) => {
    await chord(page, 'k');
    await page.waitForSelector('.palette-input');
    await page.keyboard.type(typed);
    await page.waitForFunction(
      (typed) => document.querySelector('.palette-input').value === typed, { timeout: 5_000 }, typed);
    const said = await page.$$eval('.palette-line', (lines) => lines.map((line) => line.innerText.split('\n').map((part) => part.trim())));
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('.palette') === null, { timeout: 5_000 });
    return said;
  };
  for (const [typed, name] of [['jgt', '架构图'], ['dr', '导入表格'], ['chexiao', '撤销'], ['CSV', '导入表格'], ['gwlb', '岗位列表']]) {
    assert.equal((await first(typed))[0]?.[0], name, typed);
  }
  const [post] = await call(page, 'records', 'post');
  assert.ok((await first(post.title)).some(([title, label]) => title === post.title && label === '岗位'), post.title);
  const minzheng = await first('mzjzg');
  assert.ok(minzheng.some(([title]) => title === '民政救助岗'), 'a post by its initials');
  assert.deepEqual(await first('没有这种东西'), []);
  await close();
});

/* Runs in the page before it does: counts open writing transactions, notes what the light says when. */
function watchSaving() {
  window.saving = { open: 0, ever: 0, said: [] };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    const transaction = begin.call(this, stores, mode, ...rest);
    if (mode === 'readwrite') {
      window.saving.open += 1;
      window.saving.ever += 1;
      const over = () => { window.saving.open -= 1; };
      transaction.addEventListener('complete', over);
      transaction.addEventListener('abort', over);
    }
    return transaction;
  };
  const look = () => {
    const light = document.querySelector('.lights')?.innerText ?? '';
    window.saving.said.push([light.includes('本机已存'), window.saving.open, window.saving.ever]);
  };
  document.addEventListener('DOMContentLoaded', () =>
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true }));
}

test('U5 the light says saved only when no writing transaction is open', async () => {
  const { page, reload, close } = await open('current');
  await page.evaluateOnNewDocument(watchSaving);
  await reload();
  await call(page, 'importBundle', realPosts);
  await page.waitForFunction(() => document.querySelector('.lights')?.innerText.includes('本机已存'), { timeout: 20_000 });
  for (const title of ['甲岗', '乙岗', '丙岗']) await call(page, 'put', 'post', { title });
  await page.waitForFunction(() => document.querySelector('.lights').innerText.includes('本机已存'), { timeout: 20_000 });
  const { said, ever } = await page.evaluate(() => window.saving);
  assert.ok(ever >= 4, `each write is a transaction, ${ever} were seen`);
  assert.ok(said.some(([saved]) => saved), 'the light was seen');
  const early = said.filter(([saved, open], at) => saved && open > 0 && !said[at - 1]?.[0]);
  assert.deepEqual(early, [], 'it never turned to saved while a transaction was open');
  await close();
});

test('U1 what was typed into the look-up is there after a reload, marks and all', async () => {
  const { page, reload, close } = await open('current');
  await call(page, 'importBundle', realPosts);
  const typed = () => page.waitForFunction(
    () => [...document.querySelectorAll('main input')].some((input) => input.value === '50% a&b'),
    { timeout: 10_000 },
  );
  await page.evaluate(() => { location.hash = '#/find?q=50%25%20a%26b'; });
  await typed();
  await reload();
  await typed();
  await close();
});
