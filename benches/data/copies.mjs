// Two copies edited apart: records of twelve texts, the edits of each side, and the same as bundles of ours.
// Seeded, and the same in node and in a page, so that nobody gets other data. Knows no peer.

import { dice } from './dice.mjs';
import { DUTIES, KEYWORDS, OFFICES, SEATS, STEPS, person, phone, town, village } from './words.mjs';

/** Twelve fields of a 岗位 that hold plain text. */
export const FIELDS = [
  'title', 'identity', 'requirements', 'duties', 'standard', 'powers', 'flow', 'policy', 'counterpart', 'place', 'risk', 'key_task',
];

const RANKS = ['正科', '副科', '科员', '事业编', '公益岗'];
const PARTIES = ['中共党员', '群众', '共青团员'];

/** `count` rows `{id, title, identity …}`. */
export function rows(count, seed = 7) {
  const roll = dice(seed);
  const two = (n) => String(1 + roll.below(n)).padStart(2, '0');
  let home = town(roll);
  return Array.from({ length: count }, (_, at) => {
    if (at % 90 === 0) home = town(roll);
    const place = village(roll);
    return {
      id: `r${at}`, title: person(roll), identity: home + roll.of(OFFICES), requirements: roll.of(SEATS), duties: phone(roll), standard: place,
      powers: `${place}第${1 + roll.below(12)}网格`, flow: `${roll.of(DUTIES)}、${roll.of(DUTIES)}`, policy: person(roll), counterpart: roll.of(RANKS),
      place: roll.of(PARTIES), risk: `负责${place}${roll.of(KEYWORDS)}${roll.of(STEPS)}`, key_task: `2025-${two(12)}-${two(28)}`,
    };
  });
}

/** `wanted` different cells below `total`, none of `taken`. */
function cells(roll, total, wanted, taken = new Set()) {
  const chosen = new Set();
  while (chosen.size < wanted) {
    const cell = roll.below(total);
    if (!taken.has(cell)) chosen.add(cell);
  }
  return chosen;
}

/**
 * What each side changes: a twentieth of all fields, a tenth of that the same field on both.
 *
 * @returns {{a: Array<[row: number, field: string, value: string]>, b: Array, common: number}} the common ones first
 */
export function edits(count, seed = 11) {
  const roll = dice(seed);
  const total = count * FIELDS.length;
  const each = Math.round(total / 20);
  const common = cells(roll, total, Math.round(each / 10));
  const a = cells(roll, total, each - common.size, common);
  const b = cells(roll, total, each - common.size, new Set([...common, ...a]));
  const side = (own, sign) => [...common, ...own].map((cell) => (
    [Math.floor(cell / FIELDS.length), FIELDS[cell % FIELDS.length], sign + roll.of(DUTIES)]));
  return { a: side(a, '甲'), b: side(b, '乙'), common: common.size };
}

/** The rows as records of ours. */
export const records = (list) => list.map(({ id, ...fields }) => ['post', id, fields]);

/** Edits of one side, a record each: `[{id, field: value …}]`. */
export function byRecord(list) {
  const found = new Map();
  for (const [row, field, value] of list) found.set(row, { ...found.get(row), id: `r${row}`, [field]: value });
  return Array.from(found.values());
}

/**
 * Actions of another copy that had all of `rows(count)` as `bundle` writes them, an action a record: each
 * changes two fields of one record.
 *
 * @param {{stamp: (action: number) => string}} base says which stamp the n-th record has
 * @returns {Array<[kind: string, id: string, fields: object, replaced: object]>}
 */
export function changes(count, ops, base, own, seed = 17) {
  const roll = dice(seed);
  const last = new Map();
  return Array.from({ length: ops / 2 }, (_, at) => {
    const row = roll.below(count);
    const first = roll.below(FIELDS.length);
    const names = [FIELDS[first], FIELDS[(first + 1 + roll.below(FIELDS.length - 1)) % FIELDS.length]];
    const replaced = Object.fromEntries(names.map((name) => [name, last.get(`${row}/${name}`) ?? base.stamp(row)]));
    for (const name of names) last.set(`${row}/${name}`, own.stamp(at));
    return ['post', `r${row}`, Object.fromEntries(names.map((name) => [name, `改${roll.of(DUTIES)}`])), replaced];
  });
}
