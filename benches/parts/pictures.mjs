// 2 架构图 and 3 网格图: from data in memory to painted, and the frames of a scripted zoom and pan, beside others and
// beside the floor: the same cards or polygons painted on a canvas where they lie, and nothing else.

import { bundle } from '../data/bundle.mjs';
import * as lands from '../data/land.mjs';
import * as offices from '../data/offices.mjs';
import { ours, peer } from '../driver/actors.mjs';
import { worked } from '../driver/browser.mjs';
import { contest } from '../driver/contest.mjs';
import { median, quantile } from '../driver/figures.mjs';

/** Milliseconds a frame from which a quarter of the steps has to do. */
const SLOW = 150;

/** Draws anew, then moves about; the warm-up round finds out how large the steps may be. */
export function job() {
  let stride = 5;
  return async (page) => {
    const paint = await page.evaluate(async () => {
      await window.peer.clear();
      return window.bench.timed(() => window.peer.draw());
    });
    const before = await worked(page);
    const frames = await page.evaluate((steps) => window.bench.tour(steps), stride);
    const work = (await worked(page) - before) / frames.length;
    const frame = median(frames);
    if (stride === 5) stride = frame > SLOW ? 4 : 1;
    return { paint, frame, frame95: quantile(frames, 0.95), work };
  };
}

const CHART = [['d3-org-chart', ['d3-org-chart', 'd3']], ['echarts-tree', ['echarts']], ['g6', ['@antv/g6']]];
const MAP = [['leaflet', ['leaflet']], ['echarts-map', ['echarts']], ['d3-geo', ['d3']]];

const FLOOR = 'floor';

/** Everybody at one size, but for those who did not manage the size before. */
async function cell({ runs, label, params, place, records, peers, out }) {
  const still = peers.filter(([name]) => !out.has(name));
  const contenders = [
    ours({ part: 'picture', bundle: bundle('bench', '测试镇', records).text, params: { place }, job: job() }),
    { ...peer({ name: FLOOR, file: 'floor-picture', packages: [], params, job: job() }), floor: true },
    ...still.map(([name, packages]) => peer({ name, file: name, packages, params, job: job() })),
  ];
  const results = await contest({ label, contenders, runs });
  results.filter((one) => one.notRun && !one.ours).forEach((one) => out.add(one.name));
  const missing = peers.filter((one) => !still.includes(one)).map(([name]) => ({ name, notRun: 'did not finish the size before' }));
  return [...results, ...missing];
}

export const FIGURES = [
  ['paint', 'data to painted, ms'], ['frame95', 'frame p95, ms'], ['frame', 'frame median, ms'], ['work', 'main thread a frame, ms'],
  ['heap', 'JS heap, MiB', 'plain'], ['process', 'process, MiB'], ['nodes', 'elements', 'plain'],
];

const names = (peers) => peers.map(([name]) => name);
const spell = (count) => count.toLocaleString('en-US');
const own = (goal) => ({ who: '岗图', ...goal });

/** Memory and elements do not grow faster than what is drawn. */
const growth = (than, size) => [
  own({ text: `memory at ${spell(size)} at most ${Math.round(size / than)} × that at ${spell(than)}`, size, than, metric: 'process', most: size / than }),
  own({ text: `elements at ${spell(size)} as many as at ${spell(than)}`, size, than, metric: 'nodes', most: 1.05 }),
];

const chartGoals = [1000, 5000, 20_000].flatMap((size) => [
  own({ text: `chart of ${spell(size)} painted within 0.25 × the fastest`, size, metric: 'paint', against: names(CHART), most: 0.25 }),
  own({ text: `… within 4 × the floor`, size, metric: 'paint', against: FLOOR, most: 4 }),
]);

export const chart = {
  name: 'chart', title: '架构图: posts', figures: FIGURES,
  goals: [
    ...chartGoals,
    own({ text: 'chart of 10,000 moves with frames of at most 20 ms (p95)', size: 10_000, metric: 'frame95', most: 20 }),
    ...growth(5000, 20_000),
  ],
  note: 'Every post is held. Ours is reached by its address and moved by wheel and pointer events; peers are called. 60 steps; a quarter of them, four times as large, where a frame takes more than 150 ms. '
    + 'Floor: cards with two lines of words on a canvas, in rows. Main thread: what it worked while moving, by frame, since no frame is shorter than the screen’s. 10,000: ours and the floor alone.',
  async run({ runs, report }) {
    const out = new Set();
    for (const posts of [60, 1000, 5000, 10_000, 20_000]) {
      const made = offices.offices(posts);
      const peers = posts === 10_000 ? [] : CHART;
      report(posts, await cell({ runs, out, label: `chart-${posts}`, place: '#/chart', params: { posts }, records: offices.records(made), peers }));
    }
  },
};

/** Bends so close that 16 towns have 200,000 of them. */
const BENT = { towns: 16, step: 88 };
const bent = '6,672 of 200,000 corners';

const mapGoals = [417, 6672, 67_137].map((size) => own({
  text: `map of ${spell(size)} painted within 0.6 × the fastest or 1.5 × the floor`, size, metric: 'paint', against: names(MAP), most: 0.6,
  or: [{ against: FLOOR, most: 1.5 }],
}));

/** Not at 417: everybody moves that many at the screen's own pace. */
const moves = [6672, 67_137].map((size) => own({
  text: `map of ${spell(size)} moved with 0.15 × the work a frame of the fastest`, size, metric: 'work', against: names(MAP), most: 0.15,
}));

export const map = {
  name: 'map', title: '网格图: cells', figures: FIGURES,
  goals: [
    ...mapGoals,
    ...moves,
    own({ text: `map of ${bent} moves with frames of at most 20 ms (p95)`, size: bent, metric: 'frame95', most: 20 }),
    ...growth(6672, 67_137),
  ],
  note: 'Three levels of polygons. Ours leaves out levels too small to see; peers draw all. Floor: the polygons filled and stroked on a canvas, fitted to it, without names. '
    + 'Main thread: what it worked while moving, by frame, since no frame is shorter than the screen’s.',
  async run({ runs, report }) {
    const out = new Set();
    for (const towns of [1, 16, 161]) {
      const made = lands.land(towns);
      report(made.length, await cell({ runs, out, label: `map-${made.length}`, place: '#/map', params: { towns }, records: lands.records(made), peers: MAP }));
    }
    const made = lands.land(BENT.towns, undefined, BENT.step);
    report(bent, await cell({ runs, out, label: 'map-bent', place: '#/map', params: BENT, records: lands.records(made), peers: [] }));
  },
};
