// Files and words nobody should ever hand over: each gets its own sentence, changes nothing, and neither
// freezes nor empties the page.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import zlib from 'node:zlib';
import { call, newTownship, samples, shown } from './hands.mjs';
import { action, bundle, nested, seal, time, watchFreeze, written } from './forge.mjs';
import { makeProfile, open } from './harness.mjs';
import { kernels } from './kernels.mjs';

const realPosts = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');
const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const { id: TOWN, name: TOWN_NAME } = JSON.parse(realPosts).township;
const kernel = kernels[0];
const MEGABYTE = 1024 * 1024;

/** Longest time a page may take no turn, in milliseconds; a hang, not a measure of speed. */
const FROZEN = 5_000;

const hash = (page) => call(page, 'stateHash');
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const waitFor = (page, text, timeout = 60_000) =>
  page.waitForFunction((text) => document.body.innerText.includes(text), { timeout, polling: 100 }, text);

/** Takes a long text over in parts, then calls the door with it; the sentence, or null where taken. */
async function refusal(page, text) {
  await page.evaluate(() => { window.parts = []; });
  for (let at = 0; at < text.length; at += 8 * MEGABYTE) {
    await page.evaluate((part) => { window.parts.push(part); }, text.slice(at, at + 8 * MEGABYTE));
  }
  return page.evaluate(() => {
    const text = window.parts.join('');
    window.parts = null;
    return window.gangtu.importBundle(text).then(() => null, (error) => error.message);
  });
}

async function go(page, hash) {
  await page.evaluate((hash) => { location.hash = hash; }, hash);
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 60)); }));
}

async function hand(page, ...files) {
  const input = await page.waitForSelector('.import-drop input[type=file]');
  await input.uploadFile(...files);
}

/** Says what took long; kept in the log of the run, judged only where the page hung. */
function tell(t, what, ms) {
  t.diagnostic(`${what}: page took no turn for ${ms} ms at most`);
  assert.ok(ms < FROZEN, `${what} froze the page for ${ms} ms`);
}

const real = (actions, how = {}) => bundle(actions, { township: TOWN, name: TOWN_NAME, ...how });
const one = (value) => action(1, [['post', 'odd', { title: value }]]);
const raw = (ops, n = 1) => `{"by":"","n":${n},"ops":${ops},"r":"forged","t":"${time(Date.UTC(2026, 0, 1))}","what":""}`;

const BUNDLES = {
  'an empty text': ['', /是空的/],
  'zero bytes': ['\0'.repeat(5000), /全是空白字节/],
  'a picture': ['\x89PNG\r\n\x1a\n', /不是岗图数据包/],
  'a table': ['机构,岗位\n党政办,文书岗\n', /不是岗图数据包/],
  'JSON of something else': ['{"type":"FeatureCollection","features":[]}', /不是岗图数据包/],
  'a list': ['[1,2,3]', /不是岗图数据包/],
  'a bundle of another township': [yunxi, /这是“云溪镇”的数据包，当前打开的是/],
  'half a bundle': [realPosts.slice(0, realPosts.length / 2), /不完整/],
  'a bundle without its last brace': [realPosts.trimEnd().slice(0, -1), /不完整/],
  'two bundles in one': [realPosts + realPosts, /末尾多出了别的内容/],
  'a bundle changed by hand': [realPosts.replace(/岗/, '港'), /校验码对不上/],
  'a name twice in the envelope': [realPosts.replace('"made":', '"made":"","made":'), /重复的名称（made）/],
  'a name twice in an action': [real([raw('[["post","odd",{"title":"甲","title":"乙"}]]')], { ops: 1 }), /第 1 条操作读不出来（同一个名称写了两次）/],
  'a newer format': [real([one('甲')], { format: 9 }), /新版岗图导出（格式 9）/],
  'a format as text': [real([one('甲')], { format: '"1"' }), /第 1 行第 \d+ 字处读不下去/],
  'a counter as text': [real([raw('[]', '"1"')]), /第 1 条操作读不出来（内容的类型不对/],
  'a counter of nothing': [real([raw('[]', 0)]), /序号不合规则/],
  'an enormous counter': [real([raw('[]', '18446744073709551615')]), /序号不合规则/],
  'a counter beyond all numbers': [real([raw('[]', '1e400')]), /第 1 条操作读不出来（写法不对）/],
  'a stamp of the far future': [real([{ ...one('甲'), t: 'f'.repeat(16) }]), /公元 9999 年以后/],
  'a stamp that is none': [real([{ ...one('甲'), t: 'soon' }]), /缺少必要的内容/],
  'a replica that is none': [real([{ ...one('甲'), r: '<b>' }]), /副本编号不合规则/],
  'an action without ops': [real(['{"by":"","n":1,"r":"forged","t":"0000000000010000","what":""}'], { ops: 0 }), /缺少必要的内容/],
  'counts that do not fit': [real([one('甲')], { ops: 7 }), /条数与内容不符/],
  'times that run back': [real([action(2, []), { ...action(3, []), t: time(0, 1) }]), /时间倒退/],
  'deeply nested JSON in a value': [real([raw(`[["post","odd",{"title":${nested(100_000)}}]]`)], { ops: 1 }), /层层嵌套太深/],
  'deeply nested JSON as the file': [nested(200_000), /不是岗图数据包/],
  'deeply nested JSON in the envelope': [seal(`{"gangtu":"bundle","format":1,"more":${nested(100_000)},"township":`), /不完整|读不下去/],
};

test('B4 B6 what is no sound bundle is refused, each kind with its own sentence', async () => {
  const opened = await open(kernel);
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  const before = await hash(page);
  for (const [what, [text, sentence]] of Object.entries(BUNDLES)) {
    const said = await refusal(page, text);
    assert.match(String(said), sentence, what);
    assert.match(said, /现有数据没有任何改动/, what);
    assert.doesNotMatch(said, /[a-z]{4,}/i.test(said.replace(/forged|json|made|township/gi, '')) ? /./ : /$^/, `${what}: only Chinese: ${said}`);
    assert.equal(await hash(page), before, what);
  }
  await opened.close();
});

test('B4 the same files chosen on the page of data, and on the start page, say the same', async () => {
  const folder = makeProfile();
  const opened = await open(kernel);
  const { page } = opened;
  const chosen = {
    '照片.json': [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), '这是一张图片，不是岗图数据包'],
    '压缩.json': [Buffer.from('504b0304140000', 'hex'), '这是一个压缩包'],
    '空.json': ['', '这个文件是空的'],
    '零.json': [Buffer.alloc(4096), '全是空白字节'],
    '半截.json': [realPosts.slice(0, 9_000), '数据包不完整'],
    '乱码.json': [Buffer.from('fffffefdfcfbfaf9', 'hex'), '不是文字内容'],
    '表.json': ['机构,岗位\n', '不是岗图数据包'],
  };
  const choose = async (selector) => {
    for (const [name, [content, sentence]] of Object.entries(chosen)) {
      const input = await page.waitForSelector(selector);
      await input.uploadFile(written(folder, name, content));
      await waitFor(page, sentence);
      assert.match(await shown(page), /现有数据没有任何改动/, name);
    }
  };
  await choose('.start-way input[type=file]');
  await call(page, 'importBundle', realPosts);
  const before = await hash(page);
  await go(page, '/data/merge');
  await choose('.merge input[type=file]');
  assert.equal(await hash(page), before);
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('B4 fifty megabytes that only begin as a bundle are refused without a hang', async (t) => {
  const folder = makeProfile();
  const opened = await open(kernel);
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  const before = await hash(page);
  await go(page, '/data/merge');
  const long = 'x'.repeat(50 * MEGABYTE);
  const head = '{"gangtu":"bundle","format":1,"township":{"id":"t","name":"';
  const lines = Array.from({ length: 400_000 }, (_, at) => JSON.stringify(action(at + 1, [['post', `p${at}`, { title: '岗位' }]])));
  const cases = {
    'one line that never ends': [head + long, '不完整'],
    'a false hash over one long line': [`${head}${long}"},"counts":{"actions":0,"ops":0},"actions":[],"hash":"0"}`, '校验码对不上'],
    'a false hash over many lines': [`{"gangtu":"bundle","format":1,"township":{"id":"${TOWN}"},"counts":{"actions":400000,"ops":400000},"actions":[${lines.join(',\n')}],"hash":"0"}`, '校验码对不上'],
  };
  for (const [what, [text, sentence]] of Object.entries(cases)) {
    const freeze = await watchFreeze(page);
    const input = await page.waitForSelector('.merge input[type=file]');
    await input.uploadFile(written(folder, '大.json', text));
    await waitFor(page, sentence);
    tell(t, `${what}, ${Math.round(text.length / MEGABYTE)} MB`, await freeze.stop());
    await go(page, '/');
    await go(page, '/data/merge');
  }
  assert.equal(await hash(page), before);
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

/** An empty township on the import page. */
async function importing() {
  const opened = await open(kernel);
  const { page } = opened;
  await newTownship(page, '青石镇');
  await go(page, '/import');
  await page.waitForSelector('.import-drop');
  return opened;
}

test('what is no table is refused on the import page, chosen or dropped, each with its own sentence', async (t) => {
  const folder = makeProfile();
  const opened = await importing();
  const { page } = opened;
  const before = await hash(page);
  const row = '党政办,1,文书岗,收文发文\n';
  const cases = {
    '照片.csv': [Buffer.from('89504e470d0a1a0a0000000d4948445200', 'hex'), '这是一张图片'],
    '相片.csv': [Buffer.from('ffd8ffe000104a46494600', 'hex'), '这是一张图片'],
    '空.csv': ['', '文件是空的'],
    '空白.csv': [' \r\n\t\r\n', '文件是空的'],
    '零.csv': [Buffer.alloc(8192), '文件里不是文字'],
    '工作簿.csv': [Buffer.concat([Buffer.from('504b030414000600', 'hex'), Buffer.from('[Content_Types].xml xl/workbook.xml')]), 'Excel 工作簿'],
    '旧表.csv': [Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧版 Office'],
    '包.csv': [Buffer.from('504b0304140000000800612e747874', 'hex'), '这是压缩包'],
    'gz.csv': [zlib.gzipSync(row), '这是压缩包'],
    '文件.csv': ['%PDF-1.7\n', 'PDF'],
    '程序.csv': [Buffer.from('4d5a900003000000', 'hex'), '程序文件'],
    '网页.csv': ['<!DOCTYPE html><html><body><table><tr><td>岗位</td></tr></table></body></html>', '这是网页'],
    '编码.csv': [Buffer.from('b8dafffffefefdfd', 'hex'), '编码认不出来'],
    '半个宽字.csv': [utf16('机构,岗位\n').subarray(0, 9), '编码认不出来'],
    '数据包.csv': [realPosts, '数据包请到“数据与备份”里导入'],
    '深.csv': [nested(100_000), '这是 JSON 文件'],
    '只有表头.csv': ['机构,序号,岗位\n', '只有表头'],
    '一格.csv': ['岗位', '只有表头'],
    '长文.csv': [`${'今天开会，定了三件事。'.repeat(9)}\n第一件还没有人管。\n`, '没有找到表头和列'],
    '列多.csv': [`${Array.from({ length: 3000 }, (_, at) => `列${at}`).join(',')}\n${'甲,'.repeat(3000)}\n`, '列的上限'],
    '一行五十兆.csv': ['x'.repeat(50 * MEGABYTE), '还没有换行'],
    '引号不合.csv': [`机构,岗位\n党政办,"文书岗\n${'x,y\n'.repeat(12_000_000)}`, '从第 2 行起超过 1 MB 这一行还没有结束'],
    '七十兆.csv': [row.repeat(2_000_000), '上限'],
    '五十兆很多行.csv': [`机构,序号,岗位,职责\n${row.repeat(1_350_000)}`, '行，没有导入'],
  };
  for (const [name, [content, sentence]] of Object.entries(cases)) {
    const freeze = await watchFreeze(page);
    await hand(page, written(folder, name, content));
    await waitFor(page, sentence);
    assert.match(await shown(page), /没有/, name);
    tell(t, name, await freeze.stop());
    await page.waitForSelector('.import-drop');
    assert.equal(await hash(page), before, name);
  }
  // Dropped instead of chosen: the same way in.
  await page.evaluate(() => {
    const moved = new DataTransfer();
    moved.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])], '照片.csv'));
    const zone = document.querySelector('.import-drop');
    for (const type of ['dragenter', 'dragover', 'drop']) {
      zone.dispatchEvent(new DragEvent(type, { dataTransfer: moved, bubbles: true, cancelable: true }));
    }
  });
  await waitFor(page, '这是一张图片');
  assert.equal(await hash(page), before);
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

test('a table in UTF-16, with quotes that hold line ends and formulas, goes in as it stands', async () => {
  const folder = makeProfile();
  const opened = await importing();
  const { page } = opened;
  const table = '机构,序号,岗位,职责\n党政办,1,文书岗,"收文\n发文，""归档"""\n党政办,2,=HYPERLINK("http://x"),+1-1\n';
  await hand(page, written(folder, '宽.csv', utf16(table)));
  await waitFor(page, 'UTF-16');
  await page.waitForFunction(() => [...document.querySelectorAll('button')].some((b) => b.innerText.includes('确认导入 2 行') && !b.disabled));
  await page.evaluate(() => [...document.querySelectorAll('button')].find((b) => b.innerText.includes('确认导入 2 行')).click());
  await waitFor(page, '岗位：新增 2 条');
  const posts = await call(page, 'records', 'post');
  assert.equal(posts[0].duties, '收文\n发文，"归档"');
  assert.equal(posts[1].title, '=HYPERLINK("http://x")');
  await opened.close();
  fs.rmSync(folder, { recursive: true });
});

const FIELDS = {
  town: 'name county code lead template small quota post_cap steady_planned vanguard_planned population area hall hall_hours hall_phone map_note',
  zone: 'no name head note',
  village: 'name code kind zone contact secretary colour households population place phone outline',
  unit: 'no name short parent role origin led_by place phone county_depts',
  post: 'no title unit track origin seats identity requirements duties standard powers flow policy counterpart place phone risk score_rule key_task',
  duty: 'no name list class unit shared upper_dept upper_duty town_duty receiving_dept work_mode basis',
  duty_link: 'link role scope',
  person: 'name leader identity unit on_quota sex birth education party grade office_phone mobile from second_line note',
  holding: 'seat role main',
  grid_cell: 'name code level parent village keeper deputy phone households elements elements/x risks risks/ outline',
  matter: 'name code department main_item window post common terms terms/低 condition materials steps legal_days promise_days fee hours place phone proxy online',
  window: 'no name place hours phone post matters_note',
};
const KINDS = Object.keys(FIELDS);
const fieldsOf = (kind) => [...FIELDS[kind].split(' '), 'period', 'since', 'until'].sort();
const PAGES = ['/', '/chart', '/map', '/find', '/find?q=x', '/import', '/data', '/log', '/findings', '/settings', ...KINDS.map((kind) => `/list/${kind}`)];

/** Walks over pages; none may be empty or stay frozen. */
async function walk(t, page, routes) {
  for (const route of routes) {
    const freeze = await watchFreeze(page);
    await go(page, route);
    const length = await page.evaluate(() => document.body.innerText.length);
    assert.ok(length > 40, `${route} is blank`);
    assert.ok(await page.evaluate(() => document.querySelector('.shell-main').children.length > 0), `${route} is blank`);
    const ms = await freeze.stop();
    if (ms > 500) t.diagnostic(`${route}: page took no turn for ${ms} ms`);
    assert.ok(ms < FROZEN, `${route} froze for ${ms} ms`);
  }
}

const ODD = [
  null, true, 0, -1, 9007199254740991, -9007199254740991, 1e308, -1e308, 0.5, 5e-324, '', ' ', 'x', '\u0000',
  'a'.repeat(30_000), '王'.repeat(5_000), [], {}, [[[]]], [null], [1e308, -1e308, 1e308, 1e308, -1e308, 1e308],
  [0, 0, 1, 0, 1, 1, 0, 1], [0, 0, 0, 0, 0, 0], [1e300, 1e300, 1e300, 1e300, 1e300, 1e300], [0, 0, 1e-300, 0, 0, 1e-300],
  [0, 0, 100, 0, 100, 100], { post: 1, person: [] }, { since: 'x', until: 5 }, { since: '2026-01-01', until: '2020-01-01' },
  '99999-99-99', '262142-12-31', '-262143-01-01', '0000-00-00', '-1', '𠮷'.repeat(50), '\u202e\u0000<b>', 't1', 'u1', 'p1',
];

test('M2 any value in any field of any record is read, shown on every page, and kept', async (t) => {
  const opened = await open(kernel);
  const { page } = opened;
  let n = 0;
  const actions = KINDS.flatMap((kind) => ODD.map((value, at) => {
    n += 1;
    return action(n, [[kind, `${kind[0]}${at}`, Object.fromEntries(fieldsOf(kind).map((field) => [field, value]))]]);
  }));
  assert.equal(await refusal(page, bundle(actions)), null);
  const before = await hash(page);
  // Every kind and every value is met, not every pair of them.
  const records = ODD.flatMap((_, at) => [0, 5].map((step) => KINDS[(at + step) % KINDS.length])
    .map((kind) => `/record/${kind}/${kind[0]}${at}`));
  await walk(t, page, [...PAGES, ...records]);
  for (const name of ['chart', 'map']) {
    const svg = await call(page, 'picture', name, {});
    assert.doesNotMatch(svg, /NaN|\binf/, name);
    await page.evaluate((svg) => {
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
      if (parsed.querySelector('parsererror')) throw new Error(parsed.documentElement.textContent);
    }, svg);
    await call(page, 'layout', name);
  }
  await opened.reload();
  assert.equal(await hash(page), before);
  const again = await call(page, 'exportBundle');
  const there = await open(kernel);
  assert.equal(await refusal(there.page, again), null);
  assert.equal(await hash(there.page), before);
  await there.close();
  await opened.close();
});

test('a script in every text field shows as text on every page', async (t) => {
  const opened = await open(kernel);
  const { page } = opened;
  const evil = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload=window.hacked=1>{{7*7}}';
  const text = (kind) => Object.fromEntries(fieldsOf(kind).map((field) => [field, evil]));
  const plain = {
    unit: { ...text('unit'), no: 1, parent: null, role: 'office', origin: null, led_by: null },
    post: { ...text('post'), no: 1, unit: 'r1', track: 'steady', seats: 1 },
    person: { ...text('person'), leader: true, unit: 'r1', identity: 'administrative', on_quota: true },
    holding: { seat: { person: 'r1', post: 'r1' }, role: 'a', main: true },
    duty: { ...text('duty'), no: 1, list: 'basic', unit: 'r1' },
    duty_link: { link: { duty: 'r1', post: 'r1' }, role: 'lead', scope: evil },
    zone: { ...text('zone'), no: 1, head: 'r1' },
    village: { ...text('village'), zone: 'r1', contact: 'r1', outline: [0, 0, 900, 0, 900, 900, 0, 900] },
    grid_cell: { ...text('grid_cell'), level: 'grid', village: 'r1', keeper: 'r1', parent: null, outline: [0, 0, 500, 0, 500, 500, 0, 500], [`risks/${evil}`]: true },
    matter: { ...text('matter'), post: 'r1', window: 'r1', common: true, [`terms/${evil}`]: true },
    window: { ...text('window'), no: 1, post: 'r1' },
    town: { ...text('town'), lead: 'r1', template: 'free' },
  };
  for (const record of Object.values(plain)) for (const odd of ['period', 'since', 'until']) delete record[odd];
  const actions = KINDS.map((kind, at) =>
    action(at + 1, [[kind, 'r1', sortedMembers(plain[kind])]], { by: evil, what: evil }));
  assert.equal(await refusal(page, bundle(actions, { name: evil })), null);
  const routes = [...PAGES, ...KINDS.map((kind) => `/record/${kind}/r1`)];
  for (const route of routes) {
    await walk(t, page, [route]);
    const live = await page.evaluate(() =>
      document.querySelectorAll('img[src="x"], svg[onload], [onerror], main script').length);
    assert.equal(live, 0, `${route} holds live markup`);
  }
  for (const kind of ['post', 'unit', 'matter', 'person', 'village', 'town']) {
    await go(page, `/record/${kind}/r1`);
    assert.match(await shown(page), /<img src=x onerror="window\.hacked=1">/, `${kind} shows it as text`);
  }
  for (const route of ['/list/post', '/log', '/findings', '/find?q=hacked']) {
    await go(page, route);
    await page.waitForFunction(() => document.body.innerText.includes('onerror='), { timeout: 10_000 }).catch(() => assert.fail(`${route} does not show it`));
  }
  // Hover and tooltips of the pictures, the palette, the title of the page.
  for (const route of ['/chart', '/map']) {
    await go(page, route);
    const box = await page.evaluate(() => {
      const r = document.querySelector('canvas').getBoundingClientRect();
      return [r.x + r.width / 2, r.y + r.height / 2];
    });
    for (const shift of [-80, -40, 0, 40, 80]) await page.mouse.move(box[0] + shift, box[1] + shift);
    await page.mouse.click(box[0], box[1]);
    await pause(200);
  }
  for (const name of ['chart', 'map']) {
    const svg = await call(page, 'picture', name, {});
    const inside = await page.evaluate((svg) => {
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
      const odd = parsed.querySelectorAll('parsererror, script, img, foreignObject, [onload], [onerror]');
      return [odd.length, parsed.documentElement.textContent.includes('onerror=')];
    }, svg);
    assert.deepEqual(inside, [0, true], `${name} as SVG`);
  }
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await opened.close();
});

const sortedMembers = (record) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

test('M7 rings, long chains and records that refer to nothing hang no page', async (t) => {
  const opened = await open(kernel);
  const { page } = opened;
  const ring = [0, 0, 100, 0, 100, 100, 0, 100];
  const chain = (kind, count) => Array.from({ length: count }, (_, at) =>
    [kind, `${kind}-${at}`, sortedMembers({ name: `${kind}${at}`, parent: `${kind}-${at + 1}` })]);
  const actions = [
    [['town', 't', { name: '圈圈镇' }]],
    [['village', 'v', { name: '自环村', outline: ring, zone: 'v' }], ['zone', 'v', { head: 'v', name: '片' }]],
    [['grid_cell', 'c', { level: 'grid', name: '自环网格', outline: ring, parent: 'c', village: 'v' }]],
    [['unit', 'a', { name: '甲', parent: 'b' }], ['unit', 'b', { name: '乙', parent: 'a' }], ['unit', 'c', { name: '丙', parent: 'c' }]],
    [['unit', 'l', { led_by: 'p', name: '丁' }], ['post', 'p', { title: '自管岗', unit: 'l' }]],
    chain('unit', 200), chain('grid_cell', 3_000),
    [['holding', 'h', { seat: { person: 'nobody', post: 'nowhere' } }], ['matter', 'm', { name: '无主事项', post: 'nowhere', window: 'none' }]],
  ];
  const closed = actions.map((ops, at) => action(at + 1, ops));
  // … and the end of each chain tied to its beginning.
  closed.push(action(9, [['unit', 'unit-199', { parent: 'unit-0' }], ['grid_cell', 'grid_cell-2999', { parent: 'grid_cell-0' }]]));
  const freeze = await watchFreeze(page);
  assert.equal(await refusal(page, bundle(closed)), null);
  tell(t, 'import of rings', await freeze.stop());
  await walk(t, page, [...PAGES, '/record/unit/a', '/record/unit/unit-0', '/record/grid_cell/c', '/record/village/v']);
  await go(page, '/findings');
  await waitFor(page, '绕成了圈');
  for (const name of ['chart', 'map']) await call(page, 'picture', name, {});
  await opened.close();
});

test('J11 records of an unknown kind and fields of a newer program are kept and sent on', async () => {
  const opened = await open(kernel);
  const { page } = opened;
  const odd = [
    action(1, [['town', 't', { name: '试验镇' }], ['drone', 'd1', { name: '无人机', 'tags/红': true }]]),
    action(2, [['post', 'p1', { mood: { deep: [1, 2] }, title: '文书岗' }], ['post', '编号不合规则', { title: '藏着' }]]),
    `{"by":"","extra":[1],"n":3,"ops":[{"op":"fly","to":"月"},["drone","d1",{"name":"改名"},{"name":"${time(Date.UTC(2026, 0, 1), 1)}"}]],"r":"forged","t":"${time(Date.UTC(2026, 0, 1), 3)}","what":""}`,
  ];
  assert.equal(await refusal(page, bundle(odd, { ops: 7 })), null);
  await opened.reload();
  await call(page, 'put', 'post', { id: 'p1', title: '信息岗' });
  const text = await call(page, 'exportBundle');
  for (const part of ['"drone","d1",{"name":"无人机","tags/红":true}', '"mood":{"deep":[1,2]}', '编号不合规则', '"extra":[1]', '{"op":"fly","to":"月"}']) {
    assert.ok(text.includes(part), part);
  }
  const there = await open(kernel);
  assert.equal(await refusal(there.page, text), null);
  assert.equal(await hash(there.page), await hash(page));
  await there.close();
  await opened.close();
});

const odd = [undefined, null, true, 0, -1, 1.5, 1e308, 4294967296, '', ' ', '岗', '__proto__', 'constructor', '<b>', 'x'.repeat(100_000), '\ud800', [], {}, [[]], [null], { id: 5 }, { id: '' }, { id: '__proto__' }, { constructor: 1 }, { title: {} }, { since: 5 }, { title: 'x', outline: [] }];

test('the door survives any argument, and refuses in Chinese', async () => {
  const opened = await open(kernel);
  const { page } = opened;
  const names = ['importBundle', 'exportBundle', 'find', 'records', 'put', 'end', 'history', 'undo', 'stateHash', 'picture', 'layout'];
  // Every first word with a few of the second, turn and turn about; `firsts` with all of them.
  const rounds = async (firsts) => page.evaluate(async (names, odd, firsts) => {
    const values = [...odd, undefined, NaN, Infinity, Symbol.iterator, () => 1, 10n, new Date(NaN), new Uint8Array(3), window.document, (() => { const ring = {}; ring.ring = ring; return ring; })()];
    const seconds = [...values, { since: 'x' }, { since: { a: -1 } }, { since: '262142-12-31' }, { asOf: '262142-12-31' }, { asOf: '-262143-01-01' }, { asOf: '0001-01-01' }, { asOf: 5 }, { width: -1 }, { width: 1e308 }, { width: 5e-324 }, { format: 'png' }, { scope: 'x' }];
    const bad = [];
    for (const name of names) {
      for (const [at, first] of (firsts ?? values).entries()) {
        const few = [0, 1, 2, 3, 4].map((step) => seconds[(at * 7 + step * 11) % seconds.length]);
        for (const second of firsts ? seconds : few) {
          const began = performance.now();
          const late = new Promise((done) => { setTimeout(done, 8_000, 'late'); });
          let said;
          try {
            said = await Promise.race([window.gangtu[name](first, second).then(() => null, (error) => error), late]);
          } catch (error) {
            said = `threw ${error}`;
          }
          const took = performance.now() - began;
          const fine = said === null || (said instanceof Error && /[\u4e00-\u9fff]/.test(said.message));
          if (!fine || took > 3_000) bad.push([name, String(Array.isArray(first) ? JSON.stringify(first) : typeof first), JSON.stringify(second)?.slice(0, 60), String(said).slice(0, 120), Math.round(took)]);
        }
      }
    }
    return bad;
  }, names, odd, firsts);
  // Before a township is open, and with one.
  const some = ['post', '岗', null, {}];
  assert.deepEqual(await rounds(), []);
  assert.deepEqual(await rounds(some), []);
  await call(page, 'importBundle', realPosts);
  assert.deepEqual(await rounds(), []);
  assert.deepEqual(await rounds([...some, 'town', 'grid_cell', 'chart', 'map']), []);
  const before = await hash(page);
  await opened.reload();
  assert.equal(await hash(page), before);
  await opened.close();
});

const ROUTES = [
  '/record/post/xx', '/record/post', '/record/post/a/b', '/record/nokind/x', '/record/post/%00', '/list/nokind', '/list', '/list/post/x',
  '/%E0%A4%A', '/%', '/find?q=%', '/find?q=100%', '/find?q=a&b=c', '/find?q=%E4%BD%8E', '/find?q=', '/find?x', '/find?q=<img src=x onerror=window.hacked=1>',
  `/${'x'.repeat(200_000)}`, `/find?q=${'低'.repeat(20_000)}`, `/record/post/${'x'.repeat(65)}`, '//', '/../..', 'javascript:alert(1)', '', '/#/#', '/chart?x=1', '/__proto__', '/record/__proto__/constructor', '\u0000', '/\ud800',
];

test('any address leads somewhere that says where one is', async (t) => {
  const opened = await open(kernel);
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  await walk(t, page, ROUTES);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  for (const hash of ROUTES.slice(0, 18)) {
    await go(page, hash);
    await opened.reload();
    assert.ok(await page.evaluate(() => document.querySelector('.shell-main').children.length > 0), hash);
  }
  // Words with signs in them come back as they were typed.
  await go(page, '/find');
  await page.waitForSelector('.find-input');
  await page.type('.find-input', '100%&低保?=#');
  // The address follows when typing pauses.
  await pause(600);
  await opened.reload();
  await page.waitForSelector('.find-input');
  assert.equal(await page.$eval('.find-input', (input) => input.value), '100%&低保?=#');
  await opened.close();
});

test('odd days, typed and picked, leave every page standing', async (t) => {
  const opened = await open(kernel);
  const { page } = opened;
  await call(page, 'importBundle', realPosts);
  await go(page, '/');
  for (const day of ['0001-01-01', '9999-12-31', '275760-09-13', '', '2026-02-30', '1900-01-01']) {
    const found = await page.evaluate((day) => {
      const field = document.querySelector('input[type=date]');
      if (!field) return false;
      field.value = day;
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
      return true;
    }, day);
    assert.ok(found, 'the day in the header');
    await walk(t, page, ['/', '/chart', '/map', '/find?q=x', '/list/post', '/findings']);
  }
  await opened.close();
});

test('what is typed and pasted into forms may be anything', async () => {
  const opened = await open(kernel);
  const { page } = opened;
  await page.waitForSelector('.start-form input');
  await page.evaluate(() => {
    const field = document.querySelector('.start-form input');
    field.value = `<b>${'镇'.repeat(50_000)}`;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.click('.start-form button');
  await page.waitForSelector('.shell');
  await go(page, '/list/post');
  await page.click('.page-actions .button-main');
  await page.waitForSelector('.drawer');
  for (const words of ['\u0000', '１２', '1e9', '-0', '99999999999999999999', '٣', 'x'.repeat(100_000), '😀'.repeat(9_000)]) {
    await page.evaluate((words) => {
      for (const field of document.querySelectorAll('.drawer input:not([type=checkbox]):not([type=date]), .drawer textarea')) {
        field.value = words;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
    }, words);
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
    await pause(150);
    assert.ok((await shown(page)).length > 40);
  }
  await opened.close();
});
