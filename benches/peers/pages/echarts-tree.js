// The tree of ECharts on canvas, every card open.

import { TreeChart } from 'echarts/charts';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { cards, offices } from '../../data/offices.mjs';
import { tree } from './tree.js';

echarts.use([TreeChart, CanvasRenderer]);

const { bench } = window;
let root;
let chart;

window.peer = {
  prepare: ({ posts }) => { root = tree(cards(offices(posts))); },
  async clear() {
    chart?.dispose();
    await bench.painted();
  },
  async draw() {
    chart = echarts.init(document.getElementById('stage'), null, { renderer: 'canvas', devicePixelRatio: 1, width: 1060, height: 690 });
    chart.setOption({
      animation: false,
      series: [{
        type: 'tree', data: [structuredClone(root)], orient: 'TB', edgeShape: 'polyline', initialTreeDepth: -1, expandAndCollapse: false, roam: true,
        symbol: 'rect', symbolSize: [150, 52], itemStyle: { color: '#fff', borderColor: '#888' },
        label: { show: true, position: 'inside', fontSize: 13, formatter: ({ data }) => `${data.name}\n${data.holder}` },
        top: 20, bottom: 20, left: 20, right: 20,
      }],
    });
  },
  zoom: (zoom) => chart.dispatchAction({ type: 'treeRoam', seriesIndex: 0, zoom, originX: 530, originY: 345 }),
  pan: (dx, dy) => chart.dispatchAction({ type: 'treeRoam', seriesIndex: 0, dx, dy }),
};
