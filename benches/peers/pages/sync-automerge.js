// Automerge: one document, one change for all records and one a side.

import { automergeWasmBase64 } from '@automerge/automerge/automerge.wasm.base64';
import * as A from '@automerge/automerge/slim';
import { sync } from './sync.js';

sync({
  make: (rows) => A.save(A.from({ records: Object.fromEntries(rows.map((row) => [row.id, row])) }, 'aa')),
  load: (bytes, side) => ({ document: A.load(bytes, side === 1 ? 'a1' : 'b2') }),
  edit(copy, list) {
    copy.document = A.change(copy.document, ({ records }) => {
      for (const [row, field, value] of list) records[`r${row}`][field] = value;
    });
  },
  merge(copy, other) {
    copy.document = A.merge(copy.document, other.document);
  },
  bytes: ({ document }) => A.save(document),
  get: ({ document }) => (id, field) => document.records[id][field],
});

const { make } = window.peer;
window.peer.make = async (params) => {
  await A.initializeBase64Wasm(automergeWasmBase64);
  await make(params);
};
