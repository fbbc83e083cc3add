// Nobody waits for a page before going to the next one. Whatever a page still has to do with its next
// frame, its next slice or the second part of the file must not trouble the page after it.

import assert from 'node:assert/strict';
import test from 'node:test';
import fs from 'node:fs';
import path from 'node:path';
import { call, samples, until } from './hands.mjs';
import { open } from './harness.mjs';

const pages = [
  '/', '/chart', '/map', '/find', '/find?q=低保', '/list/post', '/list/duty', '/list/task', '/list/review', '/import', '/data', '/data/merge',
  '/data/health', '/log', '/past', '/trial', '/findings', '/map/borders', '/map/draw', '/statistics', '/board', '/show', '/show/1',
  '/show/3', '/settings',
];

test('every page may be left at any moment', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8'));
  const [post] = (await call(page, 'records', 'post')).sort((one, other) => one.no - other.no);
  // A fixed order that looks like none: each page after many others, left after 0 to 79 ms.
  const left = await page.evaluate(async (pages) => {
    const rest = (ms) => new Promise((done) => setTimeout(done, ms));
    let at = 12345;
    const next = (below) => {
      at = (at * 1103515245 + 12345) % 2147483648;
      return Math.floor(at / 65536) % below;
    };
    let count = 0;
    for (let turn = 0; turn < 400; turn += 1) {
      location.hash = pages[next(pages.length)];
      await rest(next(4) === 0 ? next(80) : next(20));
      count += 1;
    }
    return count;
  }, [...pages, `/record/post/${post.id}`]);
  assert.equal(left, 400);
  await page.evaluate(() => { location.hash = '/list/post'; });
  await until(page, post.title, '.grid');
  await opened.close();
});
