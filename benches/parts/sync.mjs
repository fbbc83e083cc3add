// 8 Merging: two copies edited apart become one, beside CRDT libraries and a last-writer map; then how ours
// grows with the length of a township's past.

import { pathToFileURL } from 'node:url';
import { bundle, changed, ownStamp, stamp } from '../data/bundle.mjs';
import { byRecord, changes, edits, records, rows, FIELDS } from '../data/copies.mjs';
import { packed } from '../driver/actors.mjs';
import { launch } from '../driver/browser.mjs';
import { contest } from '../driver/contest.mjs';
import { peerPage, plainPage, script } from '../driver/pages.mjs';
import { versions } from '../driver/packages.mjs';
import { emptied } from './imports.mjs';
import { opened } from './start.mjs';

const [ID, NAME] = ['bench', '测试镇'];
const SIZES = [10_000, 100_000];
const TOWNSHIPS = [10_000, 100_000, 1_000_000];
const FLOOR = 'last-writer map';
const PEERS = [
  ['yjs', 'sync-yjs', ['yjs']],
  ['loro', 'sync-loro', ['loro-crdt']],
  ['automerge', 'sync-automerge', ['@automerge/automerge']],
  ['pouchdb', 'sync-pouchdb', ['pouchdb-browser']],
  ['pouchdb, memory', 'sync-pouchdb-memory', ['pouchdb-browser', 'pouchdb-adapter-memory']],
];
/** Milliseconds for one job, and for the rounds of one contender. */
const CAP = 150_000;
const BUDGET = 90_000;

/** The packed file's page with an empty browser behind it. */
async function fresh({ page }) {
  // From another local page, which shares the space: a page holds on to its own bases.
  await page.goto(pathToFileURL(plainPage('blank', '')).href);
  await page.evaluate(emptied);
  await page.goto(pathToFileURL(packed).href);
  await page.waitForFunction(() => window.gangtu, { timeout: 60_000 });
}

const take = ({ page }, text) => page.evaluate((given) => window.peer.take(given), text);
const settled = ({ page }) => page.evaluate(() => window.bench.settled());

/** One round of ours: two browsers, as two people have them. */
async function round([a, b], base, changed) {
  for (const copy of [a, b]) await fresh(copy);
  const load = await take(a, base.text);
  await take(b, base.text);
  for (const copy of [a, b]) await settled(copy);
  const edit = await a.page.evaluate((list) => window.peer.edit(list), byRecord(changed.a));
  await b.page.evaluate((list) => window.peer.edit(list), byRecord(changed.b));
  for (const copy of [a, b]) await settled(copy);
  const since = { [base.replica]: base.actions };
  const out = ({ page }, known) => page.evaluate((given) => window.peer.out(given), known);
  const [fromA, fromB] = [await out(a, since), await out(b, since)];
  const [intoA, intoB] = [await take(a, fromB.text), await take(b, fromA.text)];
  for (const copy of [a, b]) await settled(copy);
  const all = await out(a);
  const weighed = await a.page.evaluate((text) => window.peer.weigh(text), all.text);
  return {
    load: load.ms, edit, merge: fromA.ms + fromB.ms + intoA.ms + intoB.ms, 'merge-out': fromA.ms + fromB.ms, export: all.ms, ...weighed,
    block: Math.max(intoA.block, intoB.block), lost: await lost([a, b], changed),
  };
}

/** Edits of either side that one copy does not show; and both must be the same township. */
async function lost([a, b], changed) {
  const [here, there] = await Promise.all([a, b].map(({ page }) => page.evaluate(() => window.peer.values())));
  const [one, other] = await Promise.all([a, b].map(({ page }) => page.evaluate(() => window.peer.hash())));
  if (one !== other) throw new Error('the copies differ after merging');
  const common = new Set(changed.a.slice(0, changed.common).map(([row, field]) => `${row}/${field}`));
  const sound = ([row, field, value]) => {
    const shown = here[`r${row}`][field];
    return shown === there[`r${row}`][field] && (shown === value || common.has(`${row}/${field}`));
  };
  return [...changed.a, ...changed.b].filter((edit) => !sound(edit)).length;
}

function ours(count) {
  const base = { ...bundle(ID, NAME, records(rows(count))), replica: 'bench0000000' };
  const changed = edits(count);
  return {
    name: '岗图', ours: true,
    async open() {
      const scripts = [await script('clock'), await script('ours-sync')];
      const copies = [await launch(scripts), await launch(scripts)];
      for (const copy of copies) await copy.open(pathToFileURL(plainPage('blank', '')).href);
      const close = () => Promise.all(copies.map((copy) => copy.close()));
      return { ...copies[0], close, job: () => round(copies, base, changed) };
    },
  };
}

/** A peer makes its base in its first round, so that the cap holds for that too. */
function peer(count, [name, file, packages], floor = false) {
  return {
    name, floor, versions: versions(packages),
    async open() {
      const { address } = await peerPage(file);
      const run = await launch([await script('clock')]);
      const page = await run.open(address);
      const failed = new Promise((_, fail) => {
        page.on('error', (error) => fail(error));
        page.on('pageerror', (error) => /call stack|out of memory|allocation/i.test(error.message) && fail(error));
      });
      failed.catch(() => {});
      const job = async (at) => {
        if (at === 0) await page.evaluate((params) => window.peer.make(params), { count });
        return page.evaluate(() => window.peer.round());
      };
      return { ...run, page, job: (at) => Promise.race([job(at), failed]) };
    },
  };
}

/** Bytes of the program's memory: when the township was open, and now. */
const memory = (page) => page.evaluate(() => window.peer.memory());

/** Ours with a past of so many ops: taken, opened again, merged with a tenth of it. */
function township(ops) {
  const count = Math.round(ops / FIELDS.length);
  const base = bundle(ID, NAME, records(rows(count)), 1);
  const more = changed(ID, NAME, changes(count, ops / 10, { stamp }, { stamp: ownStamp }));
  return {
    name: '岗图', ours: true,
    async open() {
      const scripts = [await script('clock'), await script('ours-sync')];
      const run = await launch(scripts);
      await run.open(pathToFileURL(plainPage('blank', '')).href);
      const job = async () => {
        await fresh(run);
        const empty = (await memory(run.page)).opened;
        const load = await take(run, base.text);
        await settled(run);
        await run.page.evaluate(() => window.bench.sleep(5_000));
        await run.page.goto(pathToFileURL(plainPage('blank', '')).href);
        const { page, usable } = await opened(run, pathToFileURL(packed).href, 'gangtu-ready', scripts);
        await settled({ page });
        const held = await memory(page);
        const merge = await take({ page }, more.text);
        const out = await page.evaluate(() => window.peer.out());
        const raw = Buffer.byteLength(out.text) / 1_000_000;
        await page.close();
        return { load: load.ms, open: usable, merge: merge.ms, block: merge.block, export: out.ms, wasm: held.now / 1_000_000, op: (held.opened - empty) / base.ops, raw };
      };
      return { ...run, page: undefined, job };
    },
  };
}

const peers = PEERS.map(([name]) => name);
const goal = (text, metric, most, against) => ({ text, size: 100_000, who: '岗图', metric, most, against });
const grown = (text, metric, most) => ({ text, size: '1,000,000 ops', who: '岗图', metric, most });

export const sync = {
  name: 'sync', title: 'Merging: copies edited apart',
  note: 'Records of twelve texts. Load: a bundle’s bytes to a copy that can be edited. Each side edits a twentieth of all fields in one transaction, a tenth of '
    + 'these the same fields; merge: both ways, with the making of what is sent; export: all of one copy. Ours checks hashes, stores strictly, reads back and keeps '
    + 'every edit with its author; the others do none of it but pouchdb, which stores. `block`: the longest the page was deaf. Edits lost: of those no other '
    + 'edit met. Below: ours with a past of so many ops, twelve an action, and a bundle of a tenth of that, two an action; open: the file to usable from the stored '
    + 'snapshot; bytes an op: the growth of wasm memory by opening, which never shrinks, so it holds what opening takes besides; wasm memory: a while later, with the look-up.',
  figures: [
    ['load', 'load, ms'], ['open', 'open, ms'], ['edit', 'edit, ms', 'plain'], ['merge', 'merge, ms'], ['merge-out', 'of which export, ms', 'plain'], ['block', 'longest block, ms', 'plain'],
    ['export', 'export, ms'], ['raw', 'bundle, MB', 'plain'], ['gzip', 'gzipped, MB'], ['lost', 'edits lost', 'plain'], ['wasm', 'wasm memory, MB', 'plain'],
    ['op', 'bytes an op', 'plain'], ['heap', 'JS heap, MiB', 'plain'], ['process', 'process, MiB', 'plain'],
  ],
  goals: [
    goal('load of 100,000 records at most 2 × the last-writer map', 'load', 2, FLOOR),
    goal('merge both ways at most 0.4 × the fastest', 'merge', 0.4, peers),
    goal('export at most 0.6 × the fastest', 'export', 0.6, peers),
    goal('bundle gzipped at most 1.2 × the smallest', 'gzip', 1.2, [...peers, FLOOR]),
    grown('1,000,000 ops open from a snapshot within 1,500 ms', 'open', 1500),
    grown('100,000 ops merge into 1,000,000 within 1,200 ms', 'merge', 1200),
    grown('… without a block over 100 ms', 'block', 100),
    grown('at most 120 bytes an op in memory', 'op', 120),
  ],
  async run({ runs, report }) {
    for (const count of SIZES) {
      const contenders = [ours(count), peer(count, [FLOOR, 'sync-floor', []], true), ...PEERS.map((one) => peer(count, one))];
      report(count, await contest({ label: `sync-${count}`, contenders, runs, cap: CAP, budget: BUDGET }));
    }
    for (const ops of TOWNSHIPS) {
      const size = `${ops.toLocaleString('en-US')} ops`;
      report(size, await contest({ label: `sync-${ops}`, contenders: [township(ops)], runs, cap: CAP, budget: BUDGET, withMemory: false }));
    }
  },
};
