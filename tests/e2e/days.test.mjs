// Days as they are filled in: header, form, cell, dialog. SPEC.md U8.

import assert from 'node:assert/strict';
import test from 'node:test';
import { open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const until = (page, look, ...args) => page.waitForFunction(look, { timeout: 10_000 }, ...args);
const value = (page, selector) => page.$eval(selector, (input) => input.value);
const posts = (page) => page.evaluate(() => window.gangtu.records('post'));

async function withOnePost(kernel) {
  const opened = await open(kernel);
  const { page } = opened;
  await page.waitForSelector('.start-form .input');
  await page.type('.start-form .input', '青石镇');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.shell');
  await page.evaluate(() => window.gangtu.put('post', { title: '文书岗', since: '2026-06-15' }));
  const [{ id }] = await posts(page);
  return { ...opened, id };
}

async function clear(page, selector) {
  await page.focus(selector);
  await page.$eval(selector, (input) => input.select());
}

/** The browser's calendar answers so. */
async function pick(page, selector, day) {
  await page.$eval(selector, (input, day) => {
    input.value = day;
    for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
  }, day);
}

for (const kernel of kernels) {
  test(`U8 on ${kernel} a day in a form reads in Chinese, is typed as clerks write it and picked`, async () => {
    const { page, close, id } = await withOnePost(kernel);
    await page.evaluate((id) => { location.hash = `/record/post/${id}`; }, id);
    await page.waitForSelector('.record-head .button-main');
    await page.click('.record-head .button-main');
    await page.waitForSelector('#form-since');
    assert.equal(await value(page, '#form-since'), '2026年6月15日');
    assert.equal(await value(page, '#form-until'), '', 'an empty day says nothing');
    await clear(page, '#form-since');
    await page.keyboard.type('2026.3.1');
    assert.equal(await value(page, '#form-since'), '2026.3.1', 'not rewritten under the hand');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'form-until', 'one stop of the keyboard');
    assert.equal(await value(page, '#form-since'), '2026年3月1日');
    await page.keyboard.type('明天');
    await clear(page, '#form-since');
    await until(page, () => document.querySelector('#form-until').getAttribute('aria-invalid') === 'true');
    assert.equal(await value(page, '#form-until'), '明天', 'what is no day stays to be mended');
    assert.match(await page.$eval('#form-until-problem', (node) => node.innerText), /日期/);
    await pick(page, '#form-until ~ .date-calendar', '2027-12-31');
    assert.equal(await value(page, '#form-until'), '2027年12月31日');
    assert.equal(await page.$eval('#form-until', (input) => input.getAttribute('aria-invalid')), 'false');
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
    await until(page, () => document.querySelector('.drawer') === null);
    const [post] = await posts(page);
    assert.deepEqual([post.since, post.until], ['2026-03-01', '2027-12-31']);
    await close();
  });
}

test('U8 the day in the header and in a cell is filled in the same way', async () => {
  const { page, close } = await withOnePost(kernels[0]);
  await clear(page, '#day');
  await page.keyboard.type('20260701');
  await page.keyboard.press('Tab');
  await until(page, () => document.querySelector('#day').value === '2026年7月1日');
  assert.ok(await page.$('.header-day-other'), 'it is not today');
  await clear(page, '#day');
  await page.keyboard.type('七月');
  await page.keyboard.press('Tab');
  await until(page, () => document.querySelector('#day').value === '2026年7月1日');
  await page.evaluate(() => { location.hash = '/list/post'; });
  await page.waitForSelector('[data-row="0"]');
  const click = async (tag, words) => {
    const named = (tag, words) => [...document.querySelectorAll(tag)].find((one) => one.innerText.trim() === words);
    await (await page.waitForFunction(named, { timeout: 5_000 }, tag, words)).click();
  };
  await click('button', '列');
  await click('label', '起始日期');
  await page.keyboard.press('Escape');
  const cell = await page.waitForFunction(() => [...document.querySelectorAll('[data-row="0"] [data-field]')]
    .find((cell) => cell.textContent.includes('2026')));
  await cell.click();
  await page.keyboard.press('F2');
  await until(page, () => document.activeElement.closest('.cell-editor') !== null);
  assert.equal(await page.evaluate(() => document.activeElement.value), '2026年6月15日');
  await page.keyboard.type('2026-05-04');
  await page.keyboard.press('Enter');
  await until(page, async () => (await window.gangtu.records('post'))[0].since === '2026-05-04');
  await close();
});
