// Pages of peers: one script each, made of `peers/pages/*.js` and the peer, minified as a site would.
// Also the scripts put into every page. Opens nothing.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { esbuild, peers } from './packages.mjs';

export const made = path.join(process.env.GANGTU_TARGET ?? path.join(peers, '../../target'), 'bench');

/** Where pictures of the measured pages go. */
export function shots() {
  const folder = path.join(made, 'shots');
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

/** A page with nothing but this body. */
export function plainPage(name, body) {
  fs.mkdirSync(made, { recursive: true });
  const file = path.join(made, `${name}.html`);
  fs.writeFileSync(file, `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${name}</title><body>${body}</body></html>`);
  return file;
}

const SETTINGS = {
  bundle: true, minify: true, format: 'iife', platform: 'browser', logLevel: 'error', mainFields: ['browser', 'module', 'main'],
  conditions: ['browser'], define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  alias: { stream: path.join(peers, 'node_modules/readable-stream/readable-browser.js'), util: path.join(peers, 'pages/node.cjs'), assert: path.join(peers, 'pages/node.cjs') },
  loader: { '.wasm': 'binary', '.png': 'dataurl', '.svg': 'dataurl', '.gif': 'dataurl', '.css': 'css' },
};

async function bundled(name) {
  fs.mkdirSync(made, { recursive: true });
  const outfile = path.join(made, `${name}.js`);
  await esbuild.build({ ...SETTINGS, entryPoints: [path.join(peers, 'pages', `${name}.js`)], outfile });
  return outfile;
}

/** The text of a script to put into a page before its own, such as `clock`. */
export const script = async (name) => fs.readFileSync(await bundled(name), 'utf8');

/** Address of a peer's page, and what its script weighs. */
export async function peerPage(name) {
  const js = await bundled(name);
  const css = js.replace(/\.js$/, '.css');
  const parts = [js, css].filter((file) => fs.existsSync(file));
  const style = fs.existsSync(css) ? `<link rel="stylesheet" href="${name}.css">` : '';
  const html = path.join(made, `${name}.html`);
  fs.writeFileSync(html, `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${name}</title>`
    + `<style>*{box-sizing:border-box}body{margin:0;font:14px "Noto Sans CJK SC",sans-serif}#stage{position:relative;width:1060px;height:690px;overflow:hidden}</style>`
    + `${style}<body><div id="stage"></div><script src="${name}.js"></script></body></html>`);
  const weigh = (size) => parts.reduce((sum, file) => sum + size(fs.readFileSync(file)), 0);
  return { address: pathToFileURL(html).href, bytes: weigh((text) => text.length), gzipped: weigh((text) => gzipSync(text, { level: 9 }).length) };
}
