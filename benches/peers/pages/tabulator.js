// Tabulator as it comes, one filter a column.

import { TabulatorFull as Tabulator } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator.min.css';
import { COLUMNS, copies, rowsOf } from './table.js';

const { bench } = window;
let list = [];
let table;

const heard = (name) => new Promise((done) => {
  const listen = () => {
    table.off(name, listen);
    done();
  };
  table.on(name, listen);
});

window.peer = {
  prepare: (params) => { list = rowsOf(params); },
  async clear() {
    table?.destroy();
    await bench.painted();
    window.peer.rows = copies(list);
  },
  async draw() {
    const columns = COLUMNS.map(([field, title]) => ({ title, field, width: 130, sorter: typeof list[0][field] === 'number' ? 'number' : 'string' }));
    table = new Tabulator('#stage', { data: window.peer.rows, index: 'id', height: 690, columns });
    await heard('tableBuilt');
  },
  async sort(up) {
    const sorted = heard('dataSorted');
    table.setSort('title', up ? 'asc' : 'desc');
    await sorted;
  },
  async filter(word) {
    if (word) table.setFilter('duties', 'like', word);
    else table.clearFilter();
  },
  count: () => table.getDataCount('active'),
  viewport: () => document.querySelector('.tabulator-tableholder'),
};
