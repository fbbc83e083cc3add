// Seeded dice: the same seed gives the same data, in node and in a page. No other source of chance here.

/** Numbers in 0..1 (mulberry32), with `below(n)` and `of(list)`. */
export function dice(seed) {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  roll.below = (n) => Math.floor(roll() * n);
  roll.of = (list) => list[Math.floor(roll() * list.length)];
  return roll;
}
