// 4 找岗办事: the index, one key press, and how often the right answer stands first or among five.

import fs from 'node:fs';
import path from 'node:path';
import { bundle } from '../data/bundle.mjs';
import { csv, entries, queries, real, records } from '../data/entries.mjs';
import { ours, peer } from '../driver/actors.mjs';
import { contest } from '../driver/contest.mjs';
import { quantile } from '../driver/figures.mjs';
import { benches, versions } from '../driver/packages.mjs';

const PEERS = [['minisearch', 'minisearch'], ['flexsearch', 'flexsearch'], ['orama', '@orama/orama'], ['ufuzzy', '@leeoniya/ufuzzy'], ['fuse', 'fuse.js']];
/** Kinds of queries; from `near` on, of a sort that search libraries do not promise to answer. */
const KINDS = ['substring', 'pinyin', 'initials', 'term', 'term-pinyin', 'typo-letter', 'typo-char', 'near', 'mixed', 'framed', 'term-framed', 'sentence'];
const sample = (name) => csv(fs.readFileSync(path.join(benches, '../samples', name), 'utf8'));

/** Whole queries, judged once: share of targets first and among five, in all and by kind. */
async function judge(page, asked) {
  return page.evaluate(async (list, ms) => {
    const sums = {};
    const end = performance.now() + ms;
    let judged = 0;
    for (const { kind, query, target } of list) {
      const place = (await window.peer.search(query)).indexOf(target);
      for (const name of ['all', kind]) {
        const sum = sums[name] ?? (sums[name] = [0, 0, 0]);
        sum[0] += 1;
        sum[1] += place === 0;
        sum[2] += place >= 0;
      }
      judged += 1;
      if (performance.now() > end) break;
    }
    return { sums, judged };
  }, asked, 15_000);
}

/** Milliseconds of every key of some queries, typed one after the other. */
async function keys(page, asked, by) {
  return page.evaluate(async (list, name, ms) => {
    const taken = [];
    const end = performance.now() + ms;
    for (const { query } of list) {
      for (let at = 1; at <= query.length && performance.now() < end; at += 1) {
        const began = performance.now();
        const told = await window.peer[name](query.slice(0, at));
        taken.push(name === 'press' ? told : performance.now() - began);
      }
    }
    return taken;
  }, asked, by, 4_000);
}

function job(asked, isOurs) {
  let quality;
  return async (page, round) => {
    const { build, index } = await page.evaluate(() => window.peer.build());
    quality ??= await judge(page, asked);
    const typed = Array.from({ length: 40 }, (_, at) => asked[(round * 40 + at * 7) % asked.length]);
    const taken = await keys(page, typed, 'search');
    const inPage = isOurs ? await keys(page, typed, 'press') : [];
    const share = (name, place) => (quality.sums[name] ? (quality.sums[name][place] / quality.sums[name][0]) * 100 : undefined);
    const kinds = Object.fromEntries(KINDS.map((kind) => [kind, share(kind, 2)]));
    return {
      build, index, key50: quantile(taken, 0.5), key95: quantile(taken, 0.95), key99: quantile(taken, 0.99), first: share('all', 1), five: share('all', 2),
      judged: quality.judged, ...kinds, page95: inPage.length ? quantile(inPage, 0.95) : undefined,
    };
  };
}

const REAL = '真实办事事项';
const SIZES = [REAL, 10_000, 100_000];
/** Searched by ours alone: no peer that knows pinyin gets there. */
const LARGEST = 500_000;
const PEER_NAMES = PEERS.map(([name]) => name);
const OURS = '岗图';

export const find = {
  name: 'find', title: '找岗办事: entries',
  note: 'Real matters first, made-up ones after; queries of samples/queries that nothing was tuned on, kinds in turn. A key: `gangtu.find` '
    + 'and the peer’s own search, up to five answers; "in the page": typing in 找岗办事 until the answers stand in the document. Build of '
    + 'ours: from a record written to its answer standing in the page, in slices between which the page stays awake; of peers: pinyin and index '
    + 'at a stretch. The clock of a file:// page ticks every 0.1 ms.',
  figures: [
    ['build', 'build, ms'], ['index', 'of it index, ms', 'plain'], ['key50', 'key p50, ms'], ['key95', 'key p95, ms'], ['key99', 'key p99, ms'], ['page95', 'in the page p95, ms'],
    ['first', 'top 1, %', 'more'], ['five', 'top 5, %', 'more'], ['judged', 'queries', 'plain'],
    ...KINDS.map((kind) => [kind, `${kind} %`, 'more']), ['heap', 'JS heap, MiB', 'plain'], ['process', 'process, MiB'],
  ],
  goals: [
    { text: 'real matters: right first for at least 90 %', size: REAL, who: OURS, metric: 'first', least: 90 },
    { text: '… among the first five for at least 98 %', size: REAL, who: OURS, metric: 'five', least: 98 },
    { text: '… pinyin: among five for at least 99 %', size: REAL, who: OURS, metric: 'pinyin', least: 99 },
    { text: '… initials: among five for at least 99 %', size: REAL, who: OURS, metric: 'initials', least: 99 },
    { text: '100,000: index within 500 ms', size: 100_000, who: OURS, metric: 'build', most: 500 },
    { text: '… within 0.25 × ufuzzy with its fields', size: 100_000, who: OURS, metric: 'build', against: 'ufuzzy', most: 0.25 },
    { text: '… a key within 4 ms (p95)', size: 100_000, who: OURS, metric: 'key95', most: 4 },
    { text: '… within 10 ms (p99)', size: 100_000, who: OURS, metric: 'key99', most: 10 },
    { text: '… within 0.2 × ufuzzy', size: 100_000, who: OURS, metric: 'key95', against: 'ufuzzy', most: 0.2 },
    { text: '… right among five as often as the best peer', size: 100_000, who: OURS, metric: 'five', least: 0, against: PEER_NAMES },
    { text: '500,000: a key within 5 × that of 100,000', size: LARGEST, who: OURS, metric: 'key95', than: 100_000, most: 5 },
    { text: '… index within 6 × that of 100,000', size: LARGEST, who: OURS, metric: 'build', than: 100_000, most: 6 },
  ],
  async run({ runs, report }) {
    const matters = real(sample('source/matters.csv'), sample('source/terms.csv'));
    const lines = sample('queries/find.csv');
    const out = new Set();
    for (const size of [...SIZES, LARGEST]) {
      const list = entries(matters, size === REAL ? matters.length : size);
      const asked = queries(list, lines);
      const still = size === LARGEST ? [] : PEERS.filter(([name]) => !out.has(name));
      const contenders = [
        ours({ part: 'lookup', bundle: bundle('bench', '测试镇', records(list)).text, job: job(asked, true) }),
        ...still.map(([name, npm]) => ({ ...peer({ name, file: name, packages: [npm, 'pinyin-pro'], params: { list }, job: job(asked, false) }), versions: versions([npm, 'pinyin-pro']) })),
      ];
      const results = await contest({ label: `find-${size}`, contenders, runs, cap: 90_000 });
      results.filter((one) => one.notRun && !one.ours).forEach((one) => out.add(one.name));
      report(size, results);
    }
  },
};
