// The program comes in two parts: the first opens a township, the second holds the staff's rooms.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { run, samples } from './hands.mjs';
import { makeProfile, open, packed } from './harness.mjs';
import { kernels } from './kernels.mjs';

/** Keeps the second part outside until `letIn` is called in the page. */
const heldBack = (page) => page.evaluateOnNewDocument(() => {
  let real = null;
  const gate = new Promise((done) => { window.letIn = done; });
  Object.defineProperty(window, 'gangtuLater', {
    set: (given) => { real = given; },
    get: () => () => gate.then(() => real()),
  });
});

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');

/** A browser in which 云溪镇 is kept. */
async function keeping(kernel = 'current') {
  const profileDir = makeProfile();
  const { page, close } = await open(kernel, { profileDir });
  await page.evaluate((text) => window.gangtu.importBundle(text), yunxi);
  await page.waitForFunction(() => document.querySelector('.lights') !== null, { timeout: 20_000 });
  await close({ keepProfile: true });
  return profileDir;
}

const forget = (profileDir) => fs.rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });

const goTo = async (page, hash) => {
  await page.evaluate((hash) => { location.hash = hash; }, hash);
  await new Promise((done) => setTimeout(done, 400));
};

const says = (page, words) =>
  page.waitForFunction((words) => document.querySelector('main').innerText.includes(words), { timeout: 10_000 }, words);

test('U9 without the second part a township opens, is looked up and seen on the map; the chart comes with it', async () => {
  const profileDir = await keeping();
  const { page, close } = await open('current', { before: heldBack, profileDir });
  await says(page, '云溪');
  await goTo(page, '/find?q=dibao');
  await says(page, '低保');
  await goTo(page, '/map');
  const canvas = await page.waitForSelector('canvas');
  const box = await canvas.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.wheel({ deltaY: -300 });
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 4 });
  await page.mouse.up();
  await page.mouse.click(x, y);
  await new Promise((done) => setTimeout(done, 300));
  await goTo(page, '/chart');
  await says(page, '正在打开');
  await page.evaluate(() => window.letIn());
  await page.waitForSelector('main canvas', { timeout: 10_000 });
  for (const mode of ['投影显示', '居民查询显示', '桌面显示']) {
    await run(page, mode);
    await page.waitForSelector('main canvas', { timeout: 10_000 });
  }
  await goTo(page, '/');
  await says(page, '待办提醒');
  await close();
  forget(profileDir);
});

test('U9 a room of the staff asked for too early comes by itself', async () => {
  const profileDir = await keeping();
  const { page, close } = await open('current', { before: heldBack, profileDir });
  for (const hash of ['/record/post/none', '/import', '/data', '/settings', '/list/post']) {
    await goTo(page, hash);
    await says(page, '正在打开');
  }
  await page.evaluate(() => window.letIn());
  await page.waitForSelector('.table-row, [role=row]', { timeout: 10_000 });
  assert.equal(await page.$eval('main h1', (h1) => h1.innerText), '岗位');
  await close();
  forget(profileDir);
});

test('U9 a file whose second part is hurt says so and shows the rest', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gangtu-parts-'));
  const file = path.join(folder, 'hurt.html');
  const whole = fs.readFileSync(packed, 'utf8');
  const at = whole.indexOf('id="gangtu-later">') + 4_000;
  fs.writeFileSync(file, `${whole.slice(0, at)}AAAAAAAAAAAAAAAA${whole.slice(at + 16)}`);
  const profileDir = await keeping();
  const { page, close } = await open('current', { file, profileDir, expectedErrors: [/gangtu:/] });
  await goTo(page, '/list/post');
  await says(page, '这一屏的程序读不出来');
  await goTo(page, '/find?q=dibao');
  await says(page, '低保');
  const refused = await page.evaluate(() => window.gangtu.stateHash().then(() => '', (e) => e.message));
  assert.match(refused, /没有拷贝完整/);
  await close();
  forget(profileDir);
  fs.rmSync(folder, { recursive: true, force: true });
});

test('U9 the start page of a hurt file says what is wrong', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gangtu-parts-'));
  const file = path.join(folder, 'hurt.html');
  const whole = fs.readFileSync(packed, 'utf8');
  fs.writeFileSync(file, whole.replace(/(id="gangtu-later">)[^<]{4000}/, '$1'));
  const { page, close } = await open('current', { file, expectedErrors: [/gangtu:/] });
  await page.waitForFunction(() => document.body.innerText.includes('这一屏的程序读不出来'), { timeout: 10_000 });
  await close();
  fs.rmSync(folder, { recursive: true, force: true });
});

for (const kernel of kernels) {
  test(`U9 the second part comes in on ${kernel}`, async () => {
    const { page, close } = await open(kernel);
    await page.waitForSelector('.start-name', { timeout: 20_000 });
    const hash = await page.evaluate((text) => window.gangtu.importBundle(text).then(() => window.gangtu.stateHash()), yunxi);
    assert.match(hash, /^[0-9a-f]{64}$/);
    await goTo(page, '/data');
    await says(page, '导出数据包');
    await close();
  });
}
