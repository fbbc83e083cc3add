// Copies edited apart become one township again, in the room for merging.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, samples } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');

/** Waits for words in the room; where they do not come it tells what stood there instead. */
async function waitFor(page, text) {
  try {
    await page.waitForFunction((text) => document.querySelector('.merge')?.innerText.includes(text), { timeout: 20_000 }, text);
  } catch (error) {
    const shown = await page.evaluate(() => `${location.hash}\n${document.body.innerText}`);
    throw new Error(`"${text}" did not come. The page shows:\n${shown}`, { cause: error });
  }
}

async function room(page) {
  await page.evaluate(() => { location.hash = '#/data/merge'; });
  await page.waitForSelector('.merge .import-drop');
}

async function hand(page, ...files) {
  const input = await page.waitForSelector('.merge .import-drop input[type=file]');
  await input.uploadFile(...files);
}

/** Presses the enabled button that carries these words. */
async function press(page, words) {
  const find = (text) => [...document.querySelectorAll('.merge button')].find((b) => b.innerText.trim() === text && !b.disabled);
  await page.waitForFunction(find, { timeout: 20_000 }, words);
  await page.evaluate(`(${find})(${JSON.stringify(words)}).click()`);
}

/** Chooses the line of a conflict that shows these words. */
const choose = (page, words) => page.evaluate((text) => {
  const line = [...document.querySelectorAll('.merge-claim')].find((one) => one.innerText.includes(text));
  line.querySelector('input').click();
}, words);

const post = async (page, id) => (await call(page, 'records', 'post')).find((one) => one.id === id);

/** A copy with the real posts and some of them changed. */
async function copy(kernel, folder, name, changes) {
  const opened = await open(kernel);
  await call(opened.page, 'importBundle', realPosts);
  const [first, second] = await call(opened.page, 'records', 'post');
  for (const [at, fields] of changes([first, second])) await call(opened.page, 'put', 'post', { id: at.id, ...fields });
  const file = path.join(folder, `${name}.json`);
  fs.writeFileSync(file, await call(opened.page, 'exportBundle'));
  return { ...opened, file, ids: [first.id, second.id] };
}

for (const kernel of kernels) {
  test(`J16 J17 B12 on ${kernel} two bundles are merged, what was changed apart is decided, and it holds on the other copy`, async () => {
    const folder = makeProfile();
    const here = await copy(kernel, folder, 'here', ([a]) => [[a, { title: '文书档案岗' }]]);
    const there = await copy(kernel, folder, 'there', ([a]) => [[a, { title: '综合文书岗' }]]);
    const third = await copy(kernel, folder, 'third', ([, b]) => [[b, { title: '第三台改的岗' }]]);
    const wrong = path.join(folder, 'wrong.json');
    fs.writeFileSync(wrong, '{"gangtu":"bundle"');
    const { page, ids } = here;
    await room(page);
    await hand(page, there.file, wrong);
    await waitFor(page, '两边改得不一样');
    await waitFor(page, 'wrong.json');
    const text = await page.evaluate(() => document.querySelector('.merge').innerText);
    for (const words of ['文书档案岗', '综合文书岗', '本机已有', 'wrong.json', '数据包不完整']) assert.ok(text.includes(words), words);
    assert.equal((await post(page, ids[0])).title, '文书档案岗', 'nothing has changed yet');
    await choose(page, '文书档案岗');
    // Another file on the table takes no choice away.
    await hand(page, third.file);
    await page.waitForFunction(() => [...document.querySelectorAll('.merge dt')].filter((one) => one.innerText === '数据包').length === 2);
    await press(page, '确认合并');
    await waitFor(page, '定了 1 处分歧');
    assert.equal((await post(page, ids[0])).title, '文书档案岗');
    assert.equal((await post(page, ids[1])).title, '第三台改的岗');
    const merged = await call(page, 'stateHash');
    await here.reload();
    assert.equal(await call(page, 'stateHash'), merged, 'kept');

    // The other side hears of the decision, and its own old bundle brings nothing back.
    fs.writeFileSync(here.file, await call(page, 'exportBundle'));
    await room(there.page);
    await hand(there.page, here.file);
    await press(there.page, '确认合并');
    await waitFor(there.page, '已合并');
    assert.equal(await call(there.page, 'stateHash'), merged);
    await room(page);
    await hand(page, there.file);
    await waitFor(page, '没有新内容');
    for (const opened of [here, there, third]) await opened.close();
  });
}

test('J16 what is left undecided stays listed and can be decided later, with a value of its own', async () => {
  const folder = makeProfile();
  const here = await copy('current', folder, 'here', ([a]) => [[a, { title: '文书档案岗' }]]);
  const there = await copy('current', folder, 'there', ([a]) => [[a, { title: '综合文书岗' }]]);
  const { page, ids } = here;
  await room(page);
  await hand(page, there.file);
  await press(page, '确认合并');
  await waitFor(page, '还有 1 处分歧没定');
  await page.evaluate(() => { location.hash = '#/'; });
  await page.waitForFunction(() => document.querySelector('.home')?.innerText.includes('有 1 处两个人改得不一样'));
  await page.evaluate(() => [...document.querySelectorAll('.home a')].find((a) => a.innerText === '去定下来').click());
  await page.waitForSelector('.merge-conflict');
  await choose(page, '另写');
  const field = await page.waitForSelector('.merge-other input');
  await field.click({ clickCount: 3 });
  await field.type('文秘岗');
  await press(page, '写入选定的');
  await page.waitForFunction(() => document.querySelector('.merge-conflict') === null);
  assert.equal((await post(page, ids[0])).title, '文秘岗');
  await call(page, 'undo');
  for (const opened of [here, there]) await opened.close();
});

test('J17 a merge is one step back', async () => {
  const folder = makeProfile();
  const here = await copy('current', folder, 'here', ([a]) => [[a, { title: '文书档案岗' }]]);
  const there = await copy('current', folder, 'there', ([a, b]) => [[a, { title: '综合文书岗' }], [b, { title: '别的岗' }]]);
  const { page, ids } = here;
  const before = [await post(page, ids[0]), await post(page, ids[1])];
  await room(page);
  await hand(page, there.file);
  await waitFor(page, '两边改得不一样');
  await press(page, '用对方的');
  await press(page, '确认合并');
  await waitFor(page, '定了 1 处分歧');
  assert.equal((await post(page, ids[0])).title, '综合文书岗');
  await call(page, 'undo');
  assert.deepEqual([await post(page, ids[0]), await post(page, ids[1])], before);
  for (const opened of [here, there]) await opened.close();
});

test('J17 a merge that could not be written keeps files and choices: pressing again does it', async () => {
  const folder = makeProfile();
  const here = await copy('current', folder, 'here', ([a]) => [[a, { title: '文书档案岗' }]]);
  const there = await copy('current', folder, 'there', ([a]) => [[a, { title: '综合文书岗' }]]);
  const { page, ids } = here;
  await room(page);
  await hand(page, there.file);
  await waitFor(page, '两边改得不一样');
  await choose(page, '文书档案岗');
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
    window.room = () => { IDBObjectStore.prototype.put = put; };
  });
  await press(page, '确认合并');
  await page.waitForFunction(() => document.body.innerText.includes('存储空间满了'), { timeout: 20_000 });
  await page.evaluate(() => window.room());
  await press(page, '确认合并');
  await waitFor(page, '定了 1 处分歧');
  assert.equal((await post(page, ids[0])).title, '文书档案岗', 'the choice stayed, too');
  await here.close();
  await there.close();
  fs.rmSync(folder, { recursive: true });
});
