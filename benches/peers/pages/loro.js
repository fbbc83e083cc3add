// Loro: a map of maps, a commit a record, then kept as bytes.

import init, { LoroDoc, LoroMap } from 'loro-crdt/web';
import wasm from 'loro-crdt/web/loro_wasm_bg.wasm';
import { imports, keep } from './imports.js';

function make(rows) {
  const document = new LoroDoc();
  document.setPeerId('99');
  const records = document.getMap('records');
  for (const { id, ...fields } of rows) {
    const record = records.setContainer(id, new LoroMap());
    for (const [name, value] of Object.entries(fields)) record.set(name, value);
    document.commit();
  }
  return document.export({ mode: 'snapshot' });
}

imports(make, async (bytes) => {
  const document = new LoroDoc();
  document.import(bytes);
  await keep(bytes);
  return document.getMap('records').size;
});

const { prepare } = window.peer;
window.peer.prepare = async (params) => {
  await init({ module_or_path: wasm });
  prepare(params);
};
