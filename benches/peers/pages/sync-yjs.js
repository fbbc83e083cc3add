// Yjs: a map of maps, one transaction a side, deltas by state vector.

import * as Y from 'yjs';
import { sync } from './sync.js';

function opened(id) {
  const document = new Y.Doc();
  document.clientID = id;
  return document;
}

sync({
  make(rows) {
    const document = opened(99);
    const records = document.getMap('records');
    document.transact(() => rows.forEach(({ id, ...fields }) => records.set(id, new Y.Map(Object.entries(fields)))));
    return Y.encodeStateAsUpdateV2(document);
  },
  load(bytes, side) {
    const document = opened(side);
    Y.applyUpdateV2(document, bytes);
    return { document, records: document.getMap('records') };
  },
  edit: ({ document, records }, list) => document.transact(() => {
    for (const [row, field, value] of list) records.get(`r${row}`).set(field, value);
  }),
  merge: (copy, other) => Y.applyUpdateV2(copy.document, Y.encodeStateAsUpdateV2(other.document, Y.encodeStateVector(copy.document))),
  bytes: ({ document }) => Y.encodeStateAsUpdateV2(document),
  get: ({ records }) => (id, field) => records.get(id).get(field),
});
