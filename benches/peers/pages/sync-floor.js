// Not a peer: a last-writer-wins map by hand, one stamp an edited field, its bundle JSON. No history, no
// conflicts, nothing verified: what the browser itself allows.

import { sync, text } from './sync.js';

sync({
  make: (rows) => text.to({ rows, stamps: {} }),
  load(bytes, side) {
    const { rows, stamps } = text.from(bytes);
    return { side, rows: new Map(rows.map((row) => [row.id, row])), stamps: new Map(Object.entries(stamps)), clock: 0 };
  },
  edit(copy, list) {
    for (const [row, field, value] of list) {
      copy.rows.get(`r${row}`)[field] = value;
      copy.stamps.set(`r${row}/${field}`, [copy.clock += 1, copy.side]);
    }
  },
  merge(copy, other) {
    for (const [cell, stamp] of other.stamps) {
      const own = copy.stamps.get(cell);
      if (own && (own[0] > stamp[0] || (own[0] === stamp[0] && own[1] >= stamp[1]))) continue;
      const [id, field] = cell.split('/');
      copy.rows.get(id)[field] = other.rows.get(id)[field];
      copy.stamps.set(cell, stamp);
    }
  },
  bytes: (copy) => text.to({ rows: Array.from(copy.rows.values()), stamps: Object.fromEntries(copy.stamps) }),
  get: (copy) => (id, field) => copy.rows.get(id)[field],
});
