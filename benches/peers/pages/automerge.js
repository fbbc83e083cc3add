// Automerge: one document, one change for all records (a change each takes minutes to make), then kept
// as bytes.

import { automergeWasmBase64 } from '@automerge/automerge/automerge.wasm.base64';
import * as A from '@automerge/automerge/slim';
import { imports, keep } from './imports.js';

imports((rows) => A.save(A.from({ records: Object.fromEntries(rows.map(({ id, ...fields }) => [id, fields])) }, 'aa')), async (bytes) => {
  const document = A.load(bytes, 'a1');
  await keep(bytes);
  return Object.keys(document.records).length;
});

const { prepare } = window.peer;
window.peer.prepare = async (params) => {
  await A.initializeBase64Wasm(automergeWasmBase64);
  prepare(params);
};
