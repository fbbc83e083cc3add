// What every peer of the merging job shares: the rows, the edits, one round with its times, and whether
// anything was lost. Who takes part says how to make, load, edit, merge and export.

import { edits, rows } from '../../data/copies.mjs';

export const text = { to: (value) => new TextEncoder().encode(JSON.stringify(value)), from: (bytes) => JSON.parse(new TextDecoder().decode(bytes)) };

const MB = 1_000_000;

async function gzipped(bytes) {
  const pressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(pressed).arrayBuffer()).byteLength;
}

/** Milliseconds `work` takes, and what it answers. */
async function taken(work) {
  const began = performance.now();
  const value = await work();
  return [performance.now() - began, value];
}

/** Edits of either side that one copy does not show; of the common ones each copy shows the same. */
function lost(changed, here, there) {
  const common = new Set(changed.a.slice(0, changed.common).map(([row, field]) => `${row}/${field}`));
  let missing = 0;
  for (const [row, field, value] of [...changed.a, ...changed.b]) {
    const shown = here(`r${row}`, field);
    if (shown !== there(`r${row}`, field) || (shown !== value && !common.has(`${row}/${field}`))) missing += 1;
  }
  return missing;
}

/**
 * @param {object} peer
 * @param {(rows: object[]) => Uint8Array} peer.make the common base, untimed
 * @param {(bytes: Uint8Array, side: number) => object} peer.load bytes to a copy that can be edited
 * @param {(copy, list) => void} peer.edit in one transaction
 * @param {(copy, other) => void} peer.merge `copy` takes what `other` has more
 * @param {(copy) => Uint8Array} peer.bytes all of it, as it would be sent
 * @param {(copy) => (id, field) => string} peer.get
 * @param {(copy) => void} [peer.dispose]
 */
export function sync(peer) {
  let base;
  let changed;
  window.peer = {
    async make({ count }) {
      changed = edits(count);
      base = await peer.make(rows(count));
    },
    async round() {
      const [load, a] = await taken(() => peer.load(base, 1));
      const b = await peer.load(base, 2);
      const [edit] = await taken(() => peer.edit(a, changed.a));
      await peer.edit(b, changed.b);
      const [merge] = await taken(async () => {
        await peer.merge(a, b);
        await peer.merge(b, a);
      });
      const [out, bytes] = await taken(() => peer.bytes(a));
      const missing = lost(changed, await peer.get(a), await peer.get(b));
      for (const copy of [a, b]) await peer.dispose?.(copy);
      return { load, edit, merge, export: out, raw: bytes.length / MB, gzip: (await gzipped(bytes)) / MB, lost: missing };
    },
  };
}
