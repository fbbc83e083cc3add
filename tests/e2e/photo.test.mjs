// 照片 of a person: chosen from a file, made small, shown on their page and on the chart's cards, taken away; refused where
// it is no picture; not there for residents, in tables and in exported sheets.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { call, go, press, run, samples, until } from './hands.mjs';
import { open } from './harness.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');

/** A drawn head and shoulders, as a camera would hand it over: large, with words about its place in it. */
async function portrait(page, type, ending) {
  const data = await page.evaluate((type) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1200, 1500];
    const c = canvas.getContext('2d');
    const sky = c.createLinearGradient(0, 0, 1200, 1500);
    sky.addColorStop(0, '#7a93ad'); sky.addColorStop(1, '#c9d3dc');
    c.fillStyle = sky; c.fillRect(0, 0, 1200, 1500);
    for (let at = 0; at < 9000; at += 1) {
      c.fillStyle = `hsl(${(at * 37) % 360},20%,${40 + (at % 30)}%)`;
      c.fillRect((at * 131) % 1200, (at * 197) % 1500, 9, 9);
    }
    c.fillStyle = '#3d4a5c'; c.beginPath(); c.ellipse(600, 1450, 460, 480, 0, 0, 7); c.fill();
    c.fillStyle = '#d9b79a'; c.beginPath(); c.ellipse(600, 640, 230, 300, 0, 0, 7); c.fill();
    c.fillStyle = '#2b2420'; c.beginPath(); c.ellipse(600, 470, 250, 190, 0, 0, 7); c.fill();
    return canvas.toDataURL(type, 0.95).split(',')[1];
  }, type);
  let bytes = Buffer.from(data, 'base64');
  if (type === 'image/jpeg') {
    // An EXIF segment right after the beginning, as cameras write one.
    const words = Buffer.from('Exif\0\0GPS-31.2304,121.4737', 'latin1');
    const head = Buffer.from([0xff, 0xe1, 0, words.length + 2]);
    bytes = Buffer.concat([bytes.subarray(0, 2), head, words, bytes.subarray(2)]);
  }
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'gangtu-face-')), `face.${ending}`);
  fs.writeFileSync(file, bytes);
  return file;
}

async function edit(page, id) {
  await go(page, `/record/person/${id}`);
  await page.waitForSelector('.record-head');
  await press(page, '修改', '.record-head');
  await page.waitForSelector('.form');
  await page.evaluate(() => document.querySelectorAll('.form details').forEach((one) => { one.open = true; }));
}

async function choose(page, file) {
  const input = await page.waitForSelector('[data-field-id="photo"] input[type=file]');
  await input.uploadFile(file);
}

const person = async (page, id) => (await call(page, 'records', 'person')).find((one) => one.id === id);

test('M11 P37 a photo is made small, shown to staff alone, and taken away', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  const [{ person: id }] = await call(page, 'records', 'holding');
  const file = await portrait(page, 'image/jpeg', 'jpg');
  await edit(page, id);
  await choose(page, file);
  await page.waitForSelector('[data-field-id="photo"] img.photo');
  await page.$eval('[data-field-id="photo"]', (one) => one.scrollIntoView({ block: 'center' }));
  await opened.screenshot('photo-form');
  await press(page, '保存', '.dialog-foot');
  await page.waitForFunction(() => !document.querySelector('.form'));
  await page.waitForSelector('.record-facts img.photo');
  await opened.screenshot('photo-person');
  const kept = (await person(page, id)).photo;
  const bytes = Buffer.from(kept.split(',')[1], 'base64');
  assert.ok(bytes.length <= 12_000, `${bytes.length} bytes`);
  assert.ok(!bytes.includes('GPS-31'), 'where it was taken is not kept');
  const size = await page.$eval('.record-facts img.photo', (one) => [one.naturalWidth, one.naturalHeight]);
  assert.deepEqual(size, [120, 160]);

  // On cards only where it is asked for.
  await go(page, '/chart');
  await press(page, '显示');
  await page.waitForSelector('.chart-more input');
  const before = await page.$eval('.picture-world', (one) => one.toDataURL());
  await page.evaluate(() => {
    [...document.querySelectorAll('.chart-more label')].find((one) => one.innerText.trim() === '照片').querySelector('input').click();
  });
  await page.waitForFunction((before) => document.querySelector('.picture-world').toDataURL() !== before, { polling: 100 }, before);
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await page.setViewport({ width, height });
    await new Promise((done) => { setTimeout(done, 900); });
    await opened.screenshot(`photo-chart-${width}`);
  }
  await page.setViewport({ width: 1366, height: 768 });

  // Residents meet none, neither in what they look up nor in the chart.
  await run(page, '居民查询显示');
  await go(page, '/chart');
  await page.waitForSelector('.picture-world');
  assert.equal(await page.$('img.photo'), null);
  assert.equal(await page.$('.chart-more'), null);
  await page.evaluate(() => [...document.querySelectorAll('button')].find((one) => /退出/.test(one.innerText)).click());
  await page.waitForSelector('.header');

  await edit(page, id);
  await press(page, '去掉照片', '.form');
  await press(page, '保存', '.dialog-foot');
  await page.waitForFunction(() => !document.querySelector('.form'));
  await page.waitForFunction(() => !document.querySelector('.record-facts img.photo'));
  assert.equal((await person(page, id)).photo, undefined);
  await opened.close();
});

test('M11 what is no picture is refused in a sentence and changes nothing', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  const [{ person: id }] = await call(page, 'records', 'holding');
  const words = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'gangtu-face-')), 'face.jpg');
  fs.writeFileSync(words, '<html>不是照片</html>');
  await edit(page, id);
  await choose(page, words);
  await until(page, '这不是图片', '[data-field-id="photo"]');
  assert.equal(await page.$('[data-field-id="photo"] img'), null);
  await press(page, '保存', '.dialog-foot');
  await page.waitForFunction(() => !document.querySelector('.form'));
  assert.equal((await person(page, id)).photo, undefined);
  // The door takes no other sort of picture either.
  const refused = await page.evaluate((id) => window.gangtu.put('person', { id, photo: 'https://example.org/a.jpg' })
    .then(() => '', (error) => error.message), id);
  assert.match(refused, /照片/);
  await opened.close();
});
