// Look-up of ours as `window.peer`: answers through the door (`gangtu.find`), keys pressed in 找岗办事. The
// index is timed as people meet it: from a record being written to its answer standing in the page.

const { bench } = window;
const input = () => document.querySelector('.find-input');

function type(text) {
  input().value = text;
  input().dispatchEvent(new Event('input', { bubbles: true }));
}

/** Until everything that hangs on what was done has run, before the screen is painted. */
const turn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(0);
});

let written = 0;

window.peer = {
  async prepare() {
    location.hash = '#/find';
    await bench.until(input);
    await bench.sleep(500);
  },
  async build() {
    written += 1;
    const mark = `测试标记事项${written}号`;
    type(mark);
    await bench.painted();
    const stands = () => Array.from(document.querySelectorAll('.answer-title')).some((title) => title.textContent === mark);
    await window.gangtu.put('matter', { name: mark });
    const began = bench.now();
    await bench.until(stands);
    const build = bench.now() - began;
    type('');
    await bench.sleep(200);
    return { build, index: build };
  },
  async search(query) {
    return (await window.gangtu.find(query, 5)).map(({ title }) => title);
  },
  /** Milliseconds of one key press in the page, its answers in the document. */
  async press(text) {
    const began = bench.now();
    type(text);
    await turn();
    return bench.now() - began;
  },
};
