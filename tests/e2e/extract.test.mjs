// One person's posts and duties leave as a file, are edited elsewhere, and come home as one change.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, catchFiles, go, press, refusal, samples, savedFile, shown, waitFor } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');

/** Somebody who holds a post that has duties. */
async function somebody(page) {
  const [holdings, links] = [await call(page, 'records', 'holding'), await call(page, 'records', 'duty_link')];
  return holdings.find((one) => !one.until && links.some((link) => link.post === one.post));
}

async function takeOut(page, person) {
  await go(page, '#/data');
  await page.waitForSelector('#extract-person');
  await page.select('#extract-person', person);
  await press(page, '导出提取件');
  return savedFile(page);
}

for (const kernel of kernels) {
  test(`B16 on ${kernel} one person's extract is edited elsewhere and comes home as one change`, async () => {
    const folder = makeProfile();
    const home = await open(kernel);
    await call(home.page, 'importBundle', yunxi);
    await catchFiles(home.page);
    const { person, post } = await somebody(home.page);
    const [name, text] = await takeOut(home.page, person);
    assert.match(name, /^云溪镇-.+-提取件-.+\.json$/);
    assert.ok(text.length < yunxi.length / 5, `${text.length} bytes`);
    const others = (await call(home.page, 'records', 'person')).filter((one) => one.id !== person && one.mobile);
    assert.ok(others.length > 10);
    for (const { mobile } of others) assert.ok(!text.includes(mobile), mobile);
    const file = path.join(folder, 'extract.json');
    fs.writeFileSync(file, text);

    // In another profile it is a base of its own.
    const there = await open(kernel);
    const input = await there.page.waitForSelector('.start input[type=file]');
    await input.uploadFile(file);
    await there.page.waitForSelector('.extract-banner');
    await catchFiles(there.page);
    assert.match(await shown(there.page), /提取件：.+在“云溪镇”的岗位与职责/);
    assert.ok((await call(there.page, 'records', 'person')).length < others.length);
    assert.match(await refusal(there.page, 'importBundle', yunxi), /这一份是提取件/);
    await go(there.page, `#/record/post/${post}`);
    await there.page.waitForSelector('.record-head');
    await call(there.page, 'put', 'post', { id: post, standard: '提取件上改的标准' });
    await there.reload();
    await there.page.waitForSelector('.extract-banner');
    await catchFiles(there.page);
    assert.equal((await call(there.page, 'records', 'post')).find((one) => one.id === post).standard, '提取件上改的标准');
    await there.screenshot('extract');
    await go(there.page, '#/data');
    await waitFor(there.page, '导出这里的改动');
    assert.ok(!(await shown(there.page)).includes('只发一部分'), 'not taken out again');
    await press(there.page, '导出改动');
    const [changes, bundle] = await savedFile(there.page);
    assert.match(changes, /的改动-/);
    const back = path.join(folder, 'back.json');
    fs.writeFileSync(back, bundle);

    // Home in the meantime wrote something else.
    await call(home.page, 'put', 'post', { id: post, flow: '家里写的流程' });
    await go(home.page, '#/data/merge');
    const drop = await home.page.waitForSelector('.merge .import-drop input[type=file]');
    await drop.uploadFile(back);
    await waitFor(home.page, '确认合并');
    assert.match(await shown(home.page), /新的操作\s+1 条[^]*两边都改过\s+0 处/);
    assert.ok(!(await shown(home.page)).includes('还没有收到'), 'no gap');
    await press(home.page, '确认合并');
    await waitFor(home.page, '已合并 1 条操作');
    const merged = (await call(home.page, 'records', 'post')).find((one) => one.id === post);
    assert.deepEqual([merged.standard, merged.flow], ['提取件上改的标准', '家里写的流程']);

    // A newer extract takes the place of the first; the changes are no township.
    const [, newer] = await takeOut(home.page, person);
    fs.writeFileSync(file, newer);
    await go(there.page, '#/data/merge');
    await (await there.page.waitForSelector('.merge .import-drop input[type=file]')).uploadFile(file);
    await press(there.page, '换上这一份');
    await waitFor(there.page, '已换上新的提取件');
    const renewed = (await call(there.page, 'records', 'post')).find((one) => one.id === post);
    assert.deepEqual([renewed.standard, renewed.flow], ['提取件上改的标准', '家里写的流程']);
    await home.close();
    await there.close();
    const fresh = await open(kernel);
    assert.match(await refusal(fresh.page, 'importBundle', bundle), /只有一个人的提取件上的改动/);
    await fresh.close();
    fs.rmSync(folder, { recursive: true });
  });
}

/** A second tab of the same browser. */
async function tab({ page }) {
  const second = await page.browser().newPage();
  await second.goto(page.url());
  await second.waitForFunction(() => window.gangtu, { timeout: 60_000, polling: 50 });
  return second;
}

test('B16 two tabs of an extract go on together while one of them puts a newer one in its place', async () => {
  const folder = makeProfile();
  const home = await open('current');
  await call(home.page, 'importBundle', yunxi);
  await catchFiles(home.page);
  const { person, post } = await somebody(home.page);
  const [, text] = await takeOut(home.page, person);
  await call(home.page, 'put', 'post', { id: post, flow: '家里写的流程' });
  const [, newer] = await takeOut(home.page, person);
  const file = path.join(folder, 'extract.json');
  fs.writeFileSync(file, text);
  const there = await open('current');
  await (await there.page.waitForSelector('.start input[type=file]')).uploadFile(file);
  await there.page.waitForSelector('.extract-banner');
  const second = await tab(there);
  const standard = async (page) => (await call(page, 'records', 'post')).find((one) => one.id === post);

  // The second tab writes all the time: before, while and after the first takes the newer extract.
  const writing = second.evaluate(async (id) => {
    const done = [];
    for (let at = 0; at < 40; at += 1) {
      await window.gangtu.put('post', { id, standard: `第 ${at} 稿` })
        .then(() => done.push(at), (error) => done.push(error.message));
    }
    return done;
  }, post);
  const renewing = call(there.page, 'importBundle', newer);
  const [done] = await Promise.all([writing, renewing]);
  const refused = done.filter((one) => typeof one === 'string');
  for (const sentence of refused) assert.match(sentence, /换上了新的提取件/);
  const last = done.filter((one) => typeof one === 'number').pop();
  for (const page of [there.page, second]) {
    await page.waitForFunction(async (id, wanted) => {
      const one = (await window.gangtu.records('post')).find((record) => record.id === id);
      return one?.standard === wanted && one?.flow === '家里写的流程';
    }, { timeout: 20_000, polling: 100 }, post, `第 ${last} 稿`);
  }
  await there.page.bringToFront();
  await there.reload();
  await there.page.waitForSelector('.extract-banner');
  const again = await standard(there.page);
  assert.deepEqual([again.standard, again.flow], [`第 ${last} 稿`, '家里写的流程']);
  await home.close();
  await there.close();
  fs.rmSync(folder, { recursive: true });
});
