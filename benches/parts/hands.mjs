// What hands do with pictures, ours alone: every form of the chart, an edit seen, a pointer over a map, a slow machine,
// paper. Goals are of time; no peer does the same.

import { bundle } from '../data/bundle.mjs';
import * as lands from '../data/land.mjs';
import * as offices from '../data/offices.mjs';
import { ours } from '../driver/actors.mjs';
import { contest } from '../driver/contest.mjs';
import { quantile } from '../driver/figures.mjs';
import { FIGURES, job } from './pictures.mjs';

const township = (posts) => bundle('bench', '测试镇', offices.records(offices.offices(posts))).text;
const country = (towns) => bundle('bench', '测试镇', lands.records(lands.land(towns))).text;
const row = async ({ runs, label, name, text, place = '#/chart', job: work }) => contest({
  label, runs, contenders: [ours({ name, part: 'picture', bundle: text, params: { place }, job: work })],
});

/** As the choice on the page names them. */
const FORMS = [['tree', '上下'], ['across', '左右'], ['boards', '机构板'], ['wall', '挂图']];

export const forms = {
  name: 'forms', title: '架构图: each form at 5,000 posts', figures: FIGURES,
  note: 'As in 架构图: posts, with the form chosen on the page before; 责任链 of 5,000 villages in zones of 16.',
  async run({ runs, report }) {
    const text = township(5000);
    for (const [id, label] of FORMS) report(label, await row({ runs, label: `form-${id}`, name: '岗图', text, job: shaped(label) }));
    report('责任链', await row({ runs, label: 'form-chain', name: '岗图', text: chain(5000), job: shaped('责任链') }));
  },
};

function shaped(form) {
  const work = job();
  return async (page, round) => {
    if (round === 0) await page.evaluate((label) => window.peer.choose(label), form);
    return work(page, round);
  };
}

/** Villages in zones, each with somebody who looks after it, beside a few posts: without any there is no chart. */
function chain(count) {
  const zone = (at) => ['zone', `z${at}`, { name: `第${at + 1}片`, no: at + 1 }];
  const zones = Array.from({ length: Math.ceil(count / 16) }, (_, at) => zone(at));
  const villages = Array.from({ length: count }, (_, at) => ['village', `v${at}`, { name: `第${at + 1}村`, zone: `z${Math.floor(at / 16)}`, contact: `p${at % 90}` }]);
  const people = Array.from({ length: 90 }, (_, at) => ['person', `p${at}`, { name: `甲${at}` }]);
  return bundle('bench', '测试镇', [...offices.records(offices.offices(60)), ...zones, ...people, ...villages]).text;
}

/** Undo and redo of a new title, from the key to the frame after the picture was painted anew. */
async function edit(page, round) {
  if (round === 0) {
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.evaluate(() => window.peer.begin());
  }
  const edits = await page.evaluate(async () => {
    const list = [];
    for (let at = 0; at < 6; at += 1) list.push(await window.peer.edit(at % 2 === 0));
    return list;
  });
  return { edit: quantile(edits, 0.5), edit95: quantile(edits, 0.95) };
}

/** Pointer events all over the picture, each until its handlers are done. */
async function hover(page, round) {
  const taken = await page.evaluate(async (first) => {
    if (first) await window.peer.draw();
    return window.peer.hover(300);
  }, round === 0);
  // The clock ticks every 0.1 ms: a mean says more than a median.
  return { hover: taken.reduce((sum, one) => sum + one, 0) / taken.length, hover95: quantile(taken, 0.95) };
}

async function slowly(page) {
  const session = await page.createCDPSession();
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const first = await page.evaluate(async () => {
    await window.peer.clear();
    return window.bench.timed(() => window.peer.draw());
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  return { first };
}

/** From the button to a PDF file of the sheets, as the browser writes it. */
async function print(page, round) {
  if (round === 0) await page.evaluate(() => window.peer.draw());
  await page.evaluate(() => window.peer.ask());
  const began = Date.now();
  const sheets = await page.evaluate(() => window.peer.print());
  const made = Date.now() - began;
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const whole = Date.now() - began;
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  if (Buffer.from(pdf).includes('/Subtype /Image')) throw new Error('printed as an image');
  return { sheets, made, print: whole, pdf: pdf.length / 1e6 };
}

const WHO = '岗图';
const ROWS = [
  { size: 'an edit seen at 5,000 posts', label: 'edit', text: () => township(5000), job: edit },
  { size: 'a pointer over 67,137 cells', label: 'hover', text: () => country(161), place: '#/map', job: hover },
  { size: '10,000 posts on a CPU 4 × slower', label: 'slow', text: () => township(10_000), job: slowly },
  { size: '2,000 posts on A3', label: 'print', text: () => township(2000), job: print },
];
const goal = (at, text, metric, most) => ({ text, size: ROWS[at].size, who: WHO, metric, most });

export const hands = {
  name: 'hands', title: 'Pictures in hand',
  figures: [
    ['edit', 'edit to painted, ms'], ['edit95', 'edit p95, ms'], ['hover', 'pointer event, ms'], ['hover95', 'pointer event p95, ms'], ['first', 'first frame, ms'],
    ['sheets', 'sheets'], ['made', 'sheets made, ms'], ['print', 'to the PDF, ms'], ['pdf', 'PDF, MB'], ['process', 'process, MiB'], ['nodes', 'elements', 'plain'],
  ],
  goals: [
    goal(0, 'an edit is relaid and painted within 50 ms at 5,000 posts', 'edit', 50),
    goal(1, 'what lies under the pointer is found within 1 ms at 67,137 cells (p95)', 'hover95', 1),
    goal(2, 'first frame of 10,000 cards within 1,200 ms, CPU 4 × slower', 'first', 1200),
    goal(3, '2,000 posts on A3 within 3,000 ms', 'print', 3000),
    goal(3, '… in a vector file of at most 3 MB', 'pdf', 3),
  ],
  note: 'Edit: undo and redo of a title by the keyboard, six a round, to the frame after painting, the write to storage included; cards do not slide (reduced motion). Pointer: 300 events at random '
    + 'places near and far, each until its handlers are done. Slow: CDP’s CPU throttling. Paper: from the button to the PDF file, in parts, three sheets across.',
  async run({ runs, report }) {
    for (const { size, label, text, ...rest } of ROWS) report(size, await row({ runs, label, name: WHO, text: text(), ...rest }));
  },
};
