// Kills a real browser (SIGKILL to its process group) at random moments while the page writes, imports,
// compacts and saves to a file, opens the same profile again and compares: whatever the page said is saved is
// there, in the base and in the file, and of what it had begun all is there or nothing.
//
// An activity is one line of `ACTIVITIES`; see `writing` for its shape.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { action, bundle } from './forge.mjs';
import { samples } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';
import { disk, diskFolder } from './stick.mjs';

const base = fs.readFileSync(path.join(samples, 'real-posts.json'), 'utf8');
const { id: township, name } = JSON.parse(base).township;

/** Kills after which a profile is thrown away, so that the base stays one of days, not of years. */
const KILLS_A_PROFILE = 30;
/** Milliseconds an activity has to begin what it is killed in. */
const PATIENCE = 30_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Numbers in 0..1 (mulberry32): a seed gives the same activities and the same shares of their time. */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Records an action of the page writes, beside the one that all of them change. */
const sizeOf = (n) => 1 + (n % 4);

/**
 * Forms: actions of some records each, one after the other.
 *
 * An activity has: `share` of the kills; `begin(page, diary)`, which starts work that tells `diary.begun(what)`
 * and `diary.saved(what)` and may go on for ever; `doubt(diary)` milliseconds after the first `begun` in which
 * the kill falls.
 */
const writing = {
  share: 0.45,
  begin: (page, diary) => page.evaluate(async (from) => {
    for (let n = from; ; n += 1) {
      const records = Array.from({ length: 1 + (n % 4) }, (_, at) => ({ id: `w${n}-${at}`, title: `写${n}`, duties: '职责'.repeat(100) }));
      await window.begun(`w${n}`);
      await window.gangtu.put('post', [...records, { id: 'shared', title: `改${n}` }]);
      await window.saved(`w${n}`);
    }
  }, diary.next()),
  doubt: () => 300,
};

/** Bundles of other copies, each its own. */
const importing = {
  share: 0.35,
  async begin(page, diary) {
    for (;;) {
      const n = diary.next();
      const actions = Array.from({ length: importSize(n) }, (_, at) =>
        action(at + 1, [['post', `i${n}-${at}`, { duties: '外来'.repeat(50), title: `外${n}` }]], { r: `import${n}` }));
      const text = bundle(actions, { township, name });
      await diary.begun(`i${n}`);
      await page.evaluate((given) => window.gangtu.importBundle(given), text);
      await diary.saved(`i${n}`);
    }
  },
  doubt: (diary) => diary.usual('i', 200) * 1.3,
};

const importSize = (n) => 50 + ((n * 37) % 400);

/** Many small writes, until the page writes its snapshot. */
const compacting = {
  share: 0.2,
  async begin(page, diary) {
    await page.evaluate(() => {
      const asked = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
        const transaction = asked.call(this, stores, mode, ...rest);
        const compacts = mode === 'readwrite' && [stores].flat().includes('snapshot');
        // The renewal of the log does not wait for the disk.
        if (compacts && rest[0]?.durability === 'strict') window.begun('compact');
        return transaction;
      };
    });
    for (let round = 0; round < 220; round += 1) await diary.write(page);
    await pause(PATIENCE);
  },
  counts: (what) => what === 'compact',
  doubt: () => 40,
};

/** One small write after the other, each until the page says that the file in the chosen folder has it. */
const saving = {
  share: 0.15,
  async begin(page, diary) {
    await page.evaluate(() => { location.hash = '/data'; });
    const button = () => [...document.querySelectorAll('button')].find((one) => one.innerText.includes('选文件夹'));
    await page.waitForFunction(button, { timeout: PATIENCE, polling: 50 });
    await page.evaluate(`(${button})().click()`);
    for (;;) {
      await page.waitForFunction(
        () => document.querySelectorAll('.light')[2]?.innerText === '文件已核对', { timeout: PATIENCE, polling: 20 });
      diary.open.delete('file');
      diary.filed = new Set(diary.kept);
      await diary.write(page);
    }
  },
  counts: (what) => what === 'file',
  doubt: () => 250,
};

/** What the page can be killed in; more are added here. */
export const ACTIVITIES = { writing, importing, compacting, saving };

/** What is begun and neither all there nor nothing: the page does it by itself. */
const BY_ITSELF = ['compact', 'file'];

/** What was begun and what was said to be saved, as the driver heard it. */
class Diary {
  constructor() {
    this.last = 0;
    this.open = new Map();
    this.kept = new Set();
    /** What the file was said to hold. */
    this.filed = new Set();
    this.took = {};
  }

  next() {
    this.last += 1;
    return this.last;
  }

  begun(what) {
    this.open.set(what, Date.now());
    this.last = Math.max(this.last, Number(what.slice(1)) || 0);
    this.hear?.(what);
  }

  saved(what) {
    this.took[what[0]] = Date.now() - this.open.get(what);
    this.open.delete(what);
    this.kept.add(what);
  }

  /** Milliseconds that kind of work took when it was last done. */
  usual(kind, otherwise) {
    return this.took[kind] ?? otherwise;
  }

  /** One small action, told as any other. */
  async write(page) {
    const n = this.next();
    const records = Array.from({ length: sizeOf(n) }, (_, at) => ({ id: `w${n}-${at}`, title: `写${n}` }));
    this.begun(`w${n}`);
    await page.evaluate((given) => window.gangtu.put('post', given), [...records, { id: 'shared', title: `改${n}` }]);
    this.saved(`w${n}`);
  }

  /** Resolves when something that `counts` has begun. */
  heard(counts) {
    return new Promise((resolve) => {
      this.hear = (what) => counts(what) && resolve(what);
    });
  }
}

/** Works and kills; says whether the kill fell into work that had begun. */
async function killed(here, activity, diary, roll) {
  const { page } = here;
  const heard = diary.heard(activity.counts ?? (() => true));
  const work = Promise.resolve(activity.begin(page, diary)).catch(() => {});
  const met = await Promise.race([heard, pause(PATIENCE)]);
  await pause(roll() * activity.doubt(diary));
  const open = diary.open.size > 0;
  process.kill(-here.browser.process().pid, 'SIGKILL');
  await work;
  await here.close({ keepProfile: true });
  return { met: Boolean(met), open };
}

/** Compares what the page holds with the diary; what was in doubt is settled in it. */
async function compare(page, diary) {
  const posts = new Map((await page.evaluate(() => window.gangtu.records('post'))).map((one) => [one.id, one.title]));
  const doubts = { whole: 0, none: 0 };
  const look = (what) => {
    const n = Number(what.slice(1));
    const [size, title] = what[0] === 'w' ? [sizeOf(n), `写${n}`] : [importSize(n), `外${n}`];
    return [Array.from({ length: size }, (_, at) => posts.get(`${what}-${at}`)).filter((one) => one === title).length, size];
  };
  for (const what of diary.kept) {
    const [found, size] = look(what);
    assert.equal(found, size, `${what} was said to be saved`);
  }
  for (const what of [...diary.open.keys()].filter((one) => !BY_ITSELF.includes(one))) {
    const [found, size] = look(what);
    assert.ok(found === 0 || found === size, `${what} is half there: ${found} of ${size}`);
    doubts[found ? 'whole' : 'none'] += 1;
    if (found) diary.kept.add(what);
  }
  diary.open.clear();
  const writes = [...diary.kept].filter((what) => what[0] === 'w').map((what) => Number(what.slice(1)));
  if (writes.length > 0) assert.equal(posts.get('shared'), `改${Math.max(...writes)}`, 'the record all of them change');
  return doubts;
}

/** The file in the folder is a whole bundle and holds everything it was said to hold. */
function compareFile(folder, diary) {
  if (diary.filed.size === 0) return;
  const [file] = fs.readdirSync(folder).filter((one) => /^[^.]+\.json$/.test(one));
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  const covered = text.slice(0, text.lastIndexOf(',"hash":'));
  assert.equal(JSON.parse(text).hash, createHash('sha256').update(covered).digest('hex'), `${file} is whole`);
  for (const what of diary.filed) {
    const title = `"${what[0] === 'w' ? '写' : '外'}${what.slice(1)}"`;
    assert.ok(text.includes(title), `${what} was said to be in the file`);
  }
}

/** All of it goes out and is the same township elsewhere: what the snapshot opened is what the rows say. */
async function opensElsewhere(kernel, page) {
  const [text, hash] = [await page.evaluate(() => window.gangtu.exportBundle()), await page.evaluate(() => window.gangtu.stateHash())];
  const there = await open(kernel);
  await there.page.evaluate((given) => window.gangtu.importBundle(given), text);
  assert.equal(await there.page.evaluate(() => window.gangtu.stateHash()), hash, 'the same township elsewhere');
  await there.close();
}

function choose(activities, roll) {
  const all = Object.entries(activities);
  let at = roll() * all.reduce((sum, [, { share }]) => sum + share, 0);
  return all.find(([, { share }]) => (at -= share) < 0) ?? all[0];
}

/**
 * @param {{kernel: string, kills: number, seed: number, told?: (line: string) => void, activities?: object}} how
 * @returns counts: kills by activity, in the middle of work, and how what was in the middle ended
 */
export async function torture({ kernel, kills, seed, told = () => {}, activities = ACTIVITIES }) {
  const roll = dice(seed);
  const by = Object.fromEntries(Object.keys(activities).map((key) => [key, 0]));
  const sum = { kills: 0, inside: 0, whole: 0, none: 0, missed: 0, by };
  while (sum.kills < kills) {
    const [profileDir, folder, diary] = [makeProfile(), makeProfile(), new Diary()];
    let here = await opened(kernel, profileDir, folder, diary);
    await here.page.evaluate((text) => window.gangtu.importBundle(text), base);
    for (let turn = 0; turn < KILLS_A_PROFILE && sum.kills < kills; turn += 1) {
      const [activity, how] = choose(activities, roll);
      const { met, open: inside } = await killed(here, how, diary, roll);
      compareFile(folder, diary);
      here = await opened(kernel, profileDir, folder, diary);
      sum.kills += 1;
      sum.by[activity] += 1;
      sum.inside += inside ? 1 : 0;
      sum.missed += met ? 0 : 1;
      await settle(here, diary, sum, kernel, sum.kills % 10 === 0 || sum.kills === kills);
      told(`${sum.kills} ${activity}${inside ? ', in the middle' : ''}; ${diary.kept.size} actions saved`);
    }
    await here.close({ keepProfile: false });
    for (const made of [profileDir, folder]) fs.rmSync(made, { recursive: true, force: true, maxRetries: 5 });
  }
  return sum;
}

async function opened(kernel, profileDir, folder, diary) {
  const here = await open(kernel, { profileDir, before: (page) => page.evaluateOnNewDocument(diskFolder) });
  const asked = disk(folder);
  await here.page.exposeFunction('disk', (what, at, text) => {
    if (what === 'open') diary.begun('file');
    return asked(what, at, text);
  });
  await here.page.exposeFunction('begun', (what) => diary.begun(what));
  await here.page.exposeFunction('saved', (what) => diary.saved(what));
  return here;
}

async function settle(here, diary, sum, kernel, thorough) {
  const doubts = await compare(here.page, diary);
  sum.whole += doubts.whole;
  sum.none += doubts.none;
  if (thorough) await opensElsewhere(kernel, here.page);
}
