// What happens to a bundle on the way, each hurt by its name: chosen in the room for merging it is read as
// what was sent, or refused whole with its sentence. The same on the host: `tests/hurt_files.rs`.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import zlib from 'node:zlib';
import { call, newTownship, samples } from './hands.mjs';
import { action, bundle, time, written } from './forge.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const base = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');
const { id: township, name } = JSON.parse(base).township;

const sent = bundle([action(1, [['post', 'sent', { title: '途中岗' }]])], { township, name });
const raw = (ops) => bundle([`{"by":"","n":1,"ops":${ops},"r":"forged","t":"${time(Date.UTC(2026, 0, 1))}","what":""}`], { township, name, ops: 1 });

const waitFor = (page, text) => page.waitForFunction((text) => document.body.innerText.includes(text), { timeout: 60_000, polling: 100 }, text);
const titles = async (page) => (await call(page, 'records', 'post')).filter((one) => one.id === 'sent').map((one) => one.title);

/** GBK of a text: browsers have a decoder only. */
async function gbk(page, text) {
  const codes = await page.evaluate((characters) => {
    const decoder = new TextDecoder('gbk');
    const found = {};
    for (let lead = 0x81; lead < 0xff; lead += 1) {
      for (let trail = 0x40; trail < 0xff; trail += 1) {
        const at = decoder.decode(new Uint8Array([lead, trail]));
        if (characters.includes(at) && !found[at]) found[at] = [lead, trail];
      }
    }
    return found;
  }, [...new Set(text)].filter((at) => at > '\u007f'));
  return Buffer.from([...text].flatMap((at) => (at > '\u007f' ? codes[at] : [at.charCodeAt(0)])));
}

/** As a messenger sends it: a zip with the file in it, stored. */
function zipped(text) {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt32LE(bytes.length, 22);
  return Buffer.concat([head, bytes]);
}

/** What is read as it was sent: the name of the file, and its bytes of what the page had exported. */
const READ = {
  'saved again with a BOM': ['途中.json', (_, out) => `\ufeff${out}`],
  'saved again as GBK': ['途中.json', (page, out) => gbk(page, out)],
  'renamed by a second download': ['途中 (1).json', (_, out) => out],
  'renamed to text by a messenger': ['途中.json.txt', (_, out) => out],
  'saved again with the line ends of Windows': ['途中.json', (_, out) => out.replace(/\n/g, '\r\n')],
  'set out anew by an editor': ['途中.json', (_, out) => JSON.stringify(JSON.parse(out), null, 2)],
};

/** What a page exports of a small township. */
async function exported() {
  const opened = await open(kernels[0]);
  const { page } = opened;
  await newTownship(page, '青石镇');
  await call(page, 'put', 'post', { id: 'sent', title: '途中岗' });
  const out = await call(page, 'exportBundle');
  await opened.close();
  return out;
}

/** What is refused whole: the name, the bytes, the sentence. */
const REFUSED = {
  'cut off in the middle': ['途中.json', () => sent.slice(0, sent.length - 30), '数据包不完整'],
  'zipped by a messenger': ['途中.json.zip', () => zipped(sent), '这是一个压缩包'],
  'zipped and renamed': ['途中.json', () => zlib.gzipSync(sent), '这是一个压缩包'],
  'with a name twice': ['途中.json', () => sent.replace('"made":', '"made":"","made":'), '重复的名称（made）'],
  'with a name twice in a line': ['途中.json', () => raw('[["post","sent",{"title":"甲","title":"乙"}]]'), '同一个名称写了两次'],
  'with bytes behind its end': ['途中.json', () => `${sent}\u001a`, '末尾多出了别的内容'],
  'changed by hand': ['途中.json', () => sent.replace('途中岗', '途径岗'), '校验码对不上'],
};

test('B4 a bundle hurt on the way is refused whole, each hurt by its name', async () => {
  const folder = makeProfile();
  const opened = await open(kernels[0]);
  const { page } = opened;
  await call(page, 'importBundle', base);
  const before = await call(page, 'stateHash');
  const choose = async (file) => {
    await page.evaluate(() => { location.hash = '/'; });
    await page.evaluate(() => { location.hash = '/data/merge'; });
    const input = await page.waitForSelector('.merge input[type=file]');
    await input.uploadFile(file);
  };
  for (const [what, [called, make, sentence]] of Object.entries(REFUSED)) {
    await choose(written(folder, called, await make(page)));
    await waitFor(page, sentence).catch(() => assert.fail(what));
    assert.equal(await call(page, 'stateHash'), before, what);
  }
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('B5 a bundle as an editor or a messenger leaves it is read as it was sent', async () => {
  const folder = makeProfile();
  const out = await exported();
  for (const [what, [called, make]] of Object.entries(READ)) {
    const opened = await open(kernels[0]);
    const { page } = opened;
    const file = written(folder, called, await make(page, out));
    const input = await page.waitForSelector('.start-way input[type=file]');
    await input.uploadFile(file);
    await page.waitForFunction(() => window.gangtu.records('post').then((list) => list.length > 0), { timeout: 30_000, polling: 100 })
      .catch(() => assert.fail(what));
    assert.deepEqual(await titles(page), ['途中岗'], what);
    await opened.close();
  }
  fs.rmSync(folder, { recursive: true });
});

test('B4 two gigabytes of zeros are named without being read, here and on the page for tables', async () => {
  const folder = makeProfile();
  const file = written(folder, '零.json', '');
  // Holes take no room on the disk.
  fs.truncateSync(file, 2 ** 31);
  const opened = await open(kernels[0]);
  const { page } = opened;
  await call(page, 'importBundle', base);
  const before = await call(page, 'stateHash');
  await page.evaluate(() => { location.hash = '/data/merge'; });
  await (await page.waitForSelector('.merge input[type=file]')).uploadFile(file);
  await waitFor(page, '全是空白字节');
  await page.evaluate(() => { location.hash = '/import'; });
  await (await page.waitForSelector('.import-drop input[type=file]')).uploadFile(file);
  await waitFor(page, '2048 MB');
  assert.equal(await call(page, 'stateHash'), before);
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('B9 J13 numbers above 2^53 keep every digit, and text that is not composed goes on as it came', async () => {
  const opened = await open(kernels[0]);
  const { page } = opened;
  await call(page, 'importBundle', base);
  await call(page, 'importBundle', raw('[["post","sent",{"seats":9007199254740993}]]'));
  const seats = async (at) => (await call(at, 'records', 'post')).find((one) => one.id === 'sent').seats;
  assert.equal(String(await seats(page)), '9007199254740993');
  const name = 'Ame\u0301lie';
  await call(page, 'importBundle', bundle([action(1, [['person', 'a', { name }]], { r: 'other' })], { township, name: '' }));
  await call(page, 'put', 'person', { id: 'b', name });
  const people = await call(page, 'records', 'person');
  assert.equal(people.find((one) => one.id === 'b').name, 'Amélie'.normalize('NFC'));
  const text = await call(page, 'exportBundle');
  assert.ok(text.includes(name) && text.includes('9007199254740993'));
  const there = await open(kernels[0]);
  await call(there.page, 'importBundle', text);
  assert.equal(String(await seats(there.page)), '9007199254740993');
  assert.equal(await call(there.page, 'stateHash'), await call(page, 'stateHash'));
  await there.close();
  await opened.close();
});
