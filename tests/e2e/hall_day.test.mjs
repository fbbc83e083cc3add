// Sixty visits in every run; `cargo xtask torture kiosk` makes the twelve hours of a day of them.

import assert from 'node:assert/strict';
import test from 'node:test';
import { day } from './hall_day.mjs';

const visits = Number(process.env.GANGTU_VISITS ?? 60);
const MEGABYTE = 1 << 20;

test(`S46 after ${visits} visits the machine holds no more than after the first`, { timeout: 120_000 + visits * 5_000 }, async () => {
  const { first, last } = await day({ visits, told: (line) => console.log(`  ${line}`) });
  console.log(`  ${JSON.stringify({ first, last })}`);
  assert.ok(first.wasm > 0, 'the memory of the program is seen');
  const grown = last.heap + last.wasm - first.heap - first.wasm;
  assert.ok(grown <= 5 * MEGABYTE, `${(grown / MEGABYTE).toFixed(2)} MB more`);
  assert.ok(last.nodes - first.nodes <= 200, `${last.nodes - first.nodes} elements more`);
});
