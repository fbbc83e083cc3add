// Yjs: a map of maps from one update, then kept as bytes.

import * as Y from 'yjs';
import { imports, keep } from './imports.js';

imports((rows) => {
  const document = new Y.Doc();
  document.clientID = 99;
  const records = document.getMap('records');
  for (const { id, ...fields } of rows) document.transact(() => records.set(id, new Y.Map(Object.entries(fields))));
  return Y.encodeStateAsUpdateV2(document);
}, async (bytes) => {
  const document = new Y.Doc();
  Y.applyUpdateV2(document, bytes);
  await keep(bytes);
  return document.getMap('records').size;
});
