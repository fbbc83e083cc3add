// 7 Size: what has to be carried, ours and each peer's own script as built for these measurements.

import fs from 'node:fs';
import { packed } from '../driver/actors.mjs';
import { figures } from '../driver/figures.mjs';
import { peerPage } from '../driver/pages.mjs';
import { tiddlywiki } from './tiddlywiki.mjs';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const kb = (bytes) => figures([bytes / KB]);
const weigh = (file) => {
  const bytes = fs.readFileSync(file);
  return { bytes: kb(bytes.length), gzipped: kb(gzipSync(bytes, { level: 9 }).length) };
};

/** Bytes of the gzipped program inside the packed file: thirteen bits in two letters. */
function wasm(html) {
  const text = html.match(/<script[^>]*id="gangtu-wasm"[^>]*>([^<]*)</)?.[1] ?? '';
  return Math.floor(text.length * 13 / 16);
}

const SCRIPTS = ['d3-org-chart', 'echarts-tree', 'g6', 'leaflet', 'echarts-map', 'minisearch', 'orama', 'yjs', 'automerge', 'pouchdb', 'ag-grid', 'tabulator'];

export const size = {
  name: 'size', title: 'Size, kB',
  note: 'Ours is the whole program and 云溪镇 in one file; a peer is its minified script alone, with the bench’s few kB, and does one of our parts’ jobs.',
  figures: [['bytes', 'file'], ['gzipped', 'gzipped'], ['wasm', 'wasm gzipped', 'plain']],
  goals: [
    { text: 'packed file at most 2,500 kB', size: '', who: '岗图, everything', metric: 'bytes', most: 2500 },
    { text: 'wasm gzipped at most 700 kB', size: '', who: '岗图, everything', metric: 'wasm', most: 700 },
  ],
  async run({ report }) {
    const own = { name: '岗图, everything', ours: true, metrics: { ...weigh(packed), wasm: kb(wasm(fs.readFileSync(packed, 'utf8'))) } };
    const results = [own, { name: 'TiddlyWiki, empty', metrics: weigh(tiddlywiki([])) }];
    for (const name of SCRIPTS) {
      const page = await peerPage(name);
      results.push({ name, floor: true, metrics: { bytes: kb(page.bytes), gzipped: kb(page.gzipped) } });
    }
    report('', results);
  },
};
