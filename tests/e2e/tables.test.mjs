// Tables, forms and records, driven as a clerk drives them: mostly by the keyboard.

import assert from 'node:assert/strict';
import test from 'node:test';
import { call } from './hands.mjs';
import { open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until `look` inside the page answers something true. */
const until = (page, look, ...args) => page.waitForFunction(look, { timeout: 10_000 }, ...args);

async function press(page, ...keys) {
  for (const key of keys) {
    const parts = key.split('+');
    for (const held of parts.slice(0, -1)) await page.keyboard.down(held);
    await page.keyboard.press(parts[parts.length - 1]);
    for (const held of parts.slice(0, -1)) await page.keyboard.up(held);
    await wait(60);
  }
}

async function go(page, hash) {
  await page.evaluate((to) => { location.hash = to; }, hash);
}

/** The cells of a row as the reader sees them, the title first. */
const row = (page, at) => page.evaluate((place) => {
  const cells = document.querySelectorAll(`[data-row="${place}"] [data-field]`);
  return Array.from(cells, (cell) => cell.textContent);
}, at);

async function newTownship(page, name) {
  await page.waitForSelector('.start-form .input');
  await page.type('.start-form .input', name);
  await press(page, 'Enter');
  await page.waitForSelector('.shell');
}

/** Opens the form for a new post and fills in number and name. */
async function newPost(page, number, title, end) {
  await page.focus('.page-actions .button-main');
  await press(page, 'Enter');
  await until(page, () => document.activeElement.id === 'form-no');
  await page.keyboard.type(number);
  await press(page, 'Tab');
  await page.keyboard.type(title);
  await end();
  await until(page, () => document.querySelector('.drawer') === null);
}

const kernel = kernels[0];

test('a post is made, changed in its cell, put back and found again, by keyboard', async () => {
  const opened = await open(kernel);
  const { page } = opened;
  await newTownship(page, '青石镇');
  await go(page, '/list/post');
  await page.waitForSelector('.empty');
  assert.match(await page.$eval('.empty', (node) => node.innerText), /还没有岗位[^]*导入表格[^]*新建岗位/);

  // An empty required field is said at the field, and the sheet stays.
  await page.focus('.page-actions .button-main');
  await press(page, 'Enter');
  await page.waitForSelector('.drawer');
  await wait(100);
  await press(page, 'Control+Enter');
  await page.waitForSelector('.field-problem');
  assert.match(await page.$eval('.field-problem', (node) => node.innerText), /请填写岗位名称/);
  await until(page, () => document.activeElement.id === 'form-title');
  await press(page, 'Escape');
  await until(page, () => document.querySelector('.drawer') === null);

  await newPost(page, '2', '文书岗', () => press(page, 'Control+Enter'));
  await newPost(page, '1', '信息岗', async () => {
    // A unit that is not there yet is made with the post, in one action.
    await press(page, 'Tab');
    await page.keyboard.type('党政办');
    await page.waitForSelector('.picker-new');
    await press(page, 'Enter', 'Control+Enter');
  });
  await until(page, () => document.querySelectorAll('.row [data-field="1"]').length > 1);
  assert.equal(await page.$eval('.page-count', (node) => node.textContent), '2 条');

  // Sorted by number when the table is opened again.
  await go(page, '/list/unit');
  await until(page, () => document.querySelector('[data-row="0"]')?.textContent.includes('党政办'));
  await go(page, '/list/post');
  await until(page, () => document.querySelector('[data-row="0"]')?.textContent.includes('信息岗'));
  assert.deepEqual((await row(page, 0)).slice(0, 3), ['信息岗', '1', '党政办']);

  // In place: F2, a wrong value is said and kept, a right one is written, Tab goes on.
  await page.focus('.grid');
  await press(page, 'Control+Home', 'ArrowRight', 'F2');
  await until(page, () => document.activeElement.id === 'cell-editor');
  await page.keyboard.type('三');
  await press(page, 'Enter');
  assert.match(await page.$eval('.cell-editor', (node) => node.innerText), /岗位序号应是整数/);
  await press(page, 'Control+a');
  await page.keyboard.type('3');
  await press(page, 'Tab');
  await until(page, () => document.activeElement.getAttribute('role') === 'combobox');
  await press(page, 'Escape');
  await until(page, () => document.activeElement.getAttribute('role') === 'grid');
  await until(page, () => document.querySelector('[data-row="0"] [data-field="0"]').textContent === '3');

  await press(page, 'Control+z');
  await until(page, () => document.querySelector('[data-row="0"] [data-field="0"]').textContent === '1');

  // Chosen with Shift, ended together, gone from today's table and still there for those who ask.
  await press(page, 'Home', 'Space', 'Shift+ArrowDown');
  assert.equal(await page.$eval('.page-count', (node) => node.textContent), '2 条，选中 2 条');
  await page.focus('.bulk-bar .button');
  await press(page, 'Enter');
  await page.waitForSelector('.dialog');
  await page.focus('.dialog-foot .button-main');
  await press(page, 'Enter');
  await until(page, () => document.querySelector('.page-count').textContent === '0 条');
  await until(page, () => document.querySelector('.empty')?.innerText.includes('已结束'));
  await press(page, 'Control+z');
  await until(page, () => document.querySelector('.page-count').textContent.startsWith('2 条'));

  await opened.reload();
  await until(page, () => document.querySelector('[data-row="1"]')?.textContent.includes('文书岗'));
  await opened.close();
});

test('a record shows who refers to it, its history, and its neighbours in the table', async () => {
  const opened = await open(kernel, { hash: '/list/post' });
  const { page } = opened;
  await page.waitForSelector('.start-way');
  await page.evaluate(() => Array.from(document.querySelectorAll('.start-way .button')).pop().click());
  await page.waitForSelector('.row .cell-link');
  const titles = [(await row(page, 0))[0], (await row(page, 1))[0]];
  await page.evaluate(() => document.querySelector('[data-row="0"] .cell-link').click());
  await page.waitForSelector('.record');
  assert.equal(await page.$eval('.record h1', (node) => node.textContent), titles[0]);
  assert.match(await page.$eval('.record-links', (node) => node.innerText), /任职/);
  await page.evaluate(() => document.querySelectorAll('.tab')[1].click());
  await page.waitForSelector('.life-line');
  await page.evaluate(() => document.querySelectorAll('.record-beside a')[0].click());
  await until(page, (title) => document.querySelector('.record h1').textContent === title, titles[1]);
  await opened.close();
});

test('words left unsaved in a form are there when it is opened again', async () => {
  const opened = await open(kernel);
  const { page } = opened;
  await newTownship(page, '青石镇');
  await go(page, '/list/village');
  await page.waitForSelector('.page-actions .button-main');
  await page.focus('.page-actions .button-main');
  await press(page, 'Enter');
  await until(page, () => document.activeElement.id === 'form-name');
  await page.keyboard.type('石桥村');
  await go(page, '/list/post');
  await until(page, () => document.querySelector('.page-title')?.textContent === '岗位');
  await go(page, '/list/village');
  await until(page, () => document.querySelector('.page-title')?.textContent === '村（社区）');
  await page.focus('.page-actions .button-main');
  await press(page, 'Enter');
  await page.waitForSelector('#form-name');
  assert.equal(await page.$eval('#form-name', (node) => node.value), '石桥村');
  // Leaving asks before it throws away.
  await press(page, 'Escape');
  assert.match(await page.$eval('.dialog-foot', (node) => node.innerText), /还没有保存/);
  await press(page, 'Escape');
  await until(page, () => document.querySelector('.drawer') === null);
  await opened.close();
});

test('a table may be left before it has stood for a frame', async () => {
  const opened = await open(kernel);
  const { page } = opened;
  await newTownship(page, '青石镇');
  await call(page, 'put', 'post', { id: 'p1', title: '文书岗', no: 1 });
  // At every moment within a frame or two, since nobody presses by the frame.
  await page.evaluate(async () => {
    const rest = (ms) => new Promise((done) => setTimeout(done, ms));
    for (let turn = 0; turn < 90; turn += 1) {
      location.hash = turn % 2 ? '/list/post' : '/list/unit';
      await rest(turn % 30);
    }
    location.hash = '/list/post';
  });
  await until(page, () => document.querySelector('[data-row="0"]')?.textContent.includes('文书岗'));
  await opened.close();
});
