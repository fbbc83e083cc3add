// The file beside the browser: written, opened again, hashed; sticks that fail; guests that leave
// nothing; everything erased and shown to be gone.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, samples, waitFor } from './hands.mjs';
import { action, bundle, rawPage } from './forge.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';
import { fakeStick, realFolder, withoutPickers } from './stick.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');
const { id: township, name: townName } = JSON.parse(realPosts).township;
/** What files are called: by the township's record. */
const stem = '某镇（真实岗位表）';
const file = `${stem}.json`;

const light = (page) => page.evaluate(() => document.querySelectorAll('.light')[2].innerText);
const lit = (page, timeout = 20_000) => page.waitForFunction(
  () => document.querySelectorAll('.light')[2]?.innerText === '文件已核对', { timeout, polling: 100 });
const stick = (page, what, ...words) => page.evaluate((what, words) => window.stick[what](...words), what, words);
const fails = (page, how) => page.evaluate((how) => Object.assign(window.stick, how), how);

async function press(page, text) {
  const found = await page.evaluate((text) => {
    const buttons = [...document.querySelectorAll('button, a.button, label.button')];
    const button = buttons.find((one) => one.innerText.includes(text) && !one.disabled);
    if (button) button.click();
    return button !== undefined;
  }, text);
  assert.ok(found, `a button “${text}”`);
}

async function dataPage(page) {
  await page.evaluate(() => { location.hash = '/data'; });
  await page.waitForSelector('.file-home');
}

/** A bundle of the same township with one more action of another copy. */
const addition = (title, n = 1) =>
  bundle([action(n, [['post', `forged-post-${n}`, { title }]])], { township, name: townName });

/** The township open with a stick chosen and everything on it. */
async function onStick(how = {}) {
  const opened = await open(how.kernel ?? 'current', { ...how, before: (page) => page.evaluateOnNewDocument(how.stick ?? fakeStick) });
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  await dataPage(page);
  await press(page, '选文件夹');
  await lit(page);
  return opened;
}

/** A bundle opened elsewhere gives this township. */
async function opensElsewhere(text, hash) {
  const there = await open('current');
  await call(there.page, 'importBundle', text);
  assert.equal(await call(there.page, 'stateHash'), hash);
  await there.close();
}

test('V1 V2 every change goes into the folder, is opened again, and only then the light is lit', async () => {
  const opened = await onStick();
  const { page } = opened;
  await call(page, 'put', 'post', { title: '新来的岗' });
  assert.notEqual(await light(page), '文件已核对', 'not before it is written');
  await lit(page);
  const text = await stick(page, 'read', file);
  assert.ok(text.includes('新来的岗'));
  const written = await page.evaluate(() => window.stick.writes);
  const at = written.lastIndexOf(`${stem}.新.json`);
  assert.equal(written[at + 1], file, 'the new one was written and read beside the old one first');
  const hash = await call(page, 'stateHash');
  const list = await stick(page, 'list');
  assert.equal(list.length, 2, `the file and one backup: ${list}`);
  assert.match(list.find((name) => name.startsWith('岗图备份/')), /-\d{8}-\d{4}-[0-9a-f]{12}\.json$/);
  await opened.screenshot('file-home');
  await opensElsewhere(text, hash);
  await opened.close();
});

const FAILURES = {
  'a stick pulled out': [{ fails: { read: 'NotFoundError', folder: 'NotFoundError' } }, /U 盘已拔出/, '重试'],
  'a stick pulled out while writing': [{ fails: { write: 'NotFoundError' } }, /U 盘已拔出/, '重试'],
  'a full stick': [{ fails: { write: 'QuotaExceededError' } }, /磁盘满了/, '重试'],
  'a stick that is full at the end': [{ fails: { close: 'QuotaExceededError' } }, /磁盘满了/, '重试'],
  'a locked stick': [{ fails: { open: 'NoModificationAllowedError' } }, /写保护/, '重试'],
  'a permission withdrawn': [{ permission: 'denied' }, /没有允许写/, '允许写入'],
  'a stick that keeps something else': [{ spoil: true }, /内容对不上/, '重试'],
  'an error nobody knows': [{ fails: { open: 'InvalidStateError' } }, /InvalidStateError/, '重试'],
};

for (const [name, [breaks, said, button]] of Object.entries(FAILURES)) {
  test(`V3 ${name} is told by its own sentence, loses nothing, and the next try saves`, async () => {
    const opened = await onStick();
    const { page } = opened;
    const before = await stick(page, 'read', file);
    await fails(page, breaks);
    await call(page, 'put', 'post', { title: '没存上的岗' });
    await page.waitForFunction(() => document.querySelectorAll('.light')[2].innerText === '文件没存上', { timeout: 20_000 });
    assert.match(await page.evaluate(() => document.querySelector('.file-home .notice-bad').innerText), said);
    assert.equal(await page.evaluate(() => document.querySelectorAll('.light')[1].innerText), '本机已存');
    if (!breaks.spoil) assert.equal(await stick(page, 'read', file), before, 'the old file stands');
    const hash = await call(page, 'stateHash');
    await fails(page, { fails: {}, spoil: false, permission: 'prompt', answer: 'granted' });
    await press(page, button);
    await lit(page);
    const text = await stick(page, 'read', file);
    assert.ok(text.includes('没存上的岗'));
    assert.equal(await call(page, 'stateHash'), hash);
    await opened.close();
  });
}

test('V2 a file another copy changed is not written over; merged first, then both are in it', async () => {
  const opened = await onStick();
  const { page } = opened;
  const theirs = addition('那台电脑的岗');
  await stick(page, 'put', file, theirs);
  await call(page, 'put', 'post', { title: '这台电脑的岗' });
  await waitFor(page, '里面有 1 条操作这里没有');
  assert.equal(await stick(page, 'read', file), theirs, 'not written over');
  await press(page, '先合并');
  await waitFor(page, '新的操作');
  await press(page, '确认合并');
  await lit(page);
  const text = await stick(page, 'read', file);
  assert.ok(text.includes('那台电脑的岗') && text.includes('这台电脑的岗'));
  await opened.close();
});

test('V2 an older state of our own file is written over, another township and a foreign file are not', async () => {
  const opened = await onStick();
  const { page } = opened;
  const older = await stick(page, 'read', file);
  await call(page, 'put', 'post', { title: '后来的岗' });
  await lit(page);
  await stick(page, 'put', file, older);
  await call(page, 'put', 'post', { title: '再后来的岗' });
  await page.waitForFunction(async (file) => (await window.stick.read(file)).includes('再后来的岗'), { timeout: 20_000, polling: 200 }, file);
  const other = bundle([action(1, [['post', 'p', { title: '甲' }]])], { township: 'other', name: '青石镇' });
  await stick(page, 'put', file, other);
  await call(page, 'put', 'post', { title: '第三个岗' });
  await waitFor(page, '“青石镇”的存档，没有覆盖');
  assert.equal(await stick(page, 'read', file), other);
  await stick(page, 'put', file, '工资表');
  await call(page, 'put', 'post', { title: '第四个岗' });
  await waitFor(page, '不是岗图存的内容，没有覆盖');
  assert.equal(await stick(page, 'read', file), '工资表');
  page.once('dialog', (dialog) => dialog.accept());
  await press(page, '照样覆盖');
  await lit(page);
  assert.ok((await stick(page, 'read', file)).includes('第四个岗'));
  await opened.close();
});

test('V4 backups rotate by count, what else lies there stays, and the newest verified one is kept', async () => {
  const opened = await onStick();
  const { page } = opened;
  const made = (await stick(page, 'list')).find((name) => name.startsWith('岗图备份/'));
  await stick(page, 'put', '岗图备份/工资表.json', '{}');
  for (let day = 10; day < 20; day += 1) {
    await stick(page, 'put', `岗图备份/${stem}-202501${day}-0900-0123456789ab.json`, '{}');
  }
  // The first one was made this minute: the next is due when it is called older.
  await page.evaluate((made) => {
    const folder = window.stick.root.entries.get('岗图备份');
    const name = made.split('/')[1];
    const entry = folder.entries.get(name);
    folder.entries.delete(name);
    entry.name = name.replace(/-\d{8}-\d{4}-/, '-20250201-0900-');
    folder.entries.set(entry.name, entry);
  }, made);
  await page.evaluate(() => {
    const fields = document.querySelectorAll('.file-home-wish .input');
    fields[0].value = '4';
    fields[0].dispatchEvent(new Event('change', { bubbles: true }));
    fields[1].value = '3650';
    fields[1].dispatchEvent(new Event('change', { bubbles: true }));
  });
  await call(page, 'put', 'post', { title: '下午的岗' });
  await lit(page);
  await page.waitForFunction(() => window.stick.list().filter((name) => /-\d{8}-/.test(name)).length === 4, { timeout: 20_000 });
  const left = (await stick(page, 'list')).filter((name) => name.startsWith('岗图备份/')).sort();
  assert.ok(left.includes('岗图备份/工资表.json'));
  assert.ok(left.some((name) => name.includes('-20250201-')) && !left.some((name) => name.includes('-20250110-')));
  await opened.close();
});

test('V5 a rehearsal opens the newest backup, and names one that was damaged', async () => {
  const opened = await onStick();
  const { page } = opened;
  await press(page, '演练恢复');
  await waitFor(page, '可以恢复');
  assert.match(await page.evaluate(() => document.querySelector('.file-home [role=status]').innerText), /条操作、\d+ 条记录全部读出.*一致/);
  const made = (await stick(page, 'list')).find((name) => name.startsWith('岗图备份/'));
  const good = await stick(page, 'read', made);
  await stick(page, 'put', made, good.slice(0, 3000));
  await press(page, '演练恢复');
  await waitFor(page, '不能用：数据包不完整');
  await waitFor(page, '请马上点“立即保存”');
  await stick(page, 'put', made, bundle([action(1, [['post', 'p', { title: '甲' }]])], { township, name: townName }));
  await press(page, '演练恢复');
  await waitFor(page, '与当时登记的校验码不一致');
  await stick(page, 'put', `岗图备份/${stem}-20200101-0900-${made.slice(-17, -5)}.json`, good);
  await press(page, '演练恢复');
  await waitFor(page, '可以恢复');
  await opened.screenshot('rehearsal');
  await opened.close();
});

test('V2 two tabs on one stick do not fight: one writes, both lights are lit', async () => {
  const profileDir = makeProfile();
  const opened = await open('current', { via: 'http', profileDir, before: (page) => page.evaluateOnNewDocument(realFolder) });
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  await dataPage(page);
  await press(page, '选文件夹');
  await lit(page);
  const second = await opened.browser.newPage();
  await second.goto(opened.address);
  await second.waitForFunction(() => Boolean(window.gangtu));
  await lit(second);
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([call(page, 'put', 'post', { title: `甲${round}` }), call(second, 'put', 'post', { title: `乙${round}` })]);
  }
  await lit(page);
  await second.bringToFront();
  await lit(second);
  const text = await page.evaluate(async (file) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('stick');
    return (await (await folder.getFileHandle(file)).getFile()).text();
  }, file);
  for (const title of ['甲0', '甲1', '甲2', '乙0', '乙1', '乙2']) assert.ok(text.includes(title), title);

  // Real handles are kept: a new start goes on where it was.
  await second.close();
  await opened.reload();
  await lit(page);
  await call(page, 'put', 'post', { title: '第二天的岗' });
  await lit(page);
  await opened.close();
  fs.rmSync(profileDir, { recursive: true, force: true });
});

test('V9 a township is opened from the folder it was kept in, from a backup where the file is hurt', async () => {
  const opened = await onStick();
  const { page } = opened;
  const hash = await call(page, 'stateHash');
  const made = (await stick(page, 'list')).find((name) => name.startsWith('岗图备份/'));
  const text = await stick(page, 'read', file);
  await opened.close();
  for (const hurt of [false, true]) {
    const there = await open('current', { before: (page) => page.evaluateOnNewDocument(fakeStick) });
    await waitFor(there.page, '在别处用过吗？');
    await stick(there.page, 'put', file, hurt ? text.slice(0, 500) : text);
    await stick(there.page, 'put', made, text);
    await press(there.page, '选文件夹');
    await there.page.waitForSelector('.shell');
    await there.page.waitForFunction(
      async (hash) => (await window.gangtu.stateHash()) === hash, { timeout: 20_000, polling: 100 }, hash);
    if (!hurt) await lit(there.page);
    await there.close();
  }
});

test('V9 a real folder on the disk is opened, remembered over a restart, and asks before it is written', async () => {
  const folder = makeProfile();
  const profileDir = makeProfile();
  fs.writeFileSync(path.join(folder, 'town.json'), realPosts);
  const opened = await open('current', { profileDir });
  const { page } = opened;
  await dropFolder(page, folder);
  await press(page, '选文件夹');
  await page.waitForSelector('.shell');
  await lit(page);
  assert.equal((await call(page, 'records', 'post')).length, 148);
  await call(page, 'put', 'post', { title: '还没存的岗' });
  await page.waitForFunction(() => document.querySelectorAll('.light')[2].innerText === '接上存档', { timeout: 20_000 });
  await opened.reload();
  await page.waitForFunction(() => document.querySelectorAll('.light')[2].innerText === '接上存档', { timeout: 20_000 });
  assert.equal(fs.readFileSync(path.join(folder, 'town.json'), 'utf8'), realPosts, 'nobody has allowed it yet');
  await opened.close();
  for (const one of [folder, profileDir]) fs.rmSync(one, { recursive: true, force: true });
});

/** Lets a folder of the disk go over the page, as hands do: the browser gives a real handle for it. */
async function dropFolder(page, folder) {
  await page.evaluate(() => {
    const dropped = new Promise((resolve) => {
      document.addEventListener('dragover', (event) => event.preventDefault());
      document.addEventListener('drop', (event) => {
        event.preventDefault();
        resolve(event.dataTransfer.items[0].getAsFileSystemHandle());
      });
    });
    window.showDirectoryPicker = () => dropped;
  });
  const session = await page.target().createCDPSession();
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await session.send('Input.dispatchDragEvent', { type, x: 20, y: 20, data });
  }
}

const ours = (page) => page.evaluate(async () => ({
  databases: indexedDB.databases ? (await indexedDB.databases()).map((one) => one.name) : [],
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
}));
const NOTHING = { databases: [], local: [], session: [] };

for (const kernel of kernels) {
  test(`V6 on ${kernel} a guest leaves nothing on the computer`, async () => {
    const profileDir = makeProfile();
    const before = (page) => page.evaluateOnNewDocument(kernel === 'current' ? fakeStick : withoutPickers);
    const opened = await open(kernel, { profileDir, before });
    const { page } = opened;
    const made = path.join(profileDir, 'town.json');
    fs.writeFileSync(made, realPosts);
    await page.click('.start-guest input');
    if (kernel === 'current') {
      await page.evaluate((text) => { window.stick.file.blob = new Blob([text]); }, realPosts);
      await press(page, '选择文件');
    } else {
      await (await page.$('.start-way input[type=file]')).uploadFile(made);
    }
    await page.waitForSelector('.shell');
    await waitFor(page, '来宾模式');
    await call(page, 'put', 'post', { title: '来宾的岗' });
    await page.evaluate(() => { location.hash = '/list/post'; });
    await page.waitForSelector('.grid');
    await dataPage(page);
    if (kernel === 'current') {
      await lit(page);
      assert.ok(await page.evaluate(async () => (await window.stick.file.blob.text()).includes('来宾的岗')));
    }
    assert.deepEqual(await ours(page), NOTHING);
    await opened.close();
    const again = await open(kernel, { profileDir });
    assert.deepEqual(await ours(again.page), NOTHING, 'nor after a start');
    assert.equal(await again.page.evaluate(() => document.querySelectorAll('.start-base').length), 0);
    await again.close();
    fs.rmSync(profileDir, { recursive: true, force: true });
  });
}

test('V6 a guest is warned before leaving with something unsaved, and not otherwise', async () => {
  const opened = await open('current', { before: (page) => page.evaluateOnNewDocument(fakeStick) });
  const { page } = opened;
  const asked = [];
  page.on('dialog', (dialog) => { asked.push(dialog.type()); dialog.dismiss(); });
  await page.click('.start-guest input');
  await page.type('.start-form input', '青石镇');
  await page.click('.start-form button');
  await page.waitForSelector('.shell');
  await page.click('.header-name');
  await page.evaluate(() => location.reload());
  await page.waitForFunction(() => true);
  for (let tries = 0; asked.length === 0 && tries < 50; tries += 1) await new Promise((done) => setTimeout(done, 100));
  assert.deepEqual(asked, ['beforeunload']);
  await dataPage(page);
  await press(page, '选文件夹');
  await lit(page);
  await opened.reload();
  assert.deepEqual(asked, ['beforeunload'], 'saved, nobody asks');
  await opened.close();
});

for (const kernel of kernels) {
  test(`V7 on ${kernel} everything of ours is erased and shown to be gone, and nothing else is touched`, async () => {
    const folder = makeProfile();
    const opened = await open(kernel, { before: (page) => page.evaluateOnNewDocument(withoutPickers) });
    const { page } = opened;
    await call(page, 'importBundle', realPosts);
    const raw = await rawPage(opened, folder);
    await raw.evaluate(async () => {
      (await window.openBase('somebody-else')).close();
      localStorage.setItem('somebody', 'else');
      localStorage.setItem('gangtu:columns:post', 'title');
    });
    await page.bringToFront();
    await dataPage(page);
    await press(page, '清除本机数据');
    await waitFor(page, '没有存过核对的文件');
    assert.equal(await page.evaluate(() => [...document.querySelectorAll('.dialog-foot button')][0].disabled), true);
    await page.type('.erase-word', '清除');
    await opened.screenshot('erase');
    await press(page, '确认清除');
    await waitFor(page, '已清除，什么都没留下', 40_000);
    await waitFor(page, '岗图的一项都没有了');
    await opened.screenshot('erased');
    const left = await raw.evaluate(async () => ({
      databases: indexedDB.databases ? (await indexedDB.databases()).map((one) => one.name) : null,
      local: Object.keys(localStorage),
    }));
    if (left.databases) assert.deepEqual(left.databases, ['somebody-else']);
    assert.deepEqual(left.local, ['somebody']);
    await opened.close();
    fs.rmSync(folder, { recursive: true });
  });
}

test('V8 V1 without pickers a download is no saved file until it was opened again', async () => {
  const folder = makeProfile();
  const opened = await open('current', { before: (page) => page.evaluateOnNewDocument(withoutPickers) });
  const { page } = opened;
  const session = await page.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  await call(page, 'importBundle', realPosts);
  assert.match(await light(page), /^\d+ 处未存文件$/);
  await page.evaluate(() => document.querySelectorAll('.light')[2].click());
  await page.waitForFunction(() => document.querySelectorAll('.light')[2].innerText === '待核对');
  let downloaded = [];
  for (let tries = 0; downloaded.length === 0 && tries < 100; tries += 1) {
    await new Promise((done) => setTimeout(done, 100));
    downloaded = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  }
  const picked = async (name) => {
    const [chooser] = await Promise.all([page.waitForFileChooser(), page.evaluate(() => document.querySelectorAll('.light')[2].click())]);
    await chooser.accept([path.join(folder, name)]);
  };
  fs.writeFileSync(path.join(folder, 'hurt.txt.json'), fs.readFileSync(path.join(folder, downloaded[0])).subarray(0, 2000));
  await picked('hurt.txt.json');
  await waitFor(page, '数据包不完整');
  assert.equal(await light(page), '待核对');
  await picked(downloaded[0]);
  await lit(page);
  await call(page, 'put', 'post', { title: '核对之后的岗' });
  await page.waitForFunction(() => document.querySelectorAll('.light')[2].innerText === '1 处未存文件');
  await opened.reload();
  await page.waitForFunction(() => document.querySelectorAll('.light')[2].innerText === '1 处未存文件');
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('V2 on plain http, without pickers, the page says how to save', async () => {
  const opened = await open('current', { via: 'http', before: (page) => page.evaluateOnNewDocument(withoutPickers) });
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  await dataPage(page);
  await waitFor(page, '这个浏览器不能自己往 U 盘写文件');
  await opened.close();
});
