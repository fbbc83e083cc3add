// 6 台账: 100,000 rows of twelve columns: to be painted, sorted, filtered, scrolled.

import { bundle } from '../data/bundle.mjs';
import * as offices from '../data/offices.mjs';
import { ours, peer } from '../driver/actors.mjs';
import { contest } from '../driver/contest.mjs';
import { median, quantile } from '../driver/figures.mjs';

const WORD = '低保';

/** Everything a reader does with a table, one after the other, on a table made anew. */
async function job(page, wanted) {
  const told = await page.evaluate(async (word, inDuties, anywhere) => {
    const { bench, peer } = window;
    await peer.clear();
    const taken = { paint: await bench.timed(() => peer.draw()) };
    taken.sort = await bench.timed(() => peer.sort(true));
    taken.again = await bench.timed(() => peer.sort(false));
    taken.filter = await bench.timed(() => peer.filter(word));
    if (peer.count() !== inDuties) throw new Error(`${peer.count()} rows instead of ${inDuties}`);
    await peer.filter('');
    await bench.painted();
    if (peer.search) {
      taken.search = await bench.timed(() => peer.search(word));
      if (peer.count() !== anywhere) throw new Error(`${peer.count()} rows instead of ${anywhere} in all columns`);
      await peer.search('');
      await bench.painted();
    }
    const view = peer.viewport();
    view.scrollTop = 0;
    await bench.sleep(100);
    taken.frames = await bench.frames(60, (at) => { view.scrollTop += at < 30 ? 150 : 2500; });
    if (!(view.scrollTop > 10_000)) throw new Error('it did not scroll');
    return taken;
  }, WORD, ...wanted);
  const { frames, ...rest } = told;
  return { ...rest, frame: median(frames), frame95: quantile(frames, 0.95) };
}

export const table = {
  name: 'table', title: '台账: rows',
  note: 'Twelve columns. Sort: by 岗位名称, ours by sound, ag-grid by code; again: the other way round. Filter: one column holds 低保; search: any '
    + 'column does. Scroll: 30 frames of 150 px, 30 of 2,500 px.',
  figures: [
    ['paint', 'first paint, ms'], ['sort', 'sort, ms'], ['again', 'sort again, ms'], ['filter', 'filter, ms'], ['search', 'search, ms'], ['frame95', 'scroll frame p95, ms'],
    ['frame', 'scroll frame median, ms'], ['heap', 'JS heap, MiB', 'plain'], ['process', 'process, MiB'],
  ],
  goals: [
    { text: 'sort of 100,000 rows at most 0.2 × AG Grid', size: 100_000, who: '岗图', metric: 'sort', against: 'ag-grid', most: 0.2 },
    { text: 'filter of 100,000 rows at most 0.5 × AG Grid', size: 100_000, who: '岗图', metric: 'filter', against: 'ag-grid', most: 0.5 },
    { text: 'scroll frame p95 of 100,000 rows at most 20 ms', size: 100_000, who: '岗图', metric: 'frame95', most: 20 },
  ],
  async run({ runs, report }) {
    const posts = 100_000;
    const made = offices.offices(posts);
    const holds = (one, fields) => fields.some((name) => one[name].includes(WORD));
    const wanted = [['duties'], ['duties', 'title']].map((fields) => made.posts.filter((one) => holds(one, fields)).length);
    const work = (page) => job(page, wanted);
    const records = offices.records(made, { people: false });
    const contenders = [
      ours({ part: 'table', bundle: bundle('bench', '测试镇', records).text, job: work }),
      peer({ name: 'ag-grid', file: 'ag-grid', packages: ['ag-grid-community'], params: { posts }, job: work }),
      peer({ name: 'tabulator', file: 'tabulator', packages: ['tabulator-tables'], params: { posts }, job: work }),
    ];
    report(posts, await contest({ label: 'table', contenders, runs, budget: 40_000 }));
  },
};
