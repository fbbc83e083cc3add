// The floor: what a canvas takes to paint cards or polygons that have their places already. Nothing is laid out but
// rows, nothing is found, nothing is named but by the cards' own two lines.

import { cards, offices } from '../../data/offices.mjs';
import { land } from '../../data/land.mjs';

const { bench } = window;
const [WIDTH, HEIGHT] = [1060, 690];
const [CARD_W, CARD_H] = [180, 60];
const FILLS = ['#e8f1fa', '#cfe3f5', '#a9cdea', '#7fb3dd'];
let items;
let box;
let one;
let context;
let view;

function card({ title, holder }, at) {
  const [x, y] = [(at % box.columns) * CARD_W, Math.floor(at / box.columns) * CARD_H];
  context.fillStyle = '#fff';
  context.fillRect(x, y, 172, 52);
  context.fillStyle = '#222';
  context.fillText(title, x + 8, y + 20);
  context.fillText(holder, x + 8, y + 40);
}

function polygon({ points, households }) {
  context.beginPath();
  points.forEach(([x, y], at) => (at ? context.lineTo(x, -y) : context.moveTo(x, -y)));
  context.closePath();
  context.fillStyle = FILLS[households % 4];
  context.fill();
  context.stroke();
}

function paint() {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, WIDTH, HEIGHT);
  context.setTransform(view.k, 0, 0, view.k, view.x, view.y);
  context.font = '13px sans-serif';
  context.lineWidth = 0.6 / view.k;
  context.strokeStyle = '#456';
  items.forEach(one);
}

function around(cells) {
  const all = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const { points } of cells) {
    for (const [x, y] of points) {
      all.x0 = Math.min(all.x0, x);
      all.x1 = Math.max(all.x1, x);
      all.y0 = Math.min(all.y0, -y);
      all.y1 = Math.max(all.y1, -y);
    }
  }
  return all;
}

function rows(count) {
  const columns = Math.ceil(Math.sqrt((count * CARD_H * WIDTH) / (CARD_W * HEIGHT)));
  return { x0: 0, y0: 0, x1: columns * CARD_W, y1: Math.ceil(count / columns) * CARD_H, columns };
}

window.peer = {
  prepare({ posts, towns, step }) {
    items = posts ? cards(offices(posts)) : land(towns, undefined, step);
    one = posts ? card : polygon;
  },
  async clear() {
    document.getElementById('stage').replaceChildren();
    await bench.painted();
  },
  async draw() {
    box = one === card ? rows(items.length) : around(items);
    const k = Math.min(WIDTH / (box.x1 - box.x0), HEIGHT / (box.y1 - box.y0));
    view = { k, x: -box.x0 * k, y: -box.y0 * k };
    const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
    document.getElementById('stage').append(canvas);
    context = canvas.getContext('2d');
    paint();
  },
  zoom(f) {
    view = { k: view.k * f, x: WIDTH / 2 - (WIDTH / 2 - view.x) * f, y: HEIGHT / 2 - (HEIGHT / 2 - view.y) * f };
    paint();
  },
  pan(dx, dy) {
    view = { ...view, x: view.x + dx, y: view.y + dy };
    paint();
  },
};
