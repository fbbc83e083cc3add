// A township in the page: brought in, looked at, kept, carried to another browser.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, samples, shown, waitFor } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');

async function go(page, hash, text) {
  await page.evaluate((hash) => { location.hash = hash; }, hash);
  await waitFor(page, text);
}

/** Presses the button that carries a text. */
async function press(page, text) {
  const found = await page.evaluate((text) => {
    const button = [...document.querySelectorAll('button, a.button')].find((b) => b.innerText.includes(text));
    if (button) button.click();
    return button !== undefined;
  }, text);
  assert.ok(found, `a button “${text}”`);
}

for (const kernel of kernels) {
  test(`B1 on ${kernel} the real post table is kept, exported and the same township elsewhere`, async () => {
    const profileDir = makeProfile();
    const here = await open(kernel, { profileDir });
    const report = await call(here.page, 'importBundle', realPosts);
    assert.ok(report.applied > 0);
    const hash = await call(here.page, 'stateHash');
    assert.equal((await call(here.page, 'records', 'post')).length, 148);
    await here.reload();
    assert.equal(await call(here.page, 'stateHash'), hash, 'still there after a reload');
    const bundle = await call(here.page, 'exportBundle');
    await here.close({ keepProfile: true });

    const again = await open(kernel, { profileDir });
    assert.equal(await call(again.page, 'stateHash'), hash, 'still there after closing the browser');
    await again.close({ keepProfile: false });

    const there = await open(kernel);
    await call(there.page, 'importBundle', bundle);
    assert.equal(await call(there.page, 'stateHash'), hash, 'the same township in a fresh profile');
    const second = await call(there.page, 'importBundle', bundle);
    assert.equal(second.applied, 0, 'a second import changes nothing');
    await there.close();
  });

  test(`on ${kernel} the demonstration opens with one click, answers, and leaves no trace`, async () => {
    const opened = await open(kernel);
    const { page } = opened;
    await press(page, '打开示范镇');
    await waitFor(page, '应有编制');
    const home = await shown(page);
    for (const figure of ['61', '47', '14', '87', '103', '41', '33', '28', '109', '280', '12']) {
      assert.ok(home.includes(figure), `the figure ${figure}`);
    }
    await opened.screenshot('home');
    await go(page, '/find', '找岗办事');
    await page.type('.find-input', 'dbsq');
    await waitFor(page, '最低生活保障');
    const answer = await shown(page);
    for (const part of ['窗口', '带什么', '户口簿', '电话']) assert.ok(answer.includes(part), part);
    await opened.screenshot('find');
    await go(page, '/list/post', '岗位');
    await opened.screenshot('list');
    await go(page, '/chart', '');
    await opened.screenshot('chart');
    await go(page, '/map', '');
    await opened.screenshot('map');
    await press(page, '关闭示范镇');
    await waitFor(page, '打开示范镇');
    if (await page.evaluate(() => Boolean(indexedDB.databases))) {
      const names = await page.evaluate(() => indexedDB.databases().then((all) => all.map((one) => one.name)));
      assert.deepEqual(names.filter((name) => name.startsWith('gangtu:')), [], 'no base is left');
    }
    await opened.close();
  });
}

test('J9 two tabs on one base see each other and keep both edits', async () => {
  const first = await open('current');
  await call(first.page, 'importBundle', realPosts);
  const second = await first.browser.newPage();
  await second.goto(first.address);
  await second.waitForFunction(() => window.gangtu);
  const [a, b] = await Promise.all([
    call(first.page, 'put', 'post', { title: '甲岗' }),
    call(second, 'put', 'post', { title: '乙岗' }),
  ]);
  for (const page of [first.page, second]) {
    await page.waitForFunction(
      (ids) => window.gangtu.records('post').then((all) => ids.every((id) => all.some((one) => one.id === id))),
      // A tab behind another paints no frames: it is asked by the clock.
      { timeout: 10_000, polling: 100 },
      [a, b],
    );
  }
  assert.equal(await call(first.page, 'stateHash'), await call(second, 'stateHash'));
  await first.close();
});

test('J6 the door undoes what it did', async () => {
  const opened = await open('current');
  await call(opened.page, 'importBundle', realPosts);
  const before = (await call(opened.page, 'records', 'post')).length;
  await call(opened.page, 'put', 'post', [{ title: '甲岗' }, { title: '乙岗' }]);
  assert.equal((await call(opened.page, 'records', 'post')).length, before + 2);
  await call(opened.page, 'undo');
  assert.equal((await call(opened.page, 'records', 'post')).length, before);
  await opened.close();
});

test('a script in every text field shows as text', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  const unit = await call(page, 'put', 'unit', { name: evil, short: evil, phone: evil });
  const post = await call(page, 'put', 'post', { title: evil, unit, duties: evil, phone: evil });
  await call(page, 'put', 'matter', { name: evil, post, materials: evil, terms: [evil] });
  for (const hash of ['/', '/chart', '/map', '/find', '/list/post', '/list/unit', `/record/post/${post}`, '/findings', '/log']) {
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await go(page, `/record/post/${post}`, 'onerror');
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await opened.close();
});

test('M7 a cell that is its own parent is named and nothing hangs', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  await call(page, 'put', 'grid_cell', { id: 'c1', name: '自环网格', level: 'grid', parent: 'c1' });
  await call(page, 'put', 'village', { id: 'v1', name: '自环村', zone: 'v1' });
  await go(page, '/findings', '绕成了圈');
  await go(page, '/map', '');
  await go(page, '/', '待办提醒');
  await opened.close();
});

test('B4 B6 files that are no bundle, or of another township, are refused and change nothing', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  const hash = await call(page, 'stateHash');
  const refusal = (text) => page.evaluate((text) => window.gangtu.importBundle(text).then(() => null, (e) => e.message), text);
  const other = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
  assert.match(await refusal(other), /云溪镇[^]*没有任何改动/);
  assert.match(await refusal(realPosts.slice(0, -40)), /不完整/);
  assert.match(await refusal('岗位,序号\n文书岗,1'), /不是岗图数据包/);
  assert.match(await refusal(realPosts.replace('"made":', '"made":"","made":')), /重复的名称/);
  assert.equal(await call(page, 'stateHash'), hash);
  await opened.close();
});
