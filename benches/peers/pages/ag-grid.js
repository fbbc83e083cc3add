// AG Grid Community as it comes, one filter a column and its quick filter over all.

import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';
import { COLUMNS, copies, rowsOf } from './table.js';

ModuleRegistry.registerModules([AllCommunityModule]);

const { bench } = window;
let list = [];
let grid;

window.peer = {
  prepare: (params) => { list = rowsOf(params); },
  async clear() {
    grid?.destroy();
    await bench.painted();
    window.peer.rows = copies(list);
  },
  draw: () => new Promise((done) => {
    grid = createGrid(document.getElementById('stage'), {
      rowData: window.peer.rows, getRowId: ({ data }) => data.id, animateRows: false, onFirstDataRendered: () => done(),
      columnDefs: COLUMNS.map(([field, headerName]) => ({ field, headerName, width: 130, filter: field === 'duties' ? 'agTextColumnFilter' : false })),
    });
  }),
  sort: async (up) => grid.applyColumnState({ state: [{ colId: 'title', sort: up ? 'asc' : 'desc' }] }),
  async filter(word) {
    await grid.setColumnFilterModel('duties', word ? { filterType: 'text', type: 'contains', filter: word } : null);
    grid.onFilterChanged();
  },
  search: async (word) => grid.setGridOption('quickFilterText', word),
  count: () => grid.getDisplayedRowCount(),
  viewport: () => document.querySelector('.ag-body-viewport') ?? document.querySelector('[class*="ag-"][class*="viewport"]'),
};
