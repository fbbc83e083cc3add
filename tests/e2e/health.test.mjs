// Two copies compared record by record, and the buttons that mend what differs.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, samples } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');

const waitFor = (page, text) =>
  page.waitForFunction((text) => document.querySelector('main')?.innerText.includes(text), { timeout: 20_000 }, text);

async function compare(page, file) {
  await page.evaluate(() => { location.hash = '#/data/health'; });
  const input = await page.waitForSelector('.health .import-drop input[type=file]');
  await input.uploadFile(file);
}

async function press(page, words) {
  const find = (text) => [...document.querySelectorAll('main button')].find((b) => b.innerText.trim() === text && !b.disabled);
  await page.waitForFunction(find, { timeout: 20_000 }, words);
  await page.evaluate(`(${find})(${JSON.stringify(words)}).click()`);
}

async function copy(kernel, file, changes) {
  const opened = await open(kernel);
  await call(opened.page, 'importBundle', realPosts);
  const posts = await call(opened.page, 'records', 'post');
  for (const [at, fields] of changes) await call(opened.page, 'put', 'post', { id: posts[at].id, ...fields });
  fs.writeFileSync(file, await call(opened.page, 'exportBundle'));
  return opened;
}

for (const kernel of kernels) {
  test(`J23 on ${kernel} what differs is named with its cause, and mended`, async () => {
    const folder = makeProfile();
    const [ours, theirs] = ['here.json', 'there.json'].map((name) => path.join(folder, name));
    const here = await copy(kernel, ours, [[0, { title: '文书档案岗' }], [2, { place: '三楼' }]]);
    const there = await copy(kernel, theirs, [[0, { title: '综合文书岗' }], [1, { place: '二楼' }]]);
    const { page } = here;
    await compare(page, theirs);
    await waitFor(page, '两份不一样：3 条记录的内容不同');
    const text = await page.evaluate(() => document.querySelector('main').innerText);
    for (const words of ['文书档案岗', '综合文书岗', '两边都改过，合并时要定', '对方改过，这一份还没有', '这一份改过，对方还没有', '对方有、这一份没有', '这一份有、对方没有']) {
      assert.ok(text.includes(words), words);
    }
    await press(page, '去合并进来');
    await waitFor(page, '确认合并');
    await press(page, '确认合并');
    await waitFor(page, '已合并');

    // The other side takes the whole of ours: then both say the same in four groups of figures.
    await call(there.page, 'importBundle', await call(page, 'exportBundle'));
    fs.writeFileSync(theirs, await call(there.page, 'exportBundle'));
    await compare(page, theirs);
    await waitFor(page, '两份完全一样');
    const code = await page.evaluate(() => document.querySelector('.health-code').innerText);
    assert.match(code, /^\d{4} \d{4} \d{4} \d{4}$/);
    await there.page.evaluate(() => { location.hash = '#/data/health'; });
    await there.page.waitForSelector('.health-code');
    assert.equal(await there.page.evaluate(() => document.querySelector('.health-code').innerText), code);
    await here.close();
    await there.close();
  });

  test(`J23 on ${kernel} a file that is no bundle of this township is named`, async () => {
    const folder = makeProfile();
    const wrong = path.join(folder, 'wrong.json');
    fs.writeFileSync(wrong, '{"gangtu":"bundle"');
    const here = await copy(kernel, path.join(folder, 'here.json'), []);
    await compare(here.page, wrong);
    await waitFor(here.page, '数据包不完整');
    await compare(here.page, path.join(samples, 'yunxi.json'));
    await waitFor(here.page, '不能合并');
    await here.close();
  });
}
