// 25 kills in every run; `cargo xtask torture` asks for more, with a seed of its own.

import assert from 'node:assert/strict';
import test from 'node:test';
import { kernels } from './kernels.mjs';
import { torture } from './torture.mjs';

const kills = Number(process.env.GANGTU_KILLS ?? 25);
const seed = Number(process.env.GANGTU_SEED ?? 1);

test(`J5 B8 a browser killed ${kills} times keeps what it said is saved, and nothing is half there`, { timeout: kills * 120_000 }, async () => {
  const sum = await torture({ kernel: kernels[0], kills, seed, told: (line) => console.log(`  ${line}`) });
  console.log(`  seed ${seed}: ${JSON.stringify(sum)}`);
  assert.equal(sum.kills, kills);
  assert.ok(sum.inside > 0, 'some kills fell into the middle of work');
  assert.equal(sum.missed, 0, 'every activity began before its kill');
});
