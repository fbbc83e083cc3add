// The past: a record's life, the township of a moment, and the way back.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, press, samples, waitFor } from './hands.mjs';
import { open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');

const text = (page) => page.evaluate(() => document.body.innerText);

/** The real posts, the first of them changed twice. */
async function changed(kernel) {
  const opened = await open(kernel);
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  const [post] = await call(page, 'records', 'post');
  await call(page, 'put', 'post', { id: post.id, title: '文书档案岗' });
  const then = await call(page, 'stateHash');
  // Both changes must not fall into one millisecond of the clock.
  await new Promise((resolve) => setTimeout(resolve, 20));
  await call(page, 'put', 'post', { id: post.id, title: '综合文书岗', place: '二楼 203' });
  return { ...opened, post, then };
}

const title = async (page, id) => (await call(page, 'records', 'post')).find((one) => one.id === id).title;

async function history(page, id) {
  await go(page, `#/record/post/${id}`);
  await press(page, '修改历史');
  await page.waitForSelector('.life-event');
}

for (const kernel of kernels) {
  test(`J21 on ${kernel} a record's life is told in sentences by day`, async () => {
    const { page, post, close } = await changed(kernel);
    await history(page, post.id);
    const told = await page.evaluate(() => [...document.querySelectorAll('.life-event')].map((one) => one.innerText.replace(/\s+/g, ' ')));
    assert.match(told[0], /把“岗位名称”从 文书档案岗 改为 综合文书岗/);
    assert.match(told[0], /填写“办公地点”：二楼 203/);
    assert.match(told.at(-1), /导入岗位表.*这条记录由此建立/);
    assert.match(await page.evaluate(() => document.querySelector('.life-day h3').innerText), /^\d+年\d+月\d+日$/);
    await close();
  });

  test(`J24 J20 on ${kernel} a moment is shown everywhere, read only, and one button leads back`, async () => {
    const { page, post, then, close } = await changed(kernel);
    const now = await call(page, 'stateHash');
    await history(page, post.id);
    await page.evaluate(() => document.querySelectorAll('.life-event')[1].querySelector('.life-acts').querySelectorAll('button').forEach((b) => b.innerText.trim() === '看这一刻' && b.click()));
    await waitFor(page, '（只读）');
    assert.equal(await call(page, 'stateHash'), then);
    assert.equal(await title(page, post.id), '文书档案岗');
    await go(page, '#/list/post');
    await page.waitForFunction(() => document.querySelector('.table, [role=grid]')?.innerText.includes('文书档案岗'), { timeout: 20_000 });
    await go(page, '#/chart');
    await waitFor(page, '（只读）');
    // Each way to write says why not.
    for (const write of [
      () => call(page, 'put', 'post', { id: post.id, title: '不该写入' }),
      () => call(page, 'end', 'post', post.id),
      () => call(page, 'undo'),
      () => call(page, 'importBundle', realPosts),
    ]) {
      await assert.rejects(write, /回到现在/);
    }
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    await page.waitForFunction(() => document.querySelector('.toast-failed')?.innerText.includes('回到现在'), { timeout: 20_000 });
    await press(page, '回到现在', '.banner');
    await page.waitForFunction(() => !document.querySelector('.past-banner'));
    assert.equal(await call(page, 'stateHash'), now);
    await close();
  });

  test(`J20 on ${kernel} a day is chosen on a page of its own`, async () => {
    const { page, post, close } = await changed(kernel);
    await go(page, '#/past');
    await press(page, '看这天结束时');
    await waitFor(page, '结束时 的记录（只读）');
    assert.equal(await title(page, post.id), '综合文书岗');
    await page.waitForSelector('#past-day');
    await page.click('#past-day', { clickCount: 3 });
    await page.type('#past-day', '2001-1-1');
    await press(page, '看这一天', '.past-ask');
    await waitFor(page, '2001年1月1日结束时');
    assert.deepEqual(await call(page, 'records', 'post'), []);
    await page.reload({ waitUntil: 'load' });
    await page.waitForFunction(() => Boolean(window.gangtu), { timeout: 30_000 });
    assert.equal(await title(page, post.id), '综合文书岗', 'opening again shows now');
    await close();
  });

  test(`J22 on ${kernel} a field and an action go back, each with its plan first`, async () => {
    const { page, post, close } = await changed(kernel);
    const place = async () => (await call(page, 'records', 'post')).find((one) => one.id === post.id).place;
    await history(page, post.id);
    await page.evaluate(() => document.querySelectorAll('.life-event')[1].querySelector('.life-line button').click());
    await waitFor(page, '将改动 1 处');
    assert.equal(await title(page, post.id), '综合文书岗', 'nothing has changed yet');
    await press(page, '确认写入', '.drawer');
    await waitFor(page, '恢复“岗位名称”');
    assert.equal(await title(page, post.id), '文书档案岗');
    assert.equal(await place(), '二楼 203');
    await call(page, 'undo');
    // The action that wrote both, from the log.
    await go(page, '#/log');
    await page.waitForFunction(() => document.querySelectorAll('.log-line').length >= 4, { timeout: 20_000 });
    const at = await page.evaluate(() => [...document.querySelectorAll('.log-line')].findIndex((one) => one.innerText.includes('外部页面写入')));
    await page.evaluate((at) => document.querySelectorAll('.log-line')[at].querySelector('button:last-of-type').click(), at);
    await waitFor(page, '不动的');
    assert.match(await text(page), /将改动 1 处[^]*不动的 1 处[^]*后来/);
    await press(page, '确认写入', '.drawer');
    await page.waitForFunction(() => !document.querySelector('.drawer'));
    await page.waitForFunction(async (id) => !(await window.gangtu.records('post')).find((one) => one.id === id).place, { timeout: 20_000 }, post.id);
    assert.equal(await title(page, post.id), '综合文书岗', 'undone by hand before, left alone');
    await close();
  });

  test(`J22 on ${kernel} what came from another copy is taken back as one`, async () => {
    const here = await changed(kernel);
    const there = await changed(kernel);
    const [, second] = await call(there.page, 'records', 'post');
    await call(there.page, 'put', 'post', { id: second.id, title: '对方改的岗' });
    await call(here.page, 'importBundle', await call(there.page, 'exportBundle'));
    const { page } = here;
    assert.equal(await title(page, second.id), '对方改的岗');
    await here.reload();
    await go(page, '#/log');
    await page.waitForSelector('.log-arrivals');
    await page.evaluate(() => { document.querySelector('.log-arrivals').open = true; });
    await press(page, '收回…', '.log-arrivals');
    await waitFor(page, '将改动');
    await press(page, '确认写入', '.drawer');
    await page.waitForFunction(async (id, was) => (await window.gangtu.records('post')).find((one) => one.id === id).title === was, { timeout: 20_000 }, second.id, second.title);
    assert.match(await title(page, here.post.id), /文书岗/);
    await page.waitForFunction(() => document.querySelector('.log-what')?.innerText.startsWith('收回导入'), { timeout: 20_000 });
    await here.close();
    await there.close();
  });
}
