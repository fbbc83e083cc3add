// d3-geo on a canvas the usual way: a path for every polygon, every frame.

import { geoIdentity, geoPath } from 'd3';
import { geojson, land } from '../../data/land.mjs';

const { bench } = window;
const [WIDTH, HEIGHT] = [1060, 690];
const FILLS = ['#e8f1fa', '#cfe3f5', '#a9cdea', '#7fb3dd'];
let cells;
let context;
let path;
let view;

function paint() {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, WIDTH, HEIGHT);
  context.setTransform(view.k, 0, 0, view.k, view.x, view.y);
  context.lineWidth = 0.6 / view.k;
  context.strokeStyle = '#456';
  for (const cell of cells.features) {
    context.beginPath();
    path(cell);
    context.fillStyle = FILLS[cell.properties.households % 4];
    context.fill();
    context.stroke();
  }
}

window.peer = {
  prepare: ({ towns }) => { cells = geojson(land(towns)); },
  async clear() {
    document.getElementById('stage').replaceChildren();
    await bench.painted();
  },
  async draw() {
    const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
    document.getElementById('stage').append(canvas);
    context = canvas.getContext('2d');
    path = geoPath(geoIdentity().reflectY(true).fitExtent([[20, 20], [WIDTH - 20, HEIGHT - 20]], cells), context);
    view = { k: 1, x: 0, y: 0 };
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
