// A locked base: what lies in the browser is sealed, and a passphrase stands before it.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, chord, gone, press, samples, until } from './hands.mjs';
import { open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');
const PASSPHRASE = '河边老槐树下三盘棋';
const NEXT = '新的口令换了三个人';

async function answer(page, verb, ...words) {
  await page.waitForSelector('.dialog .field input');
  await page.evaluate((words) => {
    const inputs = document.querySelectorAll('.dialog .field input');
    words.forEach((word, at) => {
      inputs[at].value = word;
      inputs[at].dispatchEvent(new Event('input', { bubbles: true }));
    });
  }, words);
  await press(page, verb, '.dialog');
}

const settings = (page) => page.evaluate(() => { location.hash = '#/settings'; });

/** Everything that lies in the township's database, as text. */
const liesThere = (page) => page.evaluate(async () => {
  const all = await indexedDB.databases();
  const { name } = all.find((one) => one.name.startsWith('gangtu:'));
  const base = await new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
  const found = [];
  for (const store of base.objectStoreNames) {
    const asked = base.transaction(store).objectStore(store).getAll();
    found.push(...await new Promise((done) => { asked.onsuccess = () => done(asked.result); }));
  }
  base.close();
  const text = (one) => (one instanceof Uint8Array ? new TextDecoder().decode(one) : one);
  return found.map(text).join('\n');
});

/** The page's clock can be moved on; after a reload it is right again. */
const movableClock = (page) => page.evaluateOnNewDocument(() => {
  const now = Date.now.bind(Date);
  window.later = 0;
  Date.now = () => now() + window.later;
});

async function township(kernel, how = {}) {
  const opened = await open(kernel, how);
  await call(opened.page, 'importBundle', realPosts);
  const [post] = await call(opened.page, 'records', 'post');
  await call(opened.page, 'put', 'post', { id: post.id, title: '青石综合文书岗' });
  return { ...opened, post };
}

/** A form with something typed into it: the browser would ask before it leaves. */
async function openForm(page) {
  await page.evaluate(() => { location.hash = '#/list/post'; });
  await page.waitForSelector('.page-actions .button-main');
  await page.click('.page-actions .button-main');
  await page.waitForSelector('.drawer #form-no');
  await page.type('#form-no', 'G-99');
}

async function lock(page) {
  await settings(page);
  await press(page, '设置口令…');
  await answer(page, '设置口令', PASSPHRASE, PASSPHRASE);
  await until(page, '已加锁：', '.shell-main');
  await gone(page, '.dialog');
}

async function unlock(page, passphrase) {
  await until(page, '这台电脑上的数据加了锁', '.dialog');
  await answer(page, '打开', passphrase);
}

for (const kernel of kernels) {
  test(`E9 E11 on ${kernel} a locked base is sealed where it lies and asks for its passphrase`, async () => {
    const here = await township(kernel);
    const { page } = here;
    assert.ok((await liesThere(page)).includes('青石综合文书岗'));
    await lock(page);
    assert.ok(!(await liesThere(page)).includes('青石综合文书岗'), 'nothing can be read');
    await call(page, 'put', 'post', { id: here.post.id, title: '加锁后改的岗' });
    assert.ok(!(await liesThere(page)).includes('加锁后改的岗'));
    const state = await call(page, 'stateHash');

    await here.reload();
    assert.equal((await call(page, 'records', 'post').catch(() => [])).length, 0, 'nothing is open yet');
    await unlock(page, '河边老槐树下三盘旗');
    await until(page, '口令不对', '.dialog');
    await answer(page, '打开', PASSPHRASE);
    await page.waitForSelector('.shell', { timeout: 30_000 });
    assert.equal(await call(page, 'stateHash'), state);

    await settings(page);
    await press(page, '立即锁定');
    await unlock(page, PASSPHRASE);
    await page.waitForSelector('.shell', { timeout: 30_000 });
    const locks = page.waitForNavigation({ timeout: 30_000 });
    await chord(page, 'k');
    await page.waitForSelector('.palette-input');
    await page.keyboard.type('立即锁定');
    await until(page, '立即锁定', '.palette-line');
    await page.keyboard.press('Enter');
    await locks;
    await unlock(page, PASSPHRASE);
    await page.waitForSelector('.shell', { timeout: 30_000 });
    await here.close();
  });

  test(`E10 E11 on ${kernel} its passphrase is changed and taken off`, async () => {
    const here = await township(kernel);
    const { page } = here;
    const state = await call(page, 'stateHash');
    await lock(page);
    await press(page, '更换口令…');
    await answer(page, '更换口令', '不对的口令不对', NEXT, NEXT);
    await until(page, '口令不对', '.dialog');
    await answer(page, '更换口令', PASSPHRASE, NEXT, NEXT);
    await gone(page, '.dialog');
    await here.reload();
    await unlock(page, PASSPHRASE);
    await until(page, '口令不对', '.dialog');
    await answer(page, '打开', NEXT);
    await page.waitForSelector('.shell', { timeout: 30_000 });
    await settings(page);
    await press(page, '去掉口令…');
    await answer(page, '去掉口令', NEXT);
    await until(page, '给存在这台电脑浏览器里的数据加一道口令', '.shell-main');
    assert.ok((await liesThere(page)).includes('青石综合文书岗'));
    await here.reload();
    await page.waitForSelector('.shell', { timeout: 30_000 });
    assert.equal(await call(page, 'stateHash'), state);
    await here.close();
  });

  test(`E11 on ${kernel} a base nobody touches locks by itself`, async () => {
    const here = await township(kernel, { before: movableClock });
    const { page } = here;
    await lock(page);
    await openForm(page);
    await page.evaluate(() => { window.still = true; window.later = 14 * 60_000; });
    await new Promise((done) => { setTimeout(done, 7_000); });
    assert.ok(await page.evaluate(() => window.still === true), 'not before its time');
    assert.equal(await page.$('.toast-failed'), null);
    await page.evaluate(() => { window.later = 14.6 * 60_000; });
    await until(page, '半分钟内就要自动锁定', '.toasts');
    await page.keyboard.press('Shift');
    await gone(page, '.toast-failed');
    await page.evaluate(() => { window.later = 16 * 60_000; });
    await new Promise((done) => { setTimeout(done, 7_000); });
    assert.ok(await page.evaluate(() => window.still === true), 'somebody was there');
    const anew = page.waitForNavigation({ timeout: 30_000 });
    await page.evaluate(() => { window.later = 30 * 60_000; });
    await anew;
    await unlock(page, PASSPHRASE);
    await page.waitForSelector('.shell', { timeout: 30_000 });
    await here.close();
  });
}

test(`E12 on ${kernels[0]} plain http, which has no cryptography of its own, locks as well`, async () => {
  // This computer's own address counts as secure, so what plain http lacks is taken away.
  const before = (page) => page.evaluateOnNewDocument(() => {
    Object.defineProperty(Crypto.prototype, 'subtle', { get() { throw new Error('plain http'); } });
    delete Crypto.prototype.randomUUID;
  });
  const here = await township(kernels[0], { via: 'http', before });
  await lock(here.page);
  await here.reload();
  await unlock(here.page, PASSPHRASE);
  await here.page.waitForSelector('.shell', { timeout: 30_000 });
  await here.close();
});
