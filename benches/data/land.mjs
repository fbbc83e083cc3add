// Grid cells of any number of towns that tile the plane, up to slivers where a long side meets two short
// ones: three levels, polygons in metres, as GeoJSON (for maps of others) and as our records.

import { dice } from './dice.mjs';
import { village } from './words.mjs';

/** Cells of one town, level by level. */
const LEVELS = [28, 109, 280];
const NAMES = [['grid', '网格'], ['sub', '子网格'], ['micro', '微网格']];
/** Side of a town, distance between bends, in metres. */
const SIDE = 8000;
const STEP = 170;

const area = (shape) => {
  let twice = 0;
  shape.forEach(([x, y], at) => {
    const [nx, ny] = shape[(at + 1) % shape.length];
    twice += x * ny - nx * y;
  });
  return Math.abs(twice) / 2;
};

/** The parts of a convex shape left and right of the line `nx·x + ny·y = c`. */
function cut(shape, nx, ny, c) {
  const parts = [[], []];
  shape.forEach((from, at) => {
    const to = shape[(at + 1) % shape.length];
    const [a, b] = [from, to].map(([x, y]) => nx * x + ny * y - c);
    if (a <= 0) parts[0].push(from);
    if (a >= 0) parts[1].push(from);
    if (a * b < 0) {
      const t = a / (a - b);
      const point = [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
      parts.forEach((part) => part.push(point));
    }
  });
  return parts;
}

/** `count` convex parts of about the same size. */
function split(shape, count, roll) {
  if (count < 2) return [shape];
  const less = count >> 1;
  const share = (less / count) * (0.92 + 0.16 * roll());
  const [xs, ys] = [0, 1].map((axis) => shape.map((point) => point[axis]));
  const wide = Math.max(...xs) - Math.min(...xs) > Math.max(...ys) - Math.min(...ys);
  const angle = (wide ? 0 : Math.PI / 2) + (roll() - 0.5) * 0.6;
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
  const along = shape.map(([x, y]) => nx * x + ny * y);
  let [low, high] = [Math.min(...along), Math.max(...along)];
  const whole = area(shape);
  let parts = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const middle = (low + high) / 2;
    parts = cut(shape, nx, ny, middle);
    if (area(parts[0]) / whole < share) low = middle;
    else high = middle;
  }
  return [...split(parts[0], less, roll), ...split(parts[1], count - less, roll)];
}

/** How many parts each shape is given, by size, at least one. */
function deal(shapes, total) {
  const sizes = shapes.map(area);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const given = sizes.map((size) => 1 + Math.floor(((total - shapes.length) * size) / whole));
  let left = total - given.reduce((sum, count) => sum + count, 0);
  for (let at = 0; left > 0; at = (at + 1) % given.length, left -= 1) given[at] += 1;
  return given;
}

/** The plane bent a little, everywhere alike: neighbours keep their common border. */
const bend = ([x, y]) => [
  Math.round(x + 90 * Math.sin(y / 420 + 1.3) + 50 * Math.sin(x / 270 + y / 990)),
  Math.round(y + 90 * Math.sin(x / 470 + 0.7) + 50 * Math.sin(y / 290 - x / 1100)),
];

function outline(shape, step) {
  const points = shape.flatMap((from, at) => {
    const to = shape[(at + 1) % shape.length];
    const pieces = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / step));
    return Array.from({ length: pieces }, (_, k) => bend([0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * k) / pieces)));
  });
  return points.filter(([x, y], at) => at === 0 || x !== points[at - 1][0] || y !== points[at - 1][1]);
}

/** Cells `{id, level, parent, name, households, points}`, parents first; `step`: metres between bends. */
export function land(towns, seed = 12, step = STEP) {
  const roll = dice(seed);
  const across = Math.ceil(Math.sqrt(towns));
  const cells = [];
  for (let t = 0; t < towns; t += 1) {
    const [x, y] = [(t % across) * SIDE, Math.floor(t / across) * SIDE];
    let above = [{ id: '', shape: [[x, y], [x + SIDE, y], [x + SIDE, y + SIDE], [x, y + SIDE]] }];
    LEVELS.forEach((count, level) => {
      const given = deal(above.map((one) => one.shape), count);
      above = above.flatMap((one, at) => split(one.shape, given[at], roll).map((shape) => ({ parent: one.id, shape })));
      above.forEach((one, at) => {
        one.id = `t${t}${NAMES[level][0][0]}${at}`;
        cells.push({ ...one, level, name: `${village(roll)}${at + 1}号${NAMES[level][1]}`, households: 20 + roll.below(600), points: outline(one.shape, step) });
      });
    });
  }
  return cells;
}

/** GeoJSON in metres, outer rings counter-clockwise (RFC 7946). */
export function geojson(cells) {
  const feature = (cell) => ({
    type: 'Feature', id: cell.id, properties: { id: cell.id, name: cell.id, label: cell.name, level: cell.level, households: cell.households },
    geometry: { type: 'Polygon', coordinates: [[...cell.points, cell.points[0]]] },
  });
  return { type: 'FeatureCollection', features: cells.map(feature) };
}

/** Our records: a cell of the first level is a village of its own, four zones in turn. */
export function records(cells) {
  const zones = ['东片', '南片', '西片', '北片'].map((name, at) => ['zone', `z${at}`, { name, no: at + 1 }]);
  const villages = cells.filter((cell) => cell.level === 0).map((cell, at) => ['village', `v${cell.id}`, { name: cell.name, zone: `z${at % 4}` }]);
  const home = new Map();
  const cell = (one) => {
    home.set(one.id, one.parent ? home.get(one.parent) : `v${one.id}`);
    return ['grid_cell', one.id, {
      name: one.name, level: NAMES[one.level][0], parent: one.parent, village: home.get(one.id), households: one.households, outline: one.points.flat(),
    }];
  };
  return [['town', 'town', { name: '测试镇' }], ...zones, ...villages, ...cells.map(cell)];
}
