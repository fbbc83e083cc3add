// 便民查询.html: made by staff, looked through before, and in the hands of residents. SPEC.md F1–F6.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import zlib from 'node:zlib';
import { call, catchFiles, go, press, savedFile, shown, waitFor } from './hands.mjs';
import { open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gangtu-published-'));
test.after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Bytes of a block: thirteen bits in two letters. */
function decode(text) {
  const letters = [...Array(94).keys()].map((at) => String.fromCharCode(33 + at)).filter((at) => !'&<>'.includes(at));
  const value = new Map(letters.map((letter, at) => [letter, at]));
  const bytes = Buffer.alloc(((text.length >> 1) * 13 + (text.length & 1) * 6) >> 3);
  let [at, held, bits] = [0, 0, 0];
  for (let i = 0; i < text.length; i += 2) {
    held |= (value.get(text[i]) + (i + 1 < text.length ? value.get(text[i + 1]) * 91 : 0)) << bits;
    for (bits += 13; bits >= 8; bits -= 8) {
      if (at < bytes.length) bytes[at] = held & 255;
      at += 1;
      held >>>= 8;
    }
  }
  return bytes;
}

/** Everything in a file, its blocks opened, as one run of bytes. */
function laidOpen(page) {
  const blocks = [...page.matchAll(/<script type="text\/plain" id="[^"]+">([^<]*)<\/script>/g)].map((one) => one[1]);
  const opened = blocks.map(decode).map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? zlib.gunzipSync(bytes) : bytes));
  return Buffer.concat([Buffer.from(page), ...opened]);
}

/** The demonstration with 200 secrets where only staff may read, and one mobile number where anybody may. */
async function township() {
  const opened = await open('current');
  const { page } = opened;
  await press(page, '打开示范镇');
  await page.waitForSelector('.shell');
  const people = (await call(page, 'records', 'person')).slice(0, 50);
  const secrets = [];
  const secret = (what) => { secrets.push(`${what}密语${String(secrets.length).padStart(3, '0')}号`); return secrets.at(-1); };
  for (const { id } of people) {
    await call(page, 'put', 'person', { id, note: secret('备注'), education: secret('学历'), from: secret('来处'), grade: secret('等级') });
  }
  assert.equal(secrets.length, 200);
  const [first] = await call(page, 'records', 'window');
  await call(page, 'put', 'window', { id: first.id, place: '找王师傅 13800001111' });
  return { ...opened, people, secrets, window: first };
}

const begin = async (page) => {
  await go(page, '/data');
  await press(page, '准备发布');
  await page.waitForSelector('.publish-steps');
};

/** Ticks everything that waits and writes the reason. */
async function decide(page, within, why, verb) {
  await page.click(`${within} .publish-all input`);
  await page.$eval(`${within} .publish-why input`, (input, why) => {
    input.value = why;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, why);
  await press(page, verb, within);
}

/** The file as residents get it, and what it was made from. */
let made = null;
async function published() {
  if (made) return made;
  const opened = await township();
  const { page } = opened;
  await begin(page);
  await waitFor(page, '可能不该公开的内容');
  await decide(page, '.publish-deciding', '大厅引导员，已公示', '放行勾选的');
  await waitFor(page, '没有查到没决定的');
  await catchFiles(page);
  await press(page, '生成查询页');
  const [name, text] = await savedFile(page);
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  const all = await call(page, 'records', 'person');
  await opened.close();
  made = { name, text, file, all, secrets: opened.secrets };
  return made;
}

/** The published file in a browser. */
async function atHome(kernel = 'current', hash = '', viewport = { width: 1366, height: 768 }) {
  const { file } = await published();
  const opened = await open(kernel, { file, hash, viewport, wait: false });
  await opened.page.waitForSelector('.published, .kiosk', { timeout: 30_000 });
  await rest(300);
  return opened;
}

const ask = async (page, words) => {
  await page.waitForSelector('.find-input');
  await page.$eval('.find-input', (input) => input.select());
  await page.keyboard.press('Backspace');
  await page.type('.find-input', words);
  await rest(500);
};

test('F3 what must not go out stops the file until it is put right or allowed with a reason', async () => {
  const { page, close, window: desk } = await township();
  await begin(page);
  await waitFor(page, '13800001111');
  const stopped = () => page.$$eval('.publish button', (all) => all.find((one) => one.innerText === '生成查询页').disabled);
  assert.equal(await stopped(), true);
  await page.click('.publish-deciding .publish-all input');
  await press(page, '放行勾选的');
  await waitFor(page, '请写上理由');
  assert.equal((await call(page, 'records', 'allowance')).length, 0);
  await call(page, 'put', 'window', { id: desk.id, place: '一号窗口' });
  await waitFor(page, '没有查到没决定的');
  assert.equal(await stopped(), false, 'put right at its record');
  const [person] = (await call(page, 'records', 'person')).filter((one) => !one.leader);
  await call(page, 'put', 'window', { id: desk.id, place: `找${person.name}，１３８-００００-１１１１` });
  await waitFor(page, '2 处可能不该公开');
  assert.ok((await shown(page)).includes(person.name));
  await decide(page, '.publish-deciding', '本人同意', '放行勾选的');
  await waitFor(page, '没有查到没决定的');
  const allowed = await call(page, 'records', 'allowance');
  assert.deepEqual(allowed.map((one) => one.found).sort(), ['13800001111', person.name].sort());
  assert.ok(allowed.every((one) => one.why === '本人同意'));
  await close();
});

test('F2 a name goes out by a decision, person by person, and not after it is taken back', async () => {
  const { page, close } = await township();
  await begin(page);
  await press(page, '决定公开谁的姓名');
  await page.waitForSelector('.publish-deciding .publish-line');
  const before = await page.$$eval('.publish-steps > .publish-deciding', (all) => all.length);
  assert.ok(before >= 1);
  const line = await page.$('.publish-steps .publish-line input');
  const name = await line.evaluate((input) => input.closest('.publish-line').querySelector('.check').innerText.trim());
  await line.click();
  await page.$eval('.publish-steps .publish-why input', (input) => {
    input.value = '本人书面同意';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await press(page, '记下公开决定');
  await page.waitForSelector('.publish-name');
  const decided = (await call(page, 'records', 'person')).filter((one) => one.named);
  assert.deepEqual(decided.map((one) => [one.name, one.named_why]), [[name, '本人书面同意']]);
  await page.click('.publish-withdraw');
  await page.waitForFunction(() => !document.querySelector('.publish-name'), { polling: 50 });
  assert.deepEqual((await call(page, 'records', 'person')).filter((one) => one.named || one.named_why), []);
  await close();
});

test('F1 F5 200 secrets are nowhere in the file, nor a name nobody decided on, nor the rooms of staff', async () => {
  const { name, text, all, secrets } = await published();
  assert.equal(name, '便民查询.html');
  const bytes = laidOpen(text);
  const within = (words) => bytes.includes(Buffer.from(words));
  assert.ok(within('最低生活保障') && within('13800001111'), 'what is public, and what was allowed');
  for (const secret of secrets) assert.ok(!within(secret), secret);
  for (const person of all.filter((one) => !one.leader)) {
    assert.ok(!within(person.name), person.name);
    if (person.mobile) assert.ok(!within(person.mobile), person.mobile);
  }
  assert.ok(all.filter((one) => one.leader).some((one) => within(one.name)), 'leaders are named');
  for (const block of ['gangtu-later', 'gangtu-vault', 'gangtu-sample']) assert.ok(!text.includes(block + '"'), block);
});

test('F4 the saved file is checked again, and a hurt one is refused', async () => {
  const opened = await township();
  const { page } = opened;
  await begin(page);
  await decide(page, '.publish-deciding', '已公示', '放行勾选的');
  await catchFiles(page);
  await press(page, '生成查询页');
  const [, text] = await savedFile(page);
  const check = async (name, words) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, words);
    const [chooser] = await Promise.all([page.waitForFileChooser(), press(page, '核对存下的文件')]);
    await chooser.accept([file]);
  };
  await page.evaluate(() => { delete HTMLAnchorElement.prototype.click; });
  await check('hurt.html', text.replace('云溪街', '云溪路'));
  await waitFor(page, '内容被改动过或拷坏了');
  assert.deepEqual((await call(page, 'records', 'publication')).map((one) => Boolean(one.checked)), [false]);
  await check('whole.html', text);
  await waitFor(page, '每个字节都对得上');
  await waitFor(page, '已核对');
  const [edition] = await call(page, 'records', 'publication');
  assert.deepEqual([edition.no, edition.checked], [1, true]);
  await opened.screenshot('publish');
  await opened.close();
});

for (const kernel of kernels.filter((one) => one !== 'firefox')) {
  test(`F5 F6 on ${kernel} residents ask, read the card and its slip, see map, chart and board, and nothing is kept`, async () => {
    const opened = await atHome(kernel);
    const { page } = opened;
    await opened.screenshot('published-start');
    await ask(page, 'dbsq');
    await page.waitForSelector('.answer-open .steps');
    assert.ok((await page.$eval('.answer-open', (one) => one.innerText)).includes('最低生活保障'));
    await opened.screenshot('published-card');
    await press(page, '打印或扫码带走');
    await page.waitForSelector('.slip .slip-code');
    await page.keyboard.press('Escape');
    for (const [hash, seen] of [['/map', '.picture canvas'], ['/chart', '.published-picture svg'], ['/board', '.published-picture svg']]) {
      await go(page, hash);
      await page.waitForSelector(seen);
      await rest(300);
      await opened.screenshot(`published${hash.replace('/', '-')}`);
    }
    for (const staff of ['/', '/data', '/import', '/settings', '/list/person', '/log', '/record/person/r00001', '/show/1']) {
      await go(page, staff);
      await page.waitForFunction(() => location.hash.startsWith('#/find') && document.querySelector('.find-input'), { polling: 50, timeout: 8_000 });
    }
    await page.keyboard.down('Control');
    await page.keyboard.press('k');
    await page.keyboard.up('Control');
    await rest(200);
    assert.equal(await page.$('.palette'), null);
    assert.equal(await page.evaluate(() => typeof window.gangtu), 'undefined', 'no door');
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    if (kernel === 'current') assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
    assert.match(await page.$eval('.published-foot', (one) => one.textContent), /第 1 版，有效期至.*校验码 \d{4} \d{4}/);
    await opened.close();
  });
}

test('F5 the machine in the hall works from the file, and its way out leads to the look-up', async () => {
  const opened = await atHome('current', '/find?mode=kiosk', { width: 1080, height: 1920 });
  const { page } = opened;
  await page.waitForSelector('.kiosk .find-input');
  await opened.screenshot('published-kiosk');
  await page.evaluate(() => { for (let tap = 0; tap < 5; tap += 1) document.querySelector('.kiosk-corner').click(); });
  await page.waitForSelector('.dialog');
  const leave = () => page.evaluate(() => [...document.querySelectorAll('.dialog button')].filter((one) => one.innerText.includes('离开')).at(-1).click());
  await leave();
  await rest(200);
  if (await page.$('.dialog')) await leave();
  await page.waitForSelector('.published-top .published-link');
  assert.equal(await page.$('.navigation'), null);
  await opened.close();
});

test('F6 a page past its day says so, and one that is damaged shows nothing of it', async () => {
  const { text } = await published();
  const old = path.join(folder, 'old.html');
  fs.writeFileSync(old, text);
  const later = (page) => page.evaluateOnNewDocument(() => {
    const [Real, ahead] = [Date, 120 * 86_400_000];
    window.Date = class extends Real {
      constructor(...given) { if (given.length) super(...given); else super(Real.now() + ahead); }
      static now() { return Real.now() + ahead; }
    };
  });
  const opened = await open('current', { file: old, wait: false, before: later });
  await opened.page.waitForSelector('.published-warning');
  assert.match(await opened.page.$eval('.published-warning', (one) => one.innerText), /有效期到.*已经过了/);
  await opened.screenshot('published-old');
  await opened.close();
  const hurt = path.join(folder, 'hurt-public.html');
  fs.writeFileSync(hurt, text.replace('云溪街', '云溪路'));
  const broken = await open('current', { file: hurt, wait: false });
  await waitFor(broken.page, '内容被改动过或拷坏了');
  assert.equal(await broken.page.$('.find-input'), null);
  await broken.close();
});

test('F6 on a telephone the page is as wide as the telephone', async () => {
  const opened = await atHome('current', '', { width: 390, height: 844 });
  const { page } = opened;
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(await wide(), 390);
  await opened.screenshot('published-start');
  await ask(page, '低保');
  await page.waitForSelector('.answer-open');
  await opened.screenshot('published-card');
  for (const hash of ['/chart', '/board', '/map']) {
    await go(page, hash);
    await rest(500);
    assert.equal(await wide(), 390, hash);
    await opened.screenshot(`published${hash.replace('/', '-')}`);
  }
  await opened.close();
});
