// The packed file opens, on every kernel, from a stick and from an intranet host.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { foreignRequests, makeProfile, open, packed } from './harness.mjs';
import { kernels } from './kernels.mjs';

for (const kernel of kernels) {
  for (const via of ['file', 'http']) {
    test(`opens on ${kernel} from ${via}, with no error and no request`, async () => {
      const opened = await open(kernel, { via });
      const seen = await opened.page.evaluate(() => ({
        boot: document.getElementById('gangtu-boot') !== null,
        notices: ['old', 'fail'].map((name) => getComputedStyle(document.getElementById(`gangtu-notice-${name}`)).display),
        stages: performance.getEntriesByType('mark').map((mark) => mark.name),
      }));
      await opened.screenshot(`smoke-${via}`);
      assert.equal(seen.boot, false, 'the first paint is gone');
      assert.deepEqual(seen.notices, ['none', 'none'], 'no notice is shown');
      assert.deepEqual(
        seen.stages.filter((name) => /loader|decoded|compiled|mounted/.test(name)),
        ['gangtu:loader', 'gangtu:decoded', 'gangtu:compiled', 'gangtu:mounted'],
      );
      assert.ok(opened.log.requests.length >= 1, 'the log sees requests at all');
      await opened.close();
    });
  }

  test(`the policy on ${kernel} lets nothing out and no foreign script in`, async () => {
    const opened = await open(kernel, {
      via: 'http',
      expectedErrors: [/Content.Security.Policy/i],
      expectedRequests: [/anywhere/],
    });
    const held = await opened.page.evaluate(async () => {
      const sent = await fetch('/anywhere').then(() => 'sent', () => 'blocked');
      const script = document.createElement('script');
      script.textContent = 'window.foreign = true';
      document.body.append(script);
      const image = await new Promise((resolve) => {
        const picture = new Image();
        picture.onload = () => resolve('sent');
        picture.onerror = () => resolve('blocked');
        picture.src = '/anywhere.png';
      });
      return { sent, image, foreign: window.foreign === true };
    });
    assert.deepEqual(held, { sent: 'blocked', image: 'blocked', foreign: false });
    assert.deepEqual(opened.hits, ['/gangtu.html'], 'the host was asked for the document alone');
    await opened.close();
  });

  test(`a blob worker on ${kernel} may compile wasm`, async () => {
    const opened = await open(kernel);
    const answer = await opened.page.evaluate(() => new Promise((resolve) => {
      const source = `WebAssembly.instantiate(new Uint8Array([0,97,115,109,1,0,0,0]))
        .then(() => postMessage('compiled'), (error) => postMessage(String(error)))`;
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = () => resolve('worker refused');
    }));
    assert.equal(answer, 'compiled');
    await opened.close();
  });

  test(`a damaged file on ${kernel} says so instead of staying blank`, async () => {
    const folder = makeProfile();
    const file = path.join(folder, 'damaged.html');
    const page = fs.readFileSync(packed, 'utf8');
    const damaged = page.replace(/(id="gangtu-wasm">.{200}).{400}/, '$1');
    assert.notEqual(damaged, page);
    fs.writeFileSync(file, damaged);
    const opened = await open(kernel, { file, wait: false, expectedErrors: [/gangtu:/, /corrupted/] });
    await opened.page.waitForFunction(() => document.getElementById('gangtu-notice-fail').offsetHeight > 0);
    assert.match(await opened.page.evaluate(() => document.body.innerText), /岗图没能启动[^]*没有被改动/);
    await opened.screenshot('notice-fail');
    await opened.close();
    fs.rmSync(folder, { recursive: true });
  });
}

test('a kernel without DecompressionStream meets the notice for old browsers', async () => {
  const folder = makeProfile();
  const file = path.join(folder, 'old.html');
  // The loader's own question answered as an old kernel would; its hash is let in beside the others.
  const page = fs.readFileSync(packed, 'utf8')
    .replace('!window.DecompressionStream', '!window.NoSuchThing')
    .replace(/script-src [^;]*/, "script-src 'unsafe-inline' 'unsafe-eval'");
  fs.writeFileSync(file, page);
  const opened = await open(kernels[0], { file, wait: false });
  const text = await opened.page.evaluate(() => document.body.innerText);
  assert.match(text, /这个浏览器打不开岗图[^]*极速模式/);
  assert.doesNotMatch(text, /没能启动/);
  await opened.screenshot('notice-old');
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('a request to anywhere else would be seen', () => {
  const log = { requests: ['file:///a.html', 'data:,x', 'blob:null/1', 'file:///b.js', 'http://127.0.0.1/x'] };
  assert.deepEqual(foreignRequests(log, 'file:///a.html#/x'), ['file:///b.js', 'http://127.0.0.1/x']);
});
