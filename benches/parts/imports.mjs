// 5 Import: a file of 100,000 ops into an empty browser, until it is usable and stored.

import { pathToFileURL } from 'node:url';
import { bundle } from '../data/bundle.mjs';
import { importRecords } from '../data/offices.mjs';
import { ours, packed, peer } from '../driver/actors.mjs';
import { contest } from '../driver/contest.mjs';
import { plainPage } from '../driver/pages.mjs';

const RECORDS = 12_500;
const PEERS = [
  ['yjs', 'yjs'], ['automerge', '@automerge/automerge'], ['loro', 'loro-crdt'], ['pouchdb', 'pouchdb-browser'], ['dexie', 'dexie'],
];

/** In a local page: the browser holds nothing any more. */
export const emptied = () => indexedDB.databases().then((known) => Promise.all(known.map(({ name }) => new Promise((done) => {
  const asked = indexedDB.deleteDatabase(name);
  asked.onsuccess = done;
  asked.onerror = done;
}))));

/** Empties the browser, then loads; also the longest the page was deaf meanwhile. */
async function job(page, params, isOurs) {
  if (isOurs) {
    // From another local page, which shares the space: a page holds on to its own bases.
    await page.goto(pathToFileURL(plainPage('blank', '')).href);
    await page.evaluate(emptied);
    await page.goto(pathToFileURL(packed).href);
    await page.waitForFunction(() => window.gangtu, { timeout: 60_000 });
    await page.evaluate((given) => window.peer.prepare(given), params);
  } else {
    await page.evaluate(emptied);
  }
  return page.evaluate(async (records) => {
    let longest = 0;
    const watch = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => { longest = Math.max(longest, duration); }));
    watch.observe({ entryTypes: ['longtask'] });
    // A task of its own: what a debugger starts is not watched.
    await window.bench.sleep(0);
    const began = performance.now();
    const count = await window.peer.load();
    const load = performance.now() - began;
    await window.bench.sleep(200);
    watch.disconnect();
    if (count !== records) throw new Error(`${count} of ${records} came in`);
    return { load, longest };
  }, RECORDS);
}

export const imports = {
  name: 'import', title: 'Import: 100,000 ops',
  note: '12,500 records of eight fields; in ours an action each, one op a field with its stamp. From the file’s text or bytes in memory to usable and '
    + 'stored. Peers of CRDT kind keep their bytes as one value; pouchdb and dexie write a row a record; dexie keeps no history.',
  figures: [['load', 'import, ms'], ['longest', 'longest block, ms'], ['heap', 'JS heap, MiB', 'plain'], ['process', 'process, MiB']],
  async run({ runs, report }) {
    const made = bundle('bench', '测试镇', importRecords(RECORDS), 1);
    const params = { text: made.text };
    const contenders = [
      { ...ours({ part: 'imports', job: (page) => job(page, params, true) }) },
      ...PEERS.map(([name, npm]) => peer({ name, file: name, packages: [npm], params: { count: RECORDS }, job: (page) => job(page, {}, false) })),
    ];
    report(made.ops, await contest({ label: 'import', contenders, runs }));
  },
};
