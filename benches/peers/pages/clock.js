// Put into every page, ours and others': waiting for the screen, and time between frames. Draws nothing.

const now = () => performance.now();
const frame = () => new Promise((done) => requestAnimationFrame(done));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Until what was done is on screen: the second frame after it. */
async function painted() {
  await frame();
  await frame();
}

/** Until something holds: looked at whenever the document changes, and at the latest once a frame. */
async function until(holds, ms = 40_000) {
  let found = holds();
  if (found) return found;
  return new Promise((done, fail) => {
    const end = now() + ms;
    let timer;
    const look = () => {
      found = holds();
      if (!found && now() < end) return;
      watch.disconnect();
      cancelAnimationFrame(timer);
      if (found) done(found);
      else fail(new Error(`never came: ${holds}`));
    };
    const watch = new MutationObserver(look);
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const again = () => {
      timer = requestAnimationFrame(again);
      look();
    };
    timer = requestAnimationFrame(again);
  });
}

/** One step a frame; milliseconds between frames. */
async function frames(steps, step) {
  const between = [];
  await frame();
  let last = now();
  for (let at = 0; at <= steps; at += 1) {
    if (at < steps) step(at);
    await frame();
    between.push(now() - last);
    last = now();
  }
  return between;
}

/** Time until `work` is done and on screen. */
async function timed(work) {
  const began = now();
  await work();
  await painted();
  return now() - began;
}

/** 20 steps in, 20 aside, 20 out, as `window.peer` can zoom and pan; slow ones take `stride` steps at once. */
function tour(stride) {
  const { peer } = window;
  const each = 20 / stride;
  return frames(3 * each, (at) => {
    if (at < each) peer.zoom(1.12 ** stride);
    else if (at < 2 * each) peer.pan(20 * stride, at < 1.5 * each ? 10 * stride : -10 * stride);
    else peer.zoom(1.12 ** -stride);
  });
}

/** What ours does behind the scenes after an import is over: look-up index, snapshot. */
async function settled() {
  await window.gangtu.find('测', 1);
  await sleep(3_000);
  await window.gangtu.find('测', 1);
  await painted();
}

window.bench = { now, frame, sleep, painted, until, frames, timed, tour, settled };
