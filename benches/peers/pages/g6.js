// AntV G6 with its compact-box tree on canvas.

import { Graph, treeToGraphData } from '@antv/g6';
import { cards, offices } from '../../data/offices.mjs';
import { tree } from './tree.js';

const { bench } = window;
let root;
let graph;

window.peer = {
  prepare: ({ posts }) => { root = tree(cards(offices(posts))); },
  async clear() {
    graph?.destroy();
    await bench.painted();
  },
  async draw() {
    graph = new Graph({
      container: 'stage', width: 1060, height: 690, devicePixelRatio: 1, animation: false, autoFit: 'view', zoomRange: [0.0001, 20],
      data: treeToGraphData(root, { getNodeData: ({ id, name, holder, children }) => ({ id, label: `${name}\n${holder}`, children: children.map((child) => child.id) }) }),
      node: { type: 'rect', style: { size: [150, 52], fill: '#fff', stroke: '#888', lineWidth: 1, labelText: ({ label }) => label, labelPlacement: 'center', labelFontSize: 13 } },
      edge: { type: 'polyline', style: { stroke: '#bbb' } },
      layout: { type: 'compact-box', direction: 'TB', getWidth: () => 150, getHeight: () => 52, getVGap: () => 30, getHGap: () => 8 },
      behaviors: ['zoom-canvas', 'drag-canvas'],
    });
    await graph.render();
  },
  zoom: (factor) => graph.zoomBy(factor, false, [530, 345]),
  pan: (dx, dy) => graph.translateBy([dx, dy], false),
};
