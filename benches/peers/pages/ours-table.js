// 台账 of ours as `window.peer`: columns chosen in their menu, sorted by a click on a name, filtered by what is
// typed over a column and in the box for all. Put into the packed file's page; calls nothing inside it.

import { COLUMNS } from '../../data/offices.mjs';

const { bench } = window;
const find = (path, text) => Array.from(document.querySelectorAll(path)).find((one) => one.textContent.trim() === text);
const rowsStand = () => document.querySelector('[data-row] .cell-link');

function type(field, word) {
  field.value = word;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

async function chooseColumns() {
  find('.table-toolbar button', '列').click();
  await bench.until(() => document.querySelector('.menu .check'));
  const wanted = new Set(COLUMNS.map(([, label]) => label));
  for (const line of document.querySelectorAll('.menu .check')) {
    const box = line.querySelector('input');
    if (!box.disabled && box.checked !== wanted.has(line.textContent.trim())) box.click();
  }
  document.querySelector('.menu-behind').click();
  await bench.painted();
}

async function openConditions() {
  if (document.querySelector('.row-conditions')) return;
  find('.table-toolbar button', '筛选').click();
  await bench.until(() => document.querySelector('.row-conditions'));
}

let sortedUp = null;

window.peer = {
  async prepare() {
    await window.peer.draw();
    await chooseColumns();
    const names = Array.from(document.querySelectorAll('.cell-name'), (name) => name.textContent.trim());
    if (names.length !== COLUMNS.length) throw new Error(`columns: ${names}`);
    await openConditions();
  },
  async clear() {
    // Back to the order by number, as the others begin.
    if (rowsStand()) find('.cell-name button', '岗位序号').click();
    await bench.painted();
    location.hash = '#/settings';
    await bench.until(() => !rowsStand());
    await bench.painted();
    sortedUp = null;
  },
  async draw() {
    location.hash = '#/list/post';
    await bench.until(rowsStand);
  },
  async sort(up) {
    if (sortedUp === up) throw new Error('sorted so already');
    find('.cell-name button', '岗位名称').click();
    sortedUp = up;
    const head = find('.cell-name', '岗位名称');
    await bench.until(() => head.getAttribute('aria-sort') === (up ? 'ascending' : 'descending'));
  },
  async filter(word) {
    type(document.querySelector('[aria-label="筛选岗位职责"]'), word);
  },
  async search(word) {
    const box = document.querySelector('.table-toolbar input[type=search]');
    box.focus();
    type(box, word);
  },
  count: () => Number(document.querySelector('.page-count').textContent.match(/\d+/)[0]),
  viewport: () => document.querySelector('.grid'),
};
