// 1 Start: from opening a file to a page that can be used, everybody from file://.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../data/bundle.mjs';
import * as entries from '../data/entries.mjs';
import { packed } from '../driver/actors.mjs';
import { launch, memory } from '../driver/browser.mjs';
import { contest } from '../driver/contest.mjs';
import { benches, versions } from '../driver/packages.mjs';
import { plainPage } from '../driver/pages.mjs';
import { tiddlywiki } from './tiddlywiki.mjs';

/** In the page: notes the second frame after the sign that it can be used. */
function watch(sign) {
  const note = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.usableAt = performance.now(); }));
  if (sign === 'gangtu-ready') {
    addEventListener(sign, note);
    return;
  }
  const look = () => (document.querySelector(sign) ? note() : requestAnimationFrame(look));
  look();
}

/** Opens the file in a page of its own, scripts before its own in it, and says after how many milliseconds it could be used. */
export async function opened(run, address, sign, scripts = []) {
  const page = await run.browser.newPage();
  for (const script of scripts) await page.evaluateOnNewDocument(script);
  await page.evaluateOnNewDocument(watch, sign);
  await page.goto(address, { waitUntil: 'commit' }).catch(() => page.goto(address));
  await page.waitForFunction(() => window.usableAt, { timeout: 60_000, polling: 30 });
  const usable = await page.evaluate(() => window.usableAt);
  const first = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  return { page, usable, first };
}

function contender({ name, file, sign, township, ...rest }) {
  return {
    name, ...rest,
    async open() {
      const run = await launch();
      const address = pathToFileURL(file).href;
      if (township) await store(run, address, township);
      const job = async () => {
        const { page, usable, first } = await opened(run, address, sign);
        const own = await memory(run.browser, page);
        await page.close();
        return { usable, first, ...own };
      };
      return { ...run, page: undefined, job };
    },
  };
}

/** Leaves a township in the browser's base. */
async function store(run, address, township) {
  const { page } = await opened(run, address, 'gangtu-ready');
  await page.evaluate((text) => window.gangtu.importBundle(text), township);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 6_000)));
  await page.close();
}

function padded() {
  const bytes = Buffer.alloc(3 << 20);
  for (let at = 0, seed = 12345; at < bytes.length; at += 1) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    bytes[at] = seed >>> 16;
  }
  const decode = `const t=atob(document.getElementById('w').textContent),u=new Uint8Array(t.length);for(let i=0;i<t.length;i++)u[i]=t.charCodeAt(i);`
    + `const p=document.createElement('p');p.className='ready';p.textContent=u.length;document.body.append(p)`;
  return `<script id="w" type="application/octet-stream">${bytes.toString('base64')}</script><script>${decode}</script>`;
}

const yunxi = () => fs.readFileSync(path.join(benches, '../samples/yunxi.json'), 'utf8');

export const start = {
  name: 'start', title: 'Start: file:// to usable',
  note: 'Usable: the second frame after `gangtu-ready`, after the first tiddler, after the last element.',
  figures: [['usable', 'usable, ms'], ['first', 'first paint, ms'], ['heap', 'JS heap, MiB', 'plain'], ['process', 'process, MiB']],
  goals: [
    { text: '云溪镇 inside, unopened: at most 0.5 × TiddlyWiki, empty', size: '', who: '岗图, 云溪镇 inside', metric: 'usable', against: 'TiddlyWiki, empty', most: 0.5 },
    { text: '云溪镇 stored: at most 0.5 × TiddlyWiki, empty', size: '', who: '岗图, 云溪镇 stored', metric: 'usable', against: 'TiddlyWiki, empty', most: 0.5 },
    { text: '5,000 records stored: at most 0.5 × TiddlyWiki with 5,000', size: '', who: '岗图, 5,000 records', metric: 'usable', against: 'TiddlyWiki, 5,000 records', most: 0.5 },
  ],
  async run({ runs, report }) {
    const list = entries.entries([], 5000);
    const ready = 'gangtu-ready';
    const wiki = { sign: '.tc-story-river .tc-tiddler-frame', versions: versions(['tiddlywiki']) };
    const contenders = [
      { name: '岗图, 云溪镇 inside', ours: true, file: packed, sign: ready },
      { name: '岗图, 云溪镇 stored', ours: true, file: packed, sign: ready, township: yunxi() },
      { name: '岗图, 5,000 records', ours: true, file: packed, sign: ready, township: bundle('bench', '测试镇', entries.records(list)).text },
      { name: 'TiddlyWiki, empty', file: tiddlywiki([]), ...wiki },
      { name: 'TiddlyWiki, 5,000 records', file: tiddlywiki(list), ...wiki },
      { name: 'an empty page', floor: true, file: plainPage('empty', '<p class="ready">空页</p>'), sign: '.ready' },
      { name: 'an empty page and 3 MiB of base64', floor: true, file: plainPage('padded', padded()), sign: '.ready' },
    ];
    report('', await contest({ contenders: contenders.map(contender), runs, withMemory: false }));
  },
};
