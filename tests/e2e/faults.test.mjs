// Storage that fails, tabs that quarrel, browsers that die: what was said to be saved is still there,
// what was not saved is said, and the page stays usable.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, newTownship, samples, shown, waitFor } from './hands.mjs';
import { action, actionsOf, bundle, full, rawPage, refusing, withoutStorage } from './forge.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';
import { cutShort } from './powercut.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');
const kernel = kernels[0];

/** The sentence a call of the door is refused with; null where it is not. */
const refusal = (page, name, ...words) =>
  page.evaluate((name, words) => window.gangtu[name](...words).then(() => null, (e) => e.message), name, words);

const light = (page) => page.evaluate(() => document.querySelectorAll('.light')[1].innerText);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function press(page, text) {
  const button = (text) => [...document.querySelectorAll('button, a.button, label.button')]
    .find((one) => one.innerText.includes(text));
  // Not by frames: the page may stand behind another tab.
  await page.waitForFunction(button, { timeout: 20_000, polling: 100 }, text);
  await page.evaluate(`(${button})(${JSON.stringify(text)}).click()`);
}

const titles = async (page) => (await call(page, 'records', 'post')).map((post) => post.title);

/** A bundle that can be opened elsewhere, and gives the same township there. */
async function opensElsewhere(text, hash) {
  const there = await open(kernel);
  await call(there.page, 'importBundle', text);
  assert.equal(await call(there.page, 'stateHash'), hash, 'the same township elsewhere');
  await there.close();
}

const NEWER = {
  'a higher data version': (meta) => ({ ...meta, version: 7 }),
  'a higher data version of another shape': () => ({ version: 7, epoch: { replica: 1 } }),
};

for (const one of kernels) {
  for (const [name, change] of Object.entries(NEWER)) {
    test(`J5 on ${one} a base with ${name} is not opened and not touched`, async () => {
      const folder = makeProfile();
      const opened = await open(one);
      const { page } = opened;
      await call(page, 'importBundle', realPosts);
      const raw = await rawPage(opened, folder);
      if (await raw.evaluate(() => !indexedDB.databases)) return opened.close();
      await raw.evaluate(async (text) => {
        const base = await window.openBase(await window.baseName());
        const store = base.transaction('meta', 'readwrite').objectStore('meta');
        await window.answer(store.put(text, 'meta'));
        base.close();
      }, await raw.evaluate(async () => {
        const base = await window.openBase(await window.baseName());
        const text = await window.answer(base.transaction('meta').objectStore('meta').get('meta'));
        base.close();
        return text;
      }).then((text) => JSON.stringify(change(JSON.parse(text)))));
      const before = await raw.evaluate(() => window.dump());
      await opened.reload();
      await waitFor(page, '新版岗图保存的（数据版本 7）');
      if (name.endsWith('shape')) {
        assert.match(await shown(page), /数据都在。请用新版岗图打开/);
      } else {
        // Its rows read: it is shown, and nothing can be done with it.
        assert.match(await shown(page), /只能看，不能改/);
        assert.equal((await call(page, 'records', 'post')).length, 148);
        assert.match(await refusal(page, 'put', 'post', { title: '写不进的岗' }), /新版岗图的数据，本版只能看/);
        await press(page, '不看了');
      }
      await press(page, '打开示范镇');
      await waitFor(page, '虚构的示范镇');
      assert.equal(await raw.evaluate(() => window.dump()), before, 'not a byte was changed');
      await opened.close();
      fs.rmSync(folder, { recursive: true });
    });
  }

  for (const [where, breaks] of Object.entries(full)) {
    test(`J5 on ${one} a disk that is full ${where} loses nothing, says so, and writes once there is room`, async () => {
      const opened = await open(one);
      const { page } = opened;
      await call(page, 'importBundle', realPosts);
      await call(page, 'put', 'post', { title: '先有的岗' });
      const hash = await call(page, 'stateHash');
      await page.evaluate(breaks);
      assert.match(await refusal(page, 'put', 'post', { title: '写不进的岗' }), /存储空间满了，这次修改没有保存，之前的数据都在/);
      await waitFor(page, '存储空间满了');
      assert.equal(await light(page), '保存失败');
      assert.match(await refusal(page, 'importBundle', addition(realPosts)), /存储空间满了/);
      assert.match(await refusal(page, 'undo'), /存储空间满了/);
      assert.equal(await call(page, 'stateHash'), hash, 'memory holds what storage holds');
      await page.evaluate(() => window.room());
      await call(page, 'put', 'post', { title: '后来的岗' });
      assert.equal(await light(page), '本机已存');
      const after = await call(page, 'stateHash');
      await opened.reload();
      assert.equal(await call(page, 'stateHash'), after);
      const kept = await titles(page);
      assert.ok(kept.includes('先有的岗') && kept.includes('后来的岗') && !kept.includes('写不进的岗'));
      await opensElsewhere(await call(page, 'exportBundle'), after);
      await opened.close();
    });
  }

  for (const [how, breaks] of Object.entries(withoutStorage)) {
    test(`on ${one} a browser whose storage ${how} works in memory and says so`, async () => {
      const opened = await open(one, {
        before: async (page) => {
          await page.evaluateOnNewDocument(refusing);
          await page.evaluateOnNewDocument(breaks);
        },
      });
      const { page } = opened;
      const said = how === 'never answers' ? /暂时打不开，数据没有变化/ : /离开前请导出数据包/;
      assert.match(await shown(page), said, 'said on the start page');
      await newTownship(page, '青石镇');
      await waitFor(page, '改动只在内存里', 30_000);
      assert.equal(await light(page), '未存本机');
      await call(page, 'put', 'post', { title: '文书岗' });
      assert.equal(await light(page), '未存本机', 'no write makes it look saved');
      const hash = await call(page, 'stateHash');
      await opensElsewhere(await call(page, 'exportBundle'), hash);
      await opened.screenshot('memory-only');
      await opened.close();
    });
  }
}

/** A bundle of the same township with one more action. */
function addition(text) {
  const { id, name } = JSON.parse(text).township;
  return bundle([action(1, [['post', 'forged-post', { title: '外来的岗' }]])], { township: id, name });
}

test('a bundle is opened in a window without storage, and a broken one is refused there', async () => {
  const opened = await open(kernel, { before: (page) => page.evaluateOnNewDocument(withoutStorage['is missing']) });
  const { page } = opened;
  assert.match(await refusal(page, 'importBundle', realPosts.slice(0, -20)), /不完整/);
  const report = await call(page, 'importBundle', realPosts);
  assert.ok(report.applied > 0);
  assert.equal((await call(page, 'records', 'post')).length, 148);
  await waitFor(page, '改动只在内存里');
  await opened.close();
});

test('a private window keeps its township while it is open, hands it out, and nothing of it is left', async () => {
  const opened = await open(kernel);
  const privately = async () => {
    const window = await opened.browser.createBrowserContext();
    const page = await window.newPage();
    await page.goto(opened.address);
    await page.waitForFunction(() => window.gangtu, { timeout: 30_000, polling: 50 });
    return [window, page];
  };
  const [window, page] = await privately();
  await call(page, 'importBundle', realPosts);
  await call(page, 'put', 'post', { title: '无痕的岗' });
  const hash = await call(page, 'stateHash');
  await page.reload();
  await page.waitForFunction(() => window.gangtu, { timeout: 30_000, polling: 50 });
  assert.equal(await call(page, 'stateHash'), hash, 'while it is open');
  await opensElsewhere(await call(page, 'exportBundle'), hash);
  await window.close();
  const [, again] = await privately();
  for (const one of [again, opened.page]) {
    assert.deepEqual(await call(one, 'records', 'post').catch(() => []), []);
    const kept = await one.evaluate(async () => (await indexedDB.databases()).map((base) => base.name));
    assert.deepEqual(kept.filter((name) => name.startsWith('gangtu:')), []);
  }
  await opened.close();
});

test('J5 a disk that is really full refuses a large write and keeps what was there', async () => {
  const opened = await open(kernel);
  const { page } = opened;
  const session = await page.target().createCDPSession();
  const quota = (quotaSize) => session.send('Storage.overrideQuotaForOrigin', { origin: 'file://', quotaSize });
  await call(page, 'importBundle', realPosts);
  await quota(1);
  // The browser notices after some megabytes, and looks at the clock before it counts again; it packs
  // what repeats, so the words are thrown by dice.
  await page.evaluate(() => {
    const word = () => String.fromCharCode(0x4e00 + Math.random() * 0x5000);
    window.large = () => Array.from({ length: 40 }, (_, at) =>
      ({ title: `大岗${at}`, duties: Array.from({ length: 15_000 }, word).join('') }));
  });
  let [sentence, hash] = [null, null];
  for (let round = 0; round < 60 && sentence === null; round += 1) {
    await pause(round < 10 ? 0 : 1_000);
    hash = await call(page, 'stateHash');
    sentence = await page.evaluate(() => window.gangtu.put('post', window.large()).then(() => null, (e) => e.message));
  }
  assert.match(String(sentence), /存储空间满了/);
  assert.equal(await light(page), '保存失败');
  assert.equal(await call(page, 'stateHash'), hash);
  await quota(undefined);
  await call(page, 'put', 'post', { title: '后来的岗' });
  assert.equal(await light(page), '本机已存');
  const after = await call(page, 'stateHash');
  await opened.reload();
  assert.equal(await call(page, 'stateHash'), after);
  await opened.close();
});

test('a base that another tab keeps blocked says so, and opens when the tab lets go', async () => {
  const folder = makeProfile();
  const opened = await open(kernel);
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  const hash = await call(page, 'stateHash');
  const raw = await rawPage(opened, folder);
  // An old connection that hears nothing, an upgrade that waits for it, and us behind both.
  const name = await raw.evaluate(() => window.baseName());
  await page.goto('about:blank');
  await raw.evaluate(async (name) => {
    window.held = await window.openBase(name);
    const asked = indexedDB.open(name, 1e9);
    asked.onupgradeneeded = () => asked.transaction.abort();
  }, name);
  await page.goto(opened.address);
  await waitFor(page, '数据库被另一个标签页占用', 30_000);
  assert.match(await shown(page), /数据没有变化。请关掉其他打开岗图的标签页后重试/);
  await press(page, '打开示范镇');
  await waitFor(page, '虚构的示范镇');
  await raw.evaluate(() => window.held.close());
  await pause(500);
  await opened.reload();
  assert.equal(await call(page, 'stateHash'), hash);
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('data are cleared even while another page holds on to the base', async () => {
  const folder = makeProfile();
  const opened = await open(kernel);
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  const raw = await rawPage(opened, folder);
  await raw.evaluate(async () => { window.held = await window.openBase(await window.baseName()); });
  await page.evaluate(() => { location.hash = '/data'; });
  await waitFor(page, '清除本机数据');
  await press(page, '清除本机数据');
  await page.waitForSelector('.erase-word');
  await page.type('.erase-word', '清除');
  await press(page, '确认清除');
  await waitFor(page, '还没有清除干净', 30_000);
  assert.match(await shown(page), /另一个标签页正开着岗图，里面已清空/);
  await opened.reload();
  assert.equal(await page.evaluate(() => document.querySelectorAll('.start-base').length), 0);
  const left = await raw.evaluate(async () => {
    const rows = window.held.transaction('rows').objectStore('rows');
    return window.answer(rows.count());
  });
  assert.equal(left, 0, 'nothing is left in it');
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

for (const [what, does] of Object.entries({
  'deleted by another tab': async (name) => { await window.answer(indexedDB.deleteDatabase(name)); },
  'emptied by another tab': async (name) => {
    const base = await window.openBase(name);
    const tx = base.transaction([...base.objectStoreNames], 'readwrite');
    for (const store of base.objectStoreNames) tx.objectStore(store).clear();
    await new Promise((resolve) => { tx.oncomplete = resolve; });
    base.close();
  },
})) {
  test(`a base ${what} under the open page is told, and what the page holds can be exported`, async () => {
    const folder = makeProfile();
    const opened = await open(kernel);
    const { page } = opened;
    await call(page, 'importBundle', realPosts);
    await call(page, 'put', 'post', { title: '本页的岗' });
    const raw = await rawPage(opened, folder);
    await raw.evaluate(`(${does})(${JSON.stringify(await raw.evaluate(() => window.baseName()))})`);
    await page.bringToFront();
    assert.match(await refusal(page, 'put', 'post', { title: '写不进的岗' }), /已被清除或删除[^]*请马上导出数据包/);
    assert.equal(await light(page), '保存失败');
    const kept = await call(page, 'records', 'post');
    assert.ok(kept.some((post) => post.title === '本页的岗'));
    const text = await call(page, 'exportBundle');
    const there = await open(kernel);
    await call(there.page, 'importBundle', text);
    for (const kind of ['town', 'unit', 'post', 'duty', 'duty_link']) {
      assert.deepEqual(await call(there.page, 'records', kind), await call(page, 'records', kind), kind);
    }
    await there.close();
    // Into a copy that already knows part of it, too.
    const other = await open(kernel);
    await call(other.page, 'importBundle', realPosts);
    await call(other.page, 'importBundle', text);
    assert.deepEqual(sorted(await call(other.page, 'records', 'post')), sorted(kept));
    await other.close();
    await opened.close();
    fs.rmSync(folder, { recursive: true });
  });
}

const sorted = (records) => records.map((one) => JSON.stringify(one)).sort();

test('a base a newer program takes over under the open page is told as that', async () => {
  const folder = makeProfile();
  const opened = await open(kernel);
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  const raw = await rawPage(opened, folder);
  await raw.evaluate(async () => {
    window.newer = await window.openBase(await window.baseName(), 9);
  });
  assert.match(await refusal(page, 'put', 'post', { title: '写不进的岗' }), /新版岗图[^]*数据都在/);
  assert.equal((await call(page, 'records', 'post')).length, 148, 'still shown');
  await page.reload();
  await waitFor(page, '新版岗图保存的');
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

for (const when of ['between writes', 'while it writes']) {
  test(`a browser killed ${when} opens with everything that was said to be saved`, async () => {
    const profileDir = makeProfile();
    let here = await open(kernel, { profileDir });
    await call(here.page, 'importBundle', realPosts);
    const saved = [];
    for (let round = 0; round < 3; round += 1) {
      await here.page.exposeFunction('acknowledged', (title) => saved.push(title));
      const writing = here.page.evaluate(async (round) => {
        for (let at = 0; at < 400; at += 1) {
          const title = `岗${round}-${at}`;
          await window.gangtu.put('post', { title, duties: '职责'.repeat(500) });
          await window.acknowledged(title);
        }
      }, round).catch(() => {});
      const enough = saved.length + 5 + 7 * round;
      while (saved.length < enough) await pause(5);
      if (when === 'between writes') await here.page.evaluate(() => { window.gangtu.put = () => new Promise(() => {}); });
      if (when === 'between writes') await pause(200);
      here.browser.process().kill('SIGKILL');
      await writing;
      await here.close({ keepProfile: true });
      here = await open(kernel, { profileDir });
      const kept = new Set(await titles(here.page));
      assert.deepEqual(saved.filter((title) => !kept.has(title)), [], `round ${round}`);
      const hash = await call(here.page, 'stateHash');
      await opensElsewhere(await call(here.page, 'exportBundle'), hash);
    }
    await here.close({ keepProfile: false });
  });
}

/** Another tab on the same file. */
async function tab(opened) {
  const page = await opened.browser.newPage();
  await page.goto(opened.address);
  await page.waitForFunction(() => window.gangtu, { timeout: 30_000, polling: 50 });
  return page;
}

/** Waits until both tabs show one state, and answers it. */
async function agreed(...pages) {
  for (let turn = 0; turn < 100; turn += 1) {
    const hashes = await Promise.all(pages.map((page) => call(page, 'stateHash')));
    if (new Set(hashes).size === 1) return hashes[0];
    await pause(100);
  }
  return assert.fail('the tabs never agreed');
}

function assertCounters(text) {
  const seen = new Map();
  for (const { r, n } of actionsOf(text)) {
    assert.ok(!seen.get(r)?.has(n), `counter ${n} of ${r} twice`);
    seen.set(r, (seen.get(r) ?? new Set()).add(n));
  }
  for (const [r, counters] of seen) assert.equal(Math.max(...counters), counters.size, `no hole in ${r}`);
}

for (const kernel of kernels) {
  test(`J5 on ${kernel} a power cut in the middle of a write does not cost the township at a later opening`, async () => {
    const profileDir = makeProfile();
    const killed = async (work) => {
      const here = await open(kernel, { profileDir });
      const found = await work(here.page);
      process.kill(-here.browser.process().pid, 'SIGKILL');
      await here.close({ keepProfile: true });
      return found;
    };
    await killed((page) => call(page, 'importBundle', realPosts));
    cutShort(profileDir);
    // What is written next stands behind the half record; then it is opened once more.
    await killed(async (page) => {
      await call(page, 'put', 'post', { id: 'x1', title: '断电后写的岗' });
      await pause(2_000);
    });
    const there = await open(kernel, { profileDir });
    assert.ok((await titles(there.page)).includes('断电后写的岗'));
    assert.equal((await titles(there.page)).length, 149);
    await there.close({ keepProfile: false });
  });
}

test('J9 two tabs that write heavily at once agree, and no counter is given twice', async () => {
  const opened = await open(kernel);
  await call(opened.page, 'importBundle', realPosts);
  const second = await tab(opened);
  const work = (page, who) => page.evaluate(async (who) => {
    const ids = [];
    for (let at = 0; at < 60; at += 1) {
      const jobs = [
        window.gangtu.put('post', { id: `shared-${at % 5}`, title: `${who}改${at}` }),
        window.gangtu.put('post', { title: `${who}岗${at}` }),
      ];
      ids.push(...await Promise.all(jobs));
      // The other tab may have written over it since: then there is nothing to take back.
      if (at % 10 === 9) await window.gangtu.undo().catch(() => {});
    }
    return ids.length;
  }, who);
  await Promise.all([work(opened.page, '甲'), work(second, '乙')]);
  const hash = await agreed(opened.page, second);
  const text = await call(second, 'exportBundle');
  assertCounters(text);
  const kept = await titles(opened.page);
  for (const who of ['甲', '乙']) for (const at of [0, 8, 30, 58]) assert.ok(kept.includes(`${who}岗${at}`), `${who}岗${at}`);
  await opened.reload();
  assert.equal(await call(opened.page, 'stateHash'), hash);
  await opensElsewhere(text, hash);
  await opened.close();
});

test('J9 one bundle taken by two tabs at once is there once, from an empty browser too', async () => {
  const opened = await open(kernel);
  const second = await tab(opened);
  // Both find nothing and both begin the township.
  await Promise.all([opened.page, second].map((page) => call(page, 'importBundle', realPosts)));
  let hash = await agreed(opened.page, second);
  const more = addition(realPosts);
  const reports = await Promise.all([opened.page, second].map((page) => call(page, 'importBundle', more)));
  assert.equal(reports.reduce((sum, report) => sum + report.applied, 0), 1, JSON.stringify(reports));
  hash = await agreed(opened.page, second);
  const text = await call(opened.page, 'exportBundle');
  assertCounters(text);
  assert.equal(actionsOf(text).filter((one) => one.r === 'forged').length, 1);
  await Promise.all([
    call(opened.page, 'put', 'post', { title: '甲岗' }),
    call(second, 'put', 'post', { title: '乙岗' }),
  ]);
  hash = await agreed(opened.page, second);
  await opened.reload();
  assert.equal(await call(opened.page, 'stateHash'), hash);
  await opensElsewhere(await call(opened.page, 'exportBundle'), hash);
  await opened.close();
});

test('B3 what waits for its predecessors is kept whichever tab imports next', async () => {
  const opened = await open(kernel);
  await call(opened.page, 'importBundle', realPosts);
  const second = await tab(opened);
  const { id, name } = JSON.parse(realPosts).township;
  const part = (actions) => bundle(actions, { township: id, name });
  const one = (n, r) => action(n, [['post', `${r}-${n}`, { title: `${r}岗${n}` }]], { r });
  const waits = await call(opened.page, 'importBundle', part([one(2, 'early')]));
  assert.deepEqual([waits.applied, waits.parked], [0, 1]);
  await call(second, 'importBundle', part([one(1, 'other')]));
  await opened.reload();
  await call(opened.page, 'importBundle', part([one(1, 'early')]));
  assert.ok((await titles(opened.page)).includes('early岗2'), 'it closed by itself');
  await agreed(opened.page, second);
  await opened.close();
});

test('a restored backup of a browser goes on without losing a word', async () => {
  const profileDir = makeProfile();
  let here = await open(kernel, { profileDir });
  await call(here.page, 'importBundle', realPosts);
  await call(here.page, 'put', 'post', { title: '备份前' });
  await here.close({ keepProfile: true });
  const backup = makeProfile();
  fs.cpSync(profileDir, backup, { recursive: true });
  here = await open(kernel, { profileDir });
  for (const title of ['丢失一', '丢失二', '丢失三']) await call(here.page, 'put', 'post', { title });
  const exported = await call(here.page, 'exportBundle');
  await here.close({ keepProfile: false });
  // The computer is set back; the last export comes in, and work goes on.
  here = await open(kernel, { profileDir: backup });
  await call(here.page, 'importBundle', exported);
  await call(here.page, 'put', 'post', { title: '恢复后' });
  const kept = await titles(here.page);
  for (const title of ['备份前', '丢失一', '丢失三', '恢复后']) assert.ok(kept.includes(title), title);
  const hash = await call(here.page, 'stateHash');
  const text = await call(here.page, 'exportBundle');
  assertCounters(text);
  await here.reload();
  assert.equal(await call(here.page, 'stateHash'), hash);
  await opensElsewhere(text, hash);
  await here.close({ keepProfile: false });
});

test('a fault that stops the program is told over the page, with a way on', async () => {
  const opened = await open(kernel, { expectedErrors: [/unreachable|gangtu:/] });
  const { page } = opened;
  await newTownship(page, '青石镇');
  // A module of one instruction, `unreachable`: the trap a panic ends in.
  await page.evaluate(async () => {
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes));
    setTimeout(instance.exports.f, 0);
  });
  await waitFor(page, '已经保存的资料仍在');
  assert.match(await shown(page), /刷新/);
  assert.match(await shown(page), /青石镇/, 'what was on the screen stays readable');
  await opened.screenshot('notice-trap');
  await Promise.all([page.waitForNavigation(), press(page, '刷新')]);
  await opened.ready();
  await waitFor(page, '青石镇');
  await opened.close();
});
