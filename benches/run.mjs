// The benchmark's command line: `node run.mjs [part …] [--runs N]`, called by `cargo xtask bench`, which
// installs what is missing and names the packed file. Runs the parts one after the other; measures nothing.

import { packed } from './driver/actors.mjs';
import { Report } from './driver/report.mjs';
import { forms, hands } from './parts/hands.mjs';
import { chart, map } from './parts/pictures.mjs';
import { imports } from './parts/imports.mjs';
import { find } from './parts/find.mjs';
import { size } from './parts/size.mjs';
import { start } from './parts/start.mjs';
import { sync } from './parts/sync.mjs';
import { table } from './parts/table.mjs';

const PARTS = [start, chart, forms, map, hands, find, imports, table, sync, size];

const words = process.argv.slice(2);
const runsAt = words.indexOf('--runs');
const runs = runsAt < 0 ? 7 : Number(words[runsAt + 1]);
const named = words.filter((word, at) => !word.startsWith('--') && (runsAt < 0 || at !== runsAt + 1));
const unknown = named.filter((name) => !PARTS.some((part) => part.name === name));

if (!packed || unknown.length > 0 || !(runs >= 1)) {
  console.error(`parts: ${PARTS.map((part) => part.name).join(', ')}; --runs N; GANGTU_FILE names the packed file`);
  process.exit(2);
}

// Stopped by hand: leave what is kept as it is, rather than note that the browsers went away.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const report = await Report.open(runs);
for (const part of PARTS.filter((one) => named.length === 0 || named.includes(one.name))) {
  const began = Date.now();
  console.log(`\n── ${part.title}`);
  report.begin(part);
  await part.run({ runs, report: (size, results) => report.add(part, size, results) });
  console.log(`── ${part.name}: ${Math.round((Date.now() - began) / 1000)} s`);
}
report.finish(PARTS);
process.exit(0);
