// A day of the machine in the hall: visit after visit, each as somebody makes it, and what the page holds in memory
// after the first and after the last. Judges nothing.

import { go, press } from './hands.mjs';
import { open } from './harness.mjs';

const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Visits before memory is looked at for the first time: everything was used once. */
const WARM = 24;

/* Runs inside the page: presses what has these words, by its class. */
const touch = (page, selector, words) => page.evaluate((selector, words) => {
  const all = [...document.querySelectorAll(selector)];
  const one = words === undefined ? all[0] : all.find((one) => one.innerText.trim().includes(words));
  one?.click();
  return Boolean(one);
}, selector, words);

/* Nothing of the page is handed out: a handle would hold what it stands for. */
const there = (page, selector) => page.waitForFunction((selector) => Boolean(document.querySelector(selector)), { polling: 20, timeout: 10_000 }, selector);

const type = async (page, letters) => {
  await touch(page, '.kiosk .find-input');
  await there(page, '.keyboard');
  for (const letter of letters) {
    await page.evaluate((letter) => [...document.querySelectorAll('.key')].find((key) => key.innerText.trim() === letter).click(), letter);
  }
  await rest(60);
};

const answered = (page) => there(page, '.answer');

/** What people come for, one after the other. */
const VISITS = [
  async (page) => { await type(page, 'dibao'); await touch(page, '.candidate'); await answered(page); },
  async (page, nth) => { await touch(page, `.tile-life:nth-child(${1 + (nth % 13)})`); await rest(40); await touch(page, '.listing-line'); await answered(page); },
  async (page, nth) => { await touch(page, `.tiles:not(.tiles-life) .tile:nth-child(${1 + (nth % 12)})`); await rest(120); },
  async (page) => { await touch(page, '.find-chip'); await answered(page); await touch(page, '.answer-acts .button', '带走'); await rest(80); await page.keyboard.press('Escape'); },
  async (page) => { await touch(page, '.large-type'); await type(page, 'yanglao'); await rest(80); await touch(page, '.large-type'); },
  async (page, nth) => { await type(page, `zzq${'abcdefgh'[nth % 8]}xq`); await rest(80); },
];

/** Bytes the page holds, and how many elements it has, after a thorough clearing. */
async function held(page, session) {
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name) => metrics.find((one) => one.name === name).value;
  const wasm = await page.evaluate(() => (window.memories ?? []).reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  return { heap: metric('JSHeapUsedSize'), wasm, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
}

/**
 * So many visits to the demonstration's machine.
 *
 * @returns what the page held after the first visits, and after the last
 */
export async function day({ kernel = 'current', visits, told = () => {} }) {
  const before = (page) => page.evaluateOnNewDocument(() => {
    window.memories = [];
    const real = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...given) => {
      const made = await real.apply(WebAssembly, given);
      const memory = (made.instance ?? made).exports.memory;
      if (memory) window.memories.push(memory);
      return made;
    };
  });
  const opened = await open(kernel, { viewport: { width: 1080, height: 1920 }, before });
  const { page } = opened;
  await press(page, '打开示范镇');
  await page.waitForSelector('.shell');
  await go(page, '/settings');
  await press(page, '开始当查询机');
  await page.waitForSelector('.kiosk .tile');
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  let first = null;
  for (let nth = 0; nth < WARM + visits; nth += 1) {
    if (nth === WARM) first = await held(page, session);
    await VISITS[nth % VISITS.length](page, Math.floor(nth / VISITS.length));
    await touch(page, '.kiosk-top .button', '回首页');
    await page.waitForFunction(() => Boolean(document.querySelector('.tile-life') && !document.querySelector('.answer')), { polling: 20, timeout: 10_000 });
    if (nth % 120 === 119) told(`${nth + 1} visits: ${JSON.stringify(await held(page, session))}`);
  }
  const last = await held(page, session);
  await opened.close();
  return { first, last };
}
