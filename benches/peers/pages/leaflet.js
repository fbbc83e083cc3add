// Leaflet on canvas with plain coordinates (no tiles, no projection).

import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { geojson, land } from '../../data/land.mjs';

const { bench } = window;
const FILLS = ['#e8f1fa', '#cfe3f5', '#a9cdea', '#7fb3dd'];
let cells;
let map;

window.peer = {
  prepare: ({ towns }) => { cells = geojson(land(towns)); },
  async clear() {
    map?.remove();
    await bench.painted();
  },
  async draw() {
    const stage = document.getElementById('stage');
    map = L.map(stage, { crs: L.CRS.Simple, preferCanvas: true, zoomAnimation: false, fadeAnimation: false, zoomSnap: 0, zoomControl: false, attributionControl: false, minZoom: -12 });
    const style = ({ properties }) => ({ color: '#456', weight: properties.level === 0 ? 2 : 0.6, fillColor: FILLS[properties.households % 4], fillOpacity: 0.6 });
    const layer = L.geoJSON(cells, { style });
    map.fitBounds(layer.getBounds(), { animate: false });
    layer.addTo(map);
  },
  zoom: (factor) => map.setZoom(map.getZoom() + Math.log2(factor), { animate: false }),
  pan: (dx, dy) => map.panBy([-dx, -dy], { animate: false }),
};
