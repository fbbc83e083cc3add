// The map series of ECharts on canvas, coloured by a number.

import { MapChart } from 'echarts/charts';
import { GeoComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { geojson, land } from '../../data/land.mjs';

echarts.use([MapChart, GeoComponent, VisualMapComponent, CanvasRenderer]);

const { bench } = window;
let cells;
let chart;
let drawn = 0;

window.peer = {
  prepare: ({ towns }) => { cells = geojson(land(towns)); },
  async clear() {
    chart?.dispose();
    await bench.painted();
  },
  async draw() {
    const map = `map${drawn += 1}`;
    const data = cells.features.map(({ id, properties }) => ({ name: id, value: properties.households }));
    echarts.registerMap(map, { geoJSON: { ...cells, features: cells.features.map((cell) => ({ ...cell })) } });
    chart = echarts.init(document.getElementById('stage'), null, { devicePixelRatio: 1, width: 1060, height: 690 });
    chart.setOption({
      animation: false, visualMap: { show: false, min: 20, max: 620, inRange: { color: ['#e8f1fa', '#7fb3dd'] } },
      series: [{
        type: 'map', map, roam: true, aspectScale: 1, data, itemStyle: { borderColor: '#456', borderWidth: 0.6 }, label: { show: false },
        emphasis: { label: { show: false } }, scaleLimit: { min: 0.1, max: 200 },
      }],
    });
  },
  zoom: (zoom) => chart.dispatchAction({ type: 'geoRoam', componentType: 'series', seriesIndex: 0, zoom, originX: 530, originY: 345 }),
  pan: (dx, dy) => chart.dispatchAction({ type: 'geoRoam', componentType: 'series', seriesIndex: 0, dx, dy }),
};
