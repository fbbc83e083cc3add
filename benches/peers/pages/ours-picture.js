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
};
