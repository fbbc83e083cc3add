// Merging of ours as `window.peer`: bundles through the door, as a file that was dropped goes in. What is
// taken is stored strictly and read back, and the page shows it. Put into the packed file's page.

const MB = 1_000_000;

// The program's memory, as far as it has grown; and how far it had when the township was open, before the
// look-up's index was made.
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = (...given) => instantiate.apply(WebAssembly, given).then((made) => {
  const { memory } = (made.instance ?? made).exports;
  if (memory) memories.push(memory);
  return made;
});
const grown = () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
let opened = 0;
addEventListener('gangtu-ready', () => { opened = grown(); });

async function gzipped(text) {
  const pressed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(pressed).arrayBuffer()).byteLength;
}

const taken = async (work) => {
  const began = performance.now();
  const value = await work();
  return [performance.now() - began, value];
};

/** How long the page is watched after an answer, while it shows what has come. */
const AFTERWARDS = 1_000;

/** The longest the page was deaf while `work` went on and afterwards: between two turns of its loop. */
async function longest(work) {
  let [most, last, on] = [0, performance.now(), true];
  const look = () => {
    const now = performance.now();
    most = Math.max(most, now - last);
    last = now;
    if (on) setTimeout(look, 0);
  };
  look();
  const value = await work();
  await new Promise((resolve) => { setTimeout(resolve, AFTERWARDS); });
  look();
  on = false;
  return [most, value];
}

window.peer = {
  /** Milliseconds until a bundle is in, and the longest block meanwhile. */
  async take(text) {
    const bytes = new TextEncoder().encode(text);
    const [block, [ms]] = await longest(() => taken(() => window.gangtu.importBundle(bytes)));
    return { ms, block };
  },
  /** One transaction: all edits of a side. */
  edit: async (records) => (await taken(() => window.gangtu.put('post', records)))[0],
  /** Bundle text, milliseconds it took, sizes. */
  async out(since) {
    const [ms, text] = await taken(() => window.gangtu.exportBundle(since ? { since } : {}));
    return { ms, text };
  },
  weigh: async (text) => ({ raw: new Blob([text]).size / MB, gzip: (await gzipped(text)) / MB }),
  /** Records of the kind that was edited, by id. */
  async values() {
    return Object.fromEntries((await window.gangtu.records('post')).map((one) => [one.id, one]));
  },
  hash: () => window.gangtu.stateHash(),
  memory: () => ({ opened, now: grown() }),
};
