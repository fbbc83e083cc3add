// Locked files and bases: a passphrase in front of what leaves the page and of what stays in the browser.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, gone, press, samples, until } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');
const PASSPHRASE = '河边老槐树下三盘棋';

/** Keeps what is offered as a file, in place of the browser's download. */
const keepFiles = (page) => page.evaluateOnNewDocument(() => {
  window.offered = [];
  const click = HTMLAnchorElement.prototype.click;
  const make = URL.createObjectURL;
  let last = null;
  URL.createObjectURL = (blob) => { last = blob; return make.call(URL, blob); };
  HTMLAnchorElement.prototype.click = function () {
    if (this.download) window.offered.push({ name: this.download, blob: last });
    else click.call(this);
  };
});

async function offered(page) {
  await page.waitForFunction(() => window.offered.length > 0, { timeout: 30_000, polling: 50 });
  return page.evaluate(async () => {
    const { name, blob } = window.offered.shift();
    return { name, text: await blob.text() };
  });
}

/** Types into the fields of the dialog, in their order. */
async function type(page, ...words) {
  await page.waitForSelector('.dialog .field input');
  await page.evaluate((words) => {
    const inputs = document.querySelectorAll('.dialog .field input');
    words.forEach((word, at) => {
      inputs[at].value = word;
      inputs[at].dispatchEvent(new Event('input', { bubbles: true }));
    });
  }, words);
}

/** Exports a sealed file as people do. */
async function seal(page, passphrase, { sm = false } = {}) {
  await go(page, '#/data');
  await press(page, '加密导出…');
  await type(page, passphrase, passphrase);
  if (sm) await page.evaluate(() => document.querySelectorAll('.dialog input[type=radio]')[1].click());
  await press(page, '加密导出', '.dialog');
  const file = await offered(page);
  await gone(page, '.dialog');
  return file;
}

function keep(folder, name, text) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

const startInput = '.start-way input[type=file]';
const handTo = async (page, selector, ...files) => {
  const input = await page.waitForSelector(selector);
  await input.uploadFile(...files);
};

for (const kernel of kernels) {
  test(`E1 E3 E12 on ${kernel} a sealed export opens elsewhere with its passphrase only`, async () => {
    const folder = makeProfile();
    const here = await open(kernel, { before: keepFiles });
    await call(here.page, 'importBundle', realPosts);
    const plain = await call(here.page, 'exportBundle');
    const state = await call(here.page, 'stateHash');
    await here.page.evaluate(() => {
      window.frames_seen = 0;
      const count = () => { window.frames_seen += 1; requestAnimationFrame(count); };
      requestAnimationFrame(count);
    });
    const sealed = await seal(here.page, PASSPHRASE);
    const frames = await here.page.evaluate(() => window.frames_seen);
    assert.ok(frames > 5, 'the page was awake while the worker worked');
    assert.match(sealed.name, /-加密\.json$/);
    assert.ok(sealed.text.startsWith('{"gangtu":"sealed","format":1,"suite":"xchacha20-poly1305"'));
    assert.ok(/^[\x20-\x7e\n]*$/.test(sealed.text), 'survives any messenger');
    assert.ok(sealed.text.length < Buffer.byteLength(plain), 'no larger than the plain one');
    await here.close();

    const there = await open(kernel);
    await handTo(there.page, startInput, keep(folder, sealed.name, sealed.text));
    await until(there.page, '是加密的数据包', '.dialog');
    await type(there.page, '河边老槐树下三盘旗');
    await press(there.page, '打开', '.dialog');
    await until(there.page, '口令不对。文件没有损坏', '.dialog');
    await type(there.page, `　${PASSPHRASE} `);
    await press(there.page, '打开', '.dialog');
    await there.page.waitForSelector('.shell', { timeout: 30_000 });
    // The township stands before all of the bundle is in it.
    await there.page.waitForFunction(
      async (state) => await window.gangtu.stateHash() === state, { timeout: 30_000, polling: 100 }, state);
    await there.close();
    fs.rmSync(folder, { recursive: true });
  });

  test(`E2 E3 on ${kernel} cut, hurt and headless files are told apart, and cancelling opens nothing`, async () => {
    const folder = makeProfile();
    const here = await open(kernel, { before: keepFiles });
    await call(here.page, 'importBundle', realPosts);
    const { text } = await seal(here.page, PASSPHRASE);
    await here.close();

    const lines = text.split('\n');
    const hurt = [...lines];
    const middle = Math.floor(hurt[4].length / 2);
    hurt[4] = hurt[4].slice(0, middle) + (hurt[4][middle] === 'A' ? 'B' : 'A') + hurt[4].slice(middle + 1);
    const there = await open(kernel);
    const { page } = there;
    const hand = (name, content) => handTo(page, startInput, keep(folder, name, content));
    const told = [];
    for (const [name, content, words] of [
      ['cut.json', text.slice(0, -4000), '加密文件不完整'],
      ['head.json', text.replace('"m":65536', '"m":65537'), '加密文件的开头被改动或损坏'],
      ['tail.json', `${text}x`, '末尾多出了别的内容'],
    ]) {
      await hand(name, content);
      await until(page, words, '.notice-bad');
      told.push(words);
      assert.equal(await page.$('.dialog'), null, 'nobody is asked for a passphrase in vain');
    }
    await hand('hurt.json', hurt.join('\n'));
    await type(page, PASSPHRASE);
    await press(page, '打开', '.dialog');
    await until(page, '加密文件的第 1 块', '.notice-bad');
    await until(page, '不是口令的问题', '.notice-bad');
    await hand('good.json', text);
    await type(page, PASSPHRASE);
    await press(page, '取消', '.dialog');
    await until(page, '没有输入口令，没有打开', '.notice-bad');
    assert.ok(await page.$('.start'), 'still at the start page');
    await there.close();
    fs.rmSync(folder, { recursive: true });
  });

  test(`E1 E5 on ${kernel} the second suite, another passphrase, and the room for merging`, async () => {
    const folder = makeProfile();
    const here = await open(kernel, { before: keepFiles });
    const { page } = here;
    await call(page, 'importBundle', realPosts);
    const sm = await seal(page, PASSPHRASE, { sm: true });
    assert.ok(sm.text.includes('"suite":"sm4-gcm-sm3"'));
    await handTo(page, '.setting .choices input[type=file]', keep(folder, 'old.json', sm.text));
    await type(page, PASSPHRASE, '新的口令换了三个人', '新的口令换了三个人');
    await press(page, '更换口令', '.dialog');
    const again = await offered(page);
    await gone(page, '.dialog');
    assert.deepEqual(again.text.split('\n').slice(4), sm.text.split('\n').slice(4), 'the content is not touched');
    const renewed = keep(folder, again.name, again.text);

    await go(page, '#/data/merge');
    await handTo(page, '.merge .import-drop input[type=file]', renewed);
    await type(page, PASSPHRASE);
    await press(page, '打开', '.dialog');
    await until(page, '口令不对', '.dialog');
    await type(page, '新的口令换了三个人');
    await press(page, '打开', '.dialog');
    await until(page, '没有新内容，不需要合并', '.merge');
    await here.close();
    fs.rmSync(folder, { recursive: true });
  });

  test(`E10 on ${kernel} a short passphrase is not taken, nor two that differ`, async () => {
    const here = await open(kernel, { before: keepFiles });
    const { page } = here;
    await call(page, 'importBundle', realPosts);
    await go(page, '#/data');
    await press(page, '加密导出…');
    await type(page, '1234567', '1234567');
    await press(page, '加密导出', '.dialog');
    await until(page, '太短', '.field-problem');
    await type(page, '12345678', '12345679');
    await until(page, '很弱', '.dialog .field-hint');
    await press(page, '加密导出', '.dialog');
    await until(page, '两次输入的新口令不一样', '.field-problem');
    await type(page, PASSPHRASE, PASSPHRASE);
    await until(page, '够强', '.dialog .field-hint');
    await page.keyboard.press('Escape');
    await gone(page, '.dialog');
    assert.deepEqual(await page.evaluate(() => window.offered.length), 0);
    await here.close();
  });

  test(`E3 on ${kernel} a worker that cannot run is said, and the next one can`, async () => {
    // Firefox writes down what the worker has caught.
    const here = await open(kernel, { before: keepFiles, expectedErrors: [/incorrect header check/] });
    const { page } = here;
    await call(page, 'importBundle', realPosts);
    await go(page, '#/data');
    await page.evaluate(() => {
      const packed = document.getElementById('gangtu-vault');
      window.whole = packed.textContent;
      packed.textContent = 'no wasm at all';
    });
    await press(page, '加密导出…');
    await type(page, PASSPHRASE, PASSPHRASE);
    await press(page, '加密导出', '.dialog');
    await until(page, '加密程序没有运行成功', '.field-problem');
    await page.evaluate(() => { document.getElementById('gangtu-vault').textContent = window.whole; });
    await press(page, '加密导出', '.dialog');
    const { text } = await offered(page);
    assert.ok(text.startsWith('{"gangtu":"sealed"'));
    await here.close();
  });

  test(`E7 on ${kernel} the vault signs and verifies in both suites`, async () => {
    const here = await open(kernel);
    const told = await here.page.evaluate(async () => {
      const vault = window.gangtuVault;
      const bytes = new TextEncoder().encode('云溪镇');
      const found = {};
      for (const scheme of ['ed25519', 'sm2-sm3']) {
        const key = await vault('makeKey', { scheme });
        const signature = await vault('sign', { scheme, secret: key.secret, bytes });
        const ask = (change) => vault('verify', { scheme, open: key.open, bytes, signature, ...change });
        const other = await vault('makeKey', { scheme });
        found[scheme] = [
          await ask({}), await ask({ bytes: bytes.slice(1) }), await ask({ open: other.open }),
          await ask({ signature: signature.slice(1) }).catch((error) => error),
          await vault('fingerprint', { scheme, open: key.open }),
        ];
      }
      return found;
    });
    for (const [yes, otherBytes, otherKey, refused, print] of Object.values(told)) {
      assert.deepEqual([yes, otherBytes, otherKey], [true, false, false]);
      assert.match(refused, /^11:密钥或签名的格式不对/);
      assert.match(print, /^([0-9a-f]{4} ){5}[0-9a-f]{4}$/);
    }
    await here.close();
  });
}
