// 架构图 and 网格图 of ours as `window.peer`: reached by their address, moved by wheel and pointer as a reader
// would. Put into the packed file's page; calls nothing inside it.

const { bench } = window;
const canvas = () => document.querySelector('.picture-overlay');
let place = '#/chart';
let at = { x: 0, y: 0 };

const point = (kind, buttons) => canvas().dispatchEvent(new PointerEvent(kind, {
  bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, buttons, clientX: at.x, clientY: at.y,
}));

let held = false;
function letGo() {
  if (held) point('pointerup', 0);
  held = false;
  const box = canvas()?.getBoundingClientRect();
  if (box) at = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

const find = (path, text) => Array.from(document.querySelectorAll(path)).find((one) => one.textContent.trim().includes(text));

/** When the picture was painted anew last: each painting begins with a ground of paper. */
let paintedAt = 0;
const { fillRect } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillRect = function noted(...box) {
  paintedAt = bench.now();
  fillRect.apply(this, box);
};

/** Chooses in a list as somebody would. */
function choose(list, value) {
  list.value = value;
  list.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Chooses what is so called in whichever list of the dialog has it. */
async function pick(word) {
  const holds = (list) => Array.from(list.options).find(({ text }) => text.includes(word));
  const list = await bench.until(() => Array.from(document.querySelectorAll('.picture-press select')).find(holds));
  choose(list, holds(list).value);
}

window.peer = {
  prepare: (params) => { place = params.place; },
  async clear() {
    letGo();
    location.hash = '#/settings';
    await bench.until(() => !canvas());
    await bench.painted();
    await bench.sleep(50);
  },
  async draw() {
    location.hash = place;
    // The canvas gets its size with the first paint, in the same turn.
    const world = await bench.until(() => document.querySelector('.picture-world'));
    await bench.until(() => world.width !== 300);
  },
  zoom(factor) {
    letGo();
    const deltaY = -400 * Math.log2(factor);
    canvas().dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY, clientX: at.x, clientY: at.y }));
  },
  pan(dx, dy) {
    if (!held) point('pointerdown', 1);
    held = true;
    at.x += dx;
    at.y += dy;
    point('pointermove', 1);
  },
  /** One of the forms of the chart, by its name on the page. */
  async choose(form) {
    await window.peer.draw();
    const list = Array.from(document.querySelectorAll('.picture-tools select')).find((one) => Array.from(one.options).some(({ value }) => value === form));
    choose(list, form);
    await bench.sleep(1_000);
  },
  /** A title changed, which the chart shows. */
  async begin() {
    await window.peer.draw();
    const [post] = await window.gangtu.records('post');
    await window.gangtu.put('post', { id: post.id, title: '改过名称的岗位' });
    await bench.sleep(500);
  },
  /** Takes it back or does it again; milliseconds until it is seen. */
  async edit(back) {
    await bench.sleep(300);
    const began = bench.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ctrlKey: true, shiftKey: !back, key: back ? 'z' : 'Z', code: 'KeyZ' }));
    while (paintedAt < began) await bench.frame();
    await bench.frame();
    return bench.now() - began;
  },
  /** Milliseconds of each of so many pointer events, first seen from afar, then from near. */
  async hover(count) {
    letGo();
    const taken = [];
    let seen = 0;
    for (let at = 0; at < count; at += 1) {
      if (at % 100 === 99) window.peer.zoom(4);
      const box = canvas().getBoundingClientRect();
      const share = (step) => 0.1 + 0.8 * ((at * step) % 1);
      const event = new PointerEvent('pointermove', {
        bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, buttons: 0,
        clientX: box.left + box.width * share(0.6180339), clientY: box.top + box.height * share(0.7548777),
      });
      const began = bench.now();
      canvas().dispatchEvent(event);
      taken.push(bench.now() - began);
      if (at % 20 !== 0) continue;
      await bench.painted();
      seen += document.querySelector('.picture-tip') ? 1 : 0;
    }
    if (seen * 40 < count) throw new Error(`the pointer found something ${seen} times`);
    window.peer.zoom(1 / 64);
    return taken;
  },
  /** The dialog, with A3 in parts chosen. */
  async ask() {
    document.querySelector('button[aria-label="导出图片、打印"]').click();
    await bench.until(() => document.querySelector('.dialog'));
    find('.dialog label', '打印').querySelector('input').click();
    await pick('A3');
    await pick('3 张');
  },
  /** Prints; how many sheets stand ready when the browser is asked. */
  async print() {
    let sheets = 0;
    window.print = () => { sheets = document.querySelectorAll('.press-sheet').length; };
    Array.from(document.querySelectorAll('.dialog button')).find((one) => one.textContent.trim() === '打印').click();
    await bench.until(() => sheets > 0);
    return sheets;
  },
};
