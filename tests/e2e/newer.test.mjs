// What a newer 岗图 made, opened here: to be looked at, and nothing else.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, press, refusal, samples, shown, waitFor } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');

/** What lies in the browser: databases and what is in its small settings. */
const stored = (page) => page.evaluate(async () => [
  ((await indexedDB.databases?.()) ?? []).map(({ name }) => name).sort(),
  Object.keys(localStorage).sort(),
]);

/** The real posts as a program of format 2 might write them. */
function newer() {
  const bundle = JSON.parse(realPosts);
  const actions = bundle.actions.map((line) => ({ ...line, mood: 1 }));
  const last = actions[actions.length - 1];
  const stamp = (BigInt(`0x${last.t}`) + 65536n).toString(16).padStart(16, '0');
  actions.push({
    by: '李秀英', n: last.n + 1, r: last.r, t: stamp, what: '新',
    ops: [{ op: 'fly' }, ['robot', 'r1', { arm: 7 }]],
  });
  const { counts, range, hash, ...rest } = bundle;
  const text = JSON.stringify({ ...rest, format: 7, seats: { many: [1, 2] }, actions });
  const sha = createHash('sha256').update(text.slice(0, -1)).digest('hex');
  return `${text.slice(0, -1)},"hash":"${sha}"}\n`;
}

for (const kernel of kernels) {
  test(`B15 on ${kernel} a newer bundle is looked at: nothing can be written, nothing is stored`, async () => {
    const folder = makeProfile();
    const file = path.join(folder, 'newer.json');
    fs.writeFileSync(file, newer());
    const opened = await open(kernel);
    const { page } = opened;
    const before = await stored(page);
    const input = await page.waitForSelector('.start input[type=file]');
    await input.uploadFile(file);
    await waitFor(page, '只看不改');
    assert.match(await shown(page), /由新版岗图导出（格式 7）[^]*1 类新记录（1 处改动）、1 处新式操作/);
    await press(page, '只看不改');
    await waitFor(page, '在本版里只能看，不能改');
    assert.equal((await call(page, 'records', 'post')).length, 148);

    for (const [name, ...words] of [['put', 'post', { title: '写不进的岗' }], ['undo'], ['exportBundle']]) {
      assert.match(await refusal(page, name, ...words), /本版只能看，不能改/, name);
    }
    await call(page, 'look', newer());
    await waitFor(page, '在本版里只能看，不能改');
    // No way to write: buttons say why, and places that need a township of one's own are not shown.
    const post = (await call(page, 'records', 'post'))[0];
    await page.evaluate((id) => { location.hash = `#/record/post/${id}`; }, post.id);
    await page.waitForSelector('.record-head');
    await press(page, '修改');
    await waitFor(page, '这是新版岗图的数据，本版只能看');
    assert.equal(await page.$('.form'), null);
    for (const place of ['#/data', '#/data/merge', '#/import', '#/settings', '#/log', '#/past']) {
      await page.evaluate((hash) => { location.hash = hash; }, place);
      await page.waitForFunction(() => location.hash === '#/');
      assert.equal(await page.$(`a[href="${place}"].navigation-link`), null, place);
    }
    await page.keyboard.down('Control');
    await page.keyboard.press('s');
    await page.keyboard.up('Control');
    await opened.screenshot('newer-look');
    await press(page, '不看了');
    await page.waitForSelector('.start');
    assert.deepEqual(await stored(page), before, 'nothing was stored');
    await opened.close();
    fs.rmSync(folder, { recursive: true });
  });

  test(`B15 on ${kernel} beside a township of one's own a newer bundle is looked at and left again`, async () => {
    const folder = makeProfile();
    const file = path.join(folder, 'newer.json');
    fs.writeFileSync(file, newer());
    const opened = await open(kernel);
    const { page } = opened;
    await call(page, 'importBundle', realPosts);
    await call(page, 'put', 'post', { title: '自己的岗' });
    const hash = await call(page, 'stateHash');
    const said = await refusal(page, 'importBundle', newer());
    assert.match(said, /新版岗图导出（格式 7）[^]*可以只看不改/);
    await page.evaluate(() => { location.hash = '#/data/merge'; });
    const input = await page.waitForSelector('.merge .import-drop input[type=file]');
    await input.uploadFile(file);
    await press(page, '只看不改');
    await waitFor(page, '在本版里只能看，不能改');
    assert.equal((await call(page, 'records', 'post')).length, 148, 'without the own one');
    await press(page, '不看了');
    await page.waitForFunction(() => !document.querySelector('.newer-banner') && document.querySelector('.shell'));
    await page.waitForFunction(async () => (await window.gangtu.records('post')).length === 149);
    assert.equal(await call(page, 'stateHash'), hash, 'nothing of it was taken');
    await opened.close();
    fs.rmSync(folder, { recursive: true });
  });
}
