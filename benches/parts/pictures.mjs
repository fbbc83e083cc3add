// 2 架构图 and 3 网格图: from data in memory to painted, and the frames of a scripted zoom and pan.

import { bundle } from '../data/bundle.mjs';
import * as lands from '../data/land.mjs';
import * as offices from '../data/offices.mjs';
import { ours, peer } from '../driver/actors.mjs';
import { contest } from '../driver/contest.mjs';
import { median, quantile } from '../driver/figures.mjs';

/** Milliseconds a frame from which a quarter of the steps has to do. */
const SLOW = 150;

/** Draws anew, then moves about; the warm-up round finds out how large the steps may be. */
function job() {
  let stride = 5;
  return async (page) => {
    const told = await page.evaluate(async (steps) => {
      await window.peer.clear();
      const paint = await window.bench.timed(() => window.peer.draw());
      return { paint, frames: await window.bench.tour(steps) };
    }, stride);
    const frame = median(told.frames);
    if (stride === 5) stride = frame > SLOW ? 4 : 1;
    return { paint: told.paint, frame, frame95: quantile(told.frames, 0.95) };
  };
}

const CHART = [['d3-org-chart', ['d3-org-chart', 'd3']], ['echarts-tree', ['echarts']], ['g6', ['@antv/g6']]];
const MAP = [['leaflet', ['leaflet']], ['echarts-map', ['echarts']], ['d3-geo', ['d3']]];

/** Everybody at one size, but for those who did not manage the size before. */
async function cell({ runs, label, params, place, records, peers, out }) {
  const still = peers.filter(([name]) => !out.has(name));
  const contenders = [
    ours({ part: 'picture', bundle: bundle('bench', '测试镇', records).text, params: { place }, job: job() }),
    ...still.map(([name, packages]) => peer({ name, file: name, packages, params, job: job() })),
  ];
  const results = await contest({ label, contenders, runs });
  results.filter((one) => one.notRun && !one.ours).forEach((one) => out.add(one.name));
  const missing = peers.filter((one) => !still.includes(one)).map(([name]) => ({ name, notRun: 'did not finish the size before' }));
  return [...results, ...missing];
}

const FIGURES = [['paint', 'data to painted, ms'], ['frame95', 'frame p95, ms'], ['frame', 'frame median, ms'], ['heap', 'JS heap, MiB', 'plain'], ['process', 'process, MiB']];

export const chart = {
  name: 'chart', title: '架构图: posts', figures: FIGURES,
  note: 'Every post is held. Ours is reached by its address and moved by wheel and pointer events; peers are called. 60 steps; a quarter of them, four times as large, where a frame takes more than 150 ms.',
  async run({ runs, report }) {
    const out = new Set();
    for (const posts of [60, 1000, 5000, 20_000]) {
      const made = offices.offices(posts);
      report(posts, await cell({ runs, out, label: `chart-${posts}`, place: '#/chart', params: { posts }, records: offices.records(made), peers: CHART }));
    }
  },
};

export const map = {
  name: 'map', title: '网格图: cells', figures: FIGURES,
  note: 'Three levels of polygons. Ours leaves out levels too small to see; peers draw all.',
  async run({ runs, report }) {
    const out = new Set();
    for (const towns of [1, 16]) {
      const made = lands.land(towns);
      report(made.length, await cell({ runs, out, label: `map-${made.length}`, place: '#/map', params: { towns }, records: lands.records(made), peers: MAP }));
    }
  },
};
