// d3-org-chart with every card open: SVG with HTML inside, as its own examples draw it.

import { zoomIdentity, zoomTransform } from 'd3';
import { OrgChart } from 'd3-org-chart';
import { cards, offices } from '../../data/offices.mjs';

const { bench } = window;
let rows = [];
let chart;

const card = ({ data }) => `<div style="width:150px;height:52px;border:1px solid #888;background:#fff;padding:4px;font-size:13px">${data.title}<br>${data.holder}</div>`;

const move = (change) => {
  const { svg, zoomBehavior } = chart.getChartState();
  svg.call(zoomBehavior.transform, change(zoomTransform(svg.node())));
};

window.peer = {
  prepare: ({ posts }) => { rows = cards(offices(posts)); },
  async clear() {
    document.getElementById('stage').replaceChildren();
    await bench.painted();
  },
  async draw() {
    const data = rows.map((row) => ({ ...row, parentId: row.parent, _expanded: true }));
    chart = new OrgChart().container('#stage').svgWidth(1060).svgHeight(690).data(data).compact(true).duration(0).initialExpandLevel(99)
      .nodeWidth(() => 150).nodeHeight(() => 52).nodeContent(card).render().fit({ animate: false });
  },
  zoom: (f) => move(({ k, x, y }) => zoomIdentity.translate(530 - (530 - x) * f, 345 - (345 - y) * f).scale(k * f)),
  pan: (dx, dy) => move(({ k, x, y }) => zoomIdentity.translate(x + dx, y + dy).scale(k)),
};
