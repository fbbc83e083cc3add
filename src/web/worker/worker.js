// The vault's worker: takes questions from the page in turn, asks the wasm, packs and unpacks. The
// glue of the wasm stands before this in the same script. The first message is the gzipped wasm.
// Nothing newer than Chromium 83.
'use strict';

const CHUNK = 48 * 1024;
const MOST = 256 * 1024 * 1024;
const { Sealing, Opening } = wasm_bindgen;
const scheme = (given) => given.scheme || 'ed25519';

const dice = (count) => crypto.getRandomValues(new Uint8Array(count));
const through = (parts, stream) => new Blob(parts).stream().pipeThrough(stream);
const ascii = (bytes) => new TextDecoder().decode(bytes);

// Full-width letters and digits, which an input method leaves behind, are the plain ones.
const said = (passphrase) => passphrase.normalize('NFKC').trim();

async function unpacked(parts) {
  const reader = through(parts, new DecompressionStream('gzip')).getReader();
  const plain = [];
  for (let total = 0; ;) {
    const { done, value } = await reader.read().catch(() => { throw wasm_bindgen.not_unpacked(); });
    if (done) return new Uint8Array(await new Blob(plain).arrayBuffer());
    total += value.length;
    if (total > MOST) throw wasm_bindgen.not_unpacked();
    plain.push(value);
  }
}

// Each takes what the page gives and how to tell of chunks done and chunks in all.
const jobs = {
  async seal({ bytes, passphrase, suite }, told) {
    const stream = through([bytes], new CompressionStream('gzip'));
    const packed = new Uint8Array(await new Response(stream).arrayBuffer());
    const sealing = new Sealing(suite, packed.length, said(passphrase), dice(72));
    const text = [sealing.head()];
    const count = Math.max(1, Math.ceil(packed.length / CHUNK));
    for (let at = 0; at < count; at += 1) {
      text.push(sealing.chunk(packed.subarray(at * CHUNK, (at + 1) * CHUNK)));
      told(at + 1, count);
    }
    sealing.free();
    return text.join('');
  },
  look({ bytes }) {
    const opening = new Opening(bytes);
    const count = opening.count();
    opening.free();
    return count;
  },
  async open({ bytes, passphrase }, told) {
    const opening = new Opening(bytes);
    opening.unlock(said(passphrase));
    const count = opening.count();
    const packed = [];
    for (let at = 0; at < count; at += 1) {
      packed.push(opening.chunk(at));
      told(at + 1, count);
    }
    opening.free();
    return unpacked(packed);
  },
  rewrap({ bytes, old, passphrase }) {
    const opening = new Opening(bytes);
    opening.unlock(said(old));
    const text = ascii(opening.rewrapped(said(passphrase), dice(40)));
    opening.free();
    return text;
  },
  makeLock({ passphrase }) {
    const made = wasm_bindgen.make_lock(said(passphrase), dice(72));
    return { key: made.slice(0, 32), text: ascii(made.subarray(32)) };
  },
  openLock: ({ text, passphrase }) => wasm_bindgen.open_lock(text, said(passphrase)),
  changeLock: ({ text, old, passphrase }) => wasm_bindgen.change_lock(text, said(old), said(passphrase), dice(40)),
  makeKey(given) {
    const secret = dice(32);
    return { secret, open: wasm_bindgen.public_key(scheme(given), secret) };
  },
  sign: (given) => wasm_bindgen.sign(scheme(given), given.secret, given.bytes),
  verify: (given) => wasm_bindgen.verify(scheme(given), given.open, given.bytes, given.signature),
  fingerprint: (given) => wasm_bindgen.fingerprint(scheme(given), given.open),
};

async function begin(packed) {
  const wasm = through([packed], new DecompressionStream('gzip'));
  await wasm_bindgen({ module_or_path: await new Response(wasm).arrayBuffer() });
}

// What the wasm throws is a sentence with its code; 0 stands for what nobody foresaw.
const sentence = (error) => (typeof error === 'string' ? error : `0:${(error && error.message) || error}`);

async function answer({ id, what, given }) {
  try {
    const done = await jobs[what](given, (at, of) => postMessage({ id, at, of }));
    postMessage({ id, done });
  } catch (error) {
    postMessage({ id, failed: sentence(error) });
  }
}

let turn = null;
onmessage = ({ data }) => {
  const broken = (error) => postMessage({ id: data.id, failed: sentence(error) });
  turn = turn ? turn.then(() => answer(data)) : begin(data);
  if (data.id) turn.catch(broken);
};
