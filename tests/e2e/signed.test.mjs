// Who an author is: bundles are signed, keys compared once, and a false signature is named.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, press, samples, waitFor } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');

/** The bundle of a copy that changed a post, as a text. */
async function signedBundle(kernel) {
  const { page, browser } = await open(kernel);
  await call(page, 'importBundle', realPosts);
  const [post] = await call(page, 'records', 'post');
  await call(page, 'put', 'post', { id: post.id, title: '有签名的岗' });
  const text = await call(page, 'exportBundle');
  await browser.close();
  return text;
}

/** The same bundle with something changed, and its content hash put right: what a forger would do. */
function forged(text, change) {
  const whole = change(text);
  const covered = whole.slice(0, whole.lastIndexOf(',"hash":'));
  return `${covered},"hash":"${createHash('sha256').update(covered).digest('hex')}"}\n`;
}

for (const kernel of kernels) {
  test(`J30 on ${kernel} a signed bundle is told from an unsigned one, a key is trusted once compared, a forged signature is refused`, async () => {
    const text = await signedBundle(kernel);
    const [checkpoint] = JSON.parse(text).signed;
    assert.equal(checkpoint[3], 'ed25519');
    const folder = makeProfile();
    const file = (name, text) => {
      const at = path.join(folder, `${name}.json`);
      fs.writeFileSync(at, text);
      return at;
    };
    const { page, browser } = await open(kernel);
    await call(page, 'importBundle', realPosts);
    await go(page, '#/data/merge');
    const hand = async (at) => {
      const input = await page.waitForSelector('.merge .import-drop input[type=file]');
      await input.uploadFile(at);
    };
    const flipped = (checkpoint[5][0] === '0' ? '1' : '0') + checkpoint[5].slice(1);
    await hand(file('forged', forged(text, (whole) => whole.replace(checkpoint[5], flipped))));
    await waitFor(page, '签名与内容对不上', 30_000);
    await hand(file('altered', forged(text, (whole) => whole.replace('有签名的岗', '被改过的岗'))));
    await waitFor(page, '衔接不上', 30_000);
    await hand(file('sound', text));
    await waitFor(page, '签名未核对', 30_000);
    await press(page, '确认合并');
    await waitFor(page, '已写入并回读核对', 30_000);
    await go(page, '#/log');
    await waitFor(page, '签名未核对', 30_000);
    await go(page, '#/settings');
    await page.waitForFunction(() => /[0-9a-f]{4}( [0-9a-f]{4}){5}/i.test(document.querySelector('.keys')?.innerText), { timeout: 30_000 });
    await press(page, '核对一致，记为可信');
    await waitFor(page, '已核对', 30_000);
    await go(page, '#/log');
    await waitFor(page, '已签名', 30_000);
    const titles = (await call(page, 'records', 'post')).map((post) => post.title);
    assert.ok(titles.includes('有签名的岗') && !titles.includes('被改过的岗'));
    await browser.close();
  });
}
