// PouchDB, whatever it keeps its documents in: one a record. It sees conflicts by document, so of two people
// who changed different fields of one record, one loses unless the application mends it.

import { sync, text } from './sync.js';

let bases = 0;

function byRecord(list) {
  const found = new Map();
  for (const [row, field, value] of list) found.set(`r${row}`, { ...found.get(`r${row}`), [field]: value });
  return found;
}

export function documents(PouchDB, adapter) {
  const all = async ({ base }) => (await base.allDocs({ include_docs: true, conflicts: true })).rows.map(({ doc }) => doc);
  sync({
    make: (rows) => text.to(rows.map(({ id, ...fields }) => ({ _id: id, _rev: `1-${'a'.repeat(32)}`, ...fields }))),
    async load(bytes) {
      const base = new PouchDB(`copy-${bases += 1}`, { adapter, auto_compaction: true });
      await base.bulkDocs(text.from(bytes), { new_edits: false });
      return { base };
    },
    async edit({ base }, list) {
      const wanted = byRecord(list);
      const { rows } = await base.allDocs({ keys: [...wanted.keys()], include_docs: true });
      await base.bulkDocs(rows.map(({ doc }) => ({ ...doc, ...wanted.get(doc._id) })));
    },
    merge: (copy, other) => PouchDB.replicate(other.base, copy.base, { batch_size: 1000 }),
    bytes: async (copy) => text.to(await all(copy)),
    async get(copy) {
      const known = new Map((await all(copy)).map((doc) => [doc._id, doc]));
      return (id, field) => known.get(id)[field];
    },
    dispose: ({ base }) => base.destroy(),
  });
}
