// One cell of a table: everybody does the same job in turn, round after round, so that a busy moment of
// the machine hits all. The first round warms up and is kept apart. Knows neither jobs nor peers.

import path from 'node:path';
import { memory } from './browser.mjs';
import { figures } from './figures.mjs';
import { shots } from './pages.mjs';

/** Milliseconds one contender may take in a cell, and for a single job. */
const BUDGET = 15_000;
const CAP = 45_000;

/** Fails when a job takes longer than its cap. */
async function within(cap, work) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not done within ${cap / 1000} s`)), cap);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const sentence = (error) => String(error.message ?? error).split('\n')[0].slice(0, 160);

/**
 * @param {object} cell
 * @param {string} cell.label of the pictures taken at the end, for people who wonder what was measured
 * @param {Array<{name: string, ours?: boolean, versions?: object, open: () => Promise<Actor>}>} cell.contenders
 *   an actor has `job(round)` → `{metric: number | number[]}`, `close()`, and `browser`, `page` for its memory
 * @param {number} cell.runs measured rounds
 * @returns {Promise<Array<{name, ours, versions, metrics, cold, notRun}>>}
 */
export async function contest({ label = '', contenders, runs, budget = BUDGET, cap = CAP, withMemory = true }) {
  const entries = contenders.map((one) => ({ one, spent: 0, rounds: [] }));
  for (const entry of entries) {
    try {
      entry.actor = await within(cap * 2, entry.one.open());
    } catch (error) {
      entry.failed = sentence(error);
    }
  }
  for (let round = 0; round <= runs; round += 1) {
    for (const entry of entries) {
      if (!entry.actor || entry.failed || (entry.rounds.length > 0 && entry.spent > budget)) continue;
      const began = Date.now();
      try {
        entry.rounds.push(await within(cap, entry.actor.job(round)));
      } catch (error) {
        entry.failed = sentence(error);
        // A page that is still at it would take its share of the machine from the others.
        await entry.actor.close().catch(() => {});
        entry.actor = undefined;
      }
      entry.spent += Date.now() - began;
    }
  }
  const results = [];
  for (const entry of entries) results.push(await settle(entry, withMemory, label));
  return results;
}

async function settle({ one, actor, rounds, failed }, withMemory, label) {
  const result = { name: one.name, ours: one.ours ?? false, floor: one.floor ?? false, versions: one.versions ?? {} };
  if (failed) result.notRun = failed;
  if (!failed && rounds.length > 0) {
    const warm = rounds.slice(1);
    result.cold = rounds[0];
    result.metrics = summed(warm.length > 0 ? warm : rounds);
    result.onlyCold = warm.length === 0;
    if (withMemory && actor.page) {
      const { heap, process, nodes } = await memory(actor.browser, actor.page);
      Object.assign(result.metrics, { heap: figures([heap]), process: figures([process]), nodes: figures([nodes]) });
    }
  }
  if (actor?.page) await actor.page.screenshot({ path: path.join(shots(), `${label}-${one.name}.png`) }).catch(() => {});
  if (actor) await actor.close().catch(() => {});
  return result;
}

/** Figures over rounds, metric by metric; a round may lack one. */
function summed(rounds) {
  const names = [...new Set(rounds.flatMap((round) => Object.keys(round)))];
  const numbers = (name) => rounds.map((round) => round[name]).filter(Number.isFinite);
  return Object.fromEntries(names.map((name) => [name, numbers(name)]).filter(([, list]) => list.length).map(([name, list]) => [name, figures(list)]));
}
