// What every import peer shares: the rows, one put into IndexedDB for peers that store bytes, and
// `window.peer` around a peer's own `make` and `load`.

import { importRows } from '../../data/offices.mjs';

export const text = { to: (value) => new TextEncoder().encode(JSON.stringify(value)), from: (bytes) => JSON.parse(new TextDecoder().decode(bytes)) };

/** Keeps bytes in a base of its own, strictly, as one value. */
export function keep(bytes) {
  return new Promise((done, fail) => {
    const asked = indexedDB.open('kept', 1);
    asked.onerror = () => fail(asked.error);
    asked.onupgradeneeded = () => asked.result.createObjectStore('bytes');
    asked.onsuccess = () => {
      const written = asked.result.transaction('bytes', 'readwrite', { durability: 'strict' });
      written.objectStore('bytes').put(bytes, 1);
      written.oncomplete = () => {
        asked.result.close();
        done();
      };
      written.onerror = () => fail(written.error);
    };
  });
}

/**
 * @param {(rows: object[]) => Uint8Array} make a file's bytes, untimed
 * @param {(bytes: Uint8Array) => Promise<number>} load bytes to stored and usable; answers how many records
 */
export function imports(make, load) {
  let bytes;
  window.peer = {
    prepare({ count }) { bytes = make(importRows(count)); },
    load: () => load(bytes),
  };
}
