// 网格边界: borders from a file, out again, made up; bad files each with a sentence; where somebody is served.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { call, go, newTownship, press, samples, until } from './hands.mjs';
import { makeProfile, open } from './harness.mjs';

const yunxi = fs.readFileSync(path.join(samples, 'yunxi.json'), 'utf8');
const rest = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const ORIGIN = [105.3, 29.7];

/** Metres as degrees near the origin, well enough for a test. */
const degrees = ([x, y]) => [
  ORIGIN[0] + x / (111_320 * Math.cos((ORIGIN[1] * Math.PI) / 180)), ORIGIN[1] + y / 110_870,
];

const points = (flat) => Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);

/** The sample's villages and cells as a surveyor would hand them over. */
async function survey(page) {
  const kinds = await Promise.all(['village', 'grid_cell'].map((kind) => call(page, 'records', kind)));
  const features = kinds.flat().filter((one) => one.outline).map((one) => {
    const ring = points(one.outline).map(degrees);
    return {
      type: 'Feature',
      properties: { 名称: one.name, 编码: one.code },
      geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
    };
  });
  return { type: 'FeatureCollection', features };
}

async function hand(page, name, text) {
  const file = path.join(makeProfile(), name);
  fs.writeFileSync(file, text);
  const input = await page.waitForSelector('.borders .import-drop input[type=file]');
  await input.uploadFile(file);
}

async function choose(page, selector, value) {
  await page.waitForSelector(selector);
  await page.select(selector, value);
}

const wide = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);

async function look(opened, name) {
  for (const [width, height] of [[1024, 768], [1920, 1080], [390, 844]]) {
    await opened.page.setViewport({ width, height });
    await rest(500);
    assert.ok(await wide(opened.page) <= 0, `${name} at ${width} is too wide`);
    await opened.screenshot(`${name}-${width}`);
  }
  await opened.page.setViewport({ width: 1366, height: 768 });
}

test('G9 G8 borders come in from a file by name, show before they are written, and go out again', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/map/borders');
  await until(page, '现有边界没有经纬度', '.borders');
  await press(page, '导出 GeoJSON', '.borders');
  await until(page, '没有经纬度，不能导出');
  const before = await call(page, 'stateHash');
  const file = await survey(page);
  await hand(page, '测绘.geojson', JSON.stringify(file));
  await until(page, `里有 ${file.features.length} 个图形`, '.borders');
  assert.ok(!(await page.$('.borders-preview')), 'nothing is planned before somebody says which coordinates');
  await choose(page, '#borders-datum', 'wgs84');
  await until(page, `替换原边界 ${file.features.length} 个`, '.borders-said');
  assert.equal(await call(page, 'stateHash'), before, 'nothing is written by looking');
  await look(opened, 'borders-plan');
  await press(page, '写入边界', '.borders');
  await until(page, '已导入边界');
  await until(page, '已和经纬度对上', '.borders');
  // Out in another coordinate system, and in again: the same land.
  const outlines = async () => (await call(page, 'records', 'village')).map((one) => one.outline);
  const written = await outlines();
  const out = await page.evaluate(async () => {
    const made = URL.createObjectURL;
    const blobs = [];
    URL.createObjectURL = (blob) => { blobs.push(blob); return made.call(URL, blob); };
    const list = [...document.querySelectorAll('.borders-send select')][0];
    list.value = 'gcj02';
    list.dispatchEvent(new Event('change'));
    [...document.querySelectorAll('.borders-send button')][0].click();
    await new Promise((done) => { setTimeout(done, 500); });
    URL.createObjectURL = made;
    return blobs[0].text();
  });
  const sent = JSON.parse(out);
  assert.equal(sent.features.length, file.features.length);
  assert.ok(sent.features.every((one) => one.properties.名称 && !('网格员' in one.properties)));
  await hand(page, '导出.geojson', out);
  await choose(page, '#borders-datum', 'gcj02');
  await until(page, `替换原边界 ${file.features.length} 个`, '.borders-said');
  await press(page, '写入边界', '.borders');
  await until(page, '坐标系', '.borders-send');
  await page.waitForFunction(() => !document.querySelector('.borders-preview'));
  const again = await outlines();
  again.forEach((outline, at) => outline.forEach((one, nth) => {
    assert.ok(Math.abs(one - written[at][nth]) < 0.05, `${one} ${written[at][nth]}`);
  }));
  await look(opened, 'borders');
  await opened.close();
});

test('G4 bad files are told apart, each with its sentence, and change nothing', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/map/borders');
  const before = await call(page, 'stateHash');
  const villages = (await call(page, 'records', 'village')).map((one) => one.name);
  const feature = (name, geometry) => JSON.stringify({ type: 'Feature', properties: { 名称: name }, geometry });
  const polygon = (...ring) => ({ type: 'Polygon', coordinates: [ring] });
  const refused = [
    ['没有拷完.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","prop', '在第 1 个图形处断了'],
    ['表格.json', '姓名,岗位\n', '这不是 GeoJSON 文件'],
    ['图形.geojson', 'PK\u0003\u0004\u0000\u0000', '不是文字'],
  ];
  for (const [name, text, words] of refused) {
    await hand(page, name, text);
    await until(page, words, '.borders .notice-bad');
    await until(page, name, '.borders .notice-bad');
    await until(page, '数据没有变化', '.borders .notice-bad');
  }
  const told = [
    [polygon([105, 29], [106, 30], [106, 29], [105, 30.2]), '自己穿过自己'],
    [polygon([29, 105], [29, 105.1], [29.1, 105.1]), '纬度写在了经度前面'],
    [polygon([1e9, 29], [105, 29], [105, 30]), '坐标 1000000000 不是经纬度'],
    [null, '没有边界也没有点'],
  ];
  const features = told.map(([geometry], at) => feature(villages[at], geometry));
  await hand(page, '坏.geojson', `{"type":"FeatureCollection","features":[${features.join(',')}]}`);
  await choose(page, '#borders-datum', 'wgs84');
  for (const [, words] of told) await until(page, words, '.borders-notes');
  // Larger than can be read: only its size is looked at.
  const large = path.join(makeProfile(), '全市.geojson');
  fs.writeFileSync(large, '{');
  fs.truncateSync(large, 200 * 1024 * 1024);
  const input = await page.waitForSelector('.borders .import-drop input[type=file]');
  await input.uploadFile(large);
  await until(page, '文件有 200 MB，太大了', '.borders .notice-bad');
  assert.equal(await call(page, 'stateHash'), before);
  await opened.close();
});

test('G4 a large file is read with progress and can be stopped', async () => {
  const opened = await open('current');
  const { page } = opened;
  await call(page, 'importBundle', yunxi);
  await go(page, '/map/borders');
  const ring = Array.from({ length: 400 }, (_, at) => {
    const turn = (at / 400) * 2 * Math.PI;
    return [105.3 + 0.01 * Math.cos(turn), 29.7 + 0.01 * Math.sin(turn)];
  });
  const one = (at) => JSON.stringify({
    type: 'Feature', properties: { name: `图${at}` }, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
  });
  const text = `{"type":"FeatureCollection","features":[${Array.from({ length: 2500 }, (_, at) => one(at)).join(',')}]}`;
  await hand(page, '大.geojson', text);
  await until(page, '正在读取', '.borders .import-working');
  await press(page, '取消', '.borders');
  await page.waitForFunction(() => !document.querySelector('.borders .import-working'));
  await rest(500);
  assert.ok(!(await page.$('#borders-datum')), 'stopped for good');
  await hand(page, '大.geojson', text);
  await page.waitForSelector('#borders-datum', { timeout: 60_000 });
  await until(page, '里有 2500 个图形', '.borders');
  await opened.close();
});

test('P23 G7 without any border the township has a map, and people find where they are served', async () => {
  const opened = await open('current');
  const { page } = opened;
  await newTownship(page, '青石乡');
  for (let at = 1; at <= 6; at += 1) await call(page, 'put', 'village', { id: `v${at}`, name: `第${at}村`, households: at * 60 });
  await call(page, 'put', 'person', { id: 'p1', name: '何小雨' });
  for (let at = 1; at <= 4; at += 1) {
    await call(page, 'put', 'grid_cell', {
      id: `g${at}`, name: `${at}号网格`, level: 'grid', village: 'v1', places: [`柳树湾${at}组`], keeper: at === 2 ? 'p1' : null,
    });
  }
  await go(page, '/map');
  await page.waitForSelector('.picture-search input');
  await rest(800);
  const scene = await call(page, 'picture', 'map');
  assert.ok(scene.includes('示意图'), 'it says that it is a sketch');
  for (let at = 1; at <= 6; at += 1) assert.ok(scene.includes(`第${at}村`));
  await look(opened, 'map-sketch');
  await page.type('.picture-search input', '柳树湾2组');
  await until(page, '2号网格', '.picture-places');
  await page.keyboard.press('Enter');
  await until(page, '何小雨', '.picture-card');
  await rest(600);
  await opened.screenshot('map-served');
  await opened.close();
});

test('P21 what lies in a hole of a cell is not painted as the cell', async () => {
  const opened = await open('current');
  const { page } = opened;
  await newTownship(page, '青石乡');
  const square = (from, to) => [from, from, to, from, to, to, from, to];
  await call(page, 'put', 'village', { id: 'v1', name: '', households: 60, outline: [square(0, 1000), square(300, 700)] });
  await go(page, '/map');
  await page.waitForSelector('.picture-choice select');
  await page.select('.picture-choice select', 'households');
  await rest(800);
  const [hole, land, outside] = await page.evaluate(() => {
    const canvas = document.querySelector('.picture-world');
    const { width, height } = canvas;
    const at = (x, y) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data].join();
    return [at(width / 2, height / 2 + 0.06 * height), at(width / 2, height / 2 + 0.26 * height), at(2, height / 2)];
  });
  assert.equal(hole, outside);
  assert.notEqual(land, hole);
  await opened.close();
});
