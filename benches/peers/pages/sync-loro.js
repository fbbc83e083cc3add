// Loro: a map of maps, one commit a side, deltas by version.

import init, { LoroDoc, LoroMap } from 'loro-crdt/web';
import wasm from 'loro-crdt/web/loro_wasm_bg.wasm';
import { sync } from './sync.js';

function opened(id) {
  const document = new LoroDoc();
  document.setPeerId(String(id));
  return document;
}

sync({
  make(rows) {
    const document = opened(99);
    const records = document.getMap('records');
    for (const { id, ...fields } of rows) {
      const record = records.setContainer(id, new LoroMap());
      for (const [name, value] of Object.entries(fields)) record.set(name, value);
    }
    document.commit();
    return document.export({ mode: 'snapshot' });
  },
  load(bytes, side) {
    const document = opened(side);
    document.import(bytes);
    const records = document.getMap('records');
    // Importing is lazy: usable means that a record reads.
    records.get('r0').get('title');
    return { document, records };
  },
  edit({ document, records }, list) {
    for (const [row, field, value] of list) records.get(`r${row}`).set(field, value);
    document.commit();
  },
  merge: (copy, other) => copy.document.import(other.document.export({ mode: 'update', from: copy.document.oplogVersion() })),
  bytes: ({ document }) => document.export({ mode: 'snapshot' }),
  get({ records }) {
    const all = records.toJSON();
    return (id, field) => all[id][field];
  },
  dispose: ({ document }) => document.free(),
});

const { make } = window.peer;
window.peer.make = async (params) => {
  await init({ module_or_path: wasm });
  await make(params);
};
