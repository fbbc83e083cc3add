// What comes from npm: it lies in `benches/peers/`, beside its lock file, not where this file is.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const benches = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
export const peers = path.join(benches, 'peers');

const require = createRequire(path.join(peers, 'package.json'));
export const puppeteer = require('puppeteer-core').default ?? require('puppeteer-core');
export const esbuild = require('esbuild');

/** A file of an installed package. */
export const inPackage = (name, file) => path.join(peers, 'node_modules', name, file);

/** `{name: version}` of installed packages. */
export function versions(names) {
  const read = (name) => JSON.parse(fs.readFileSync(inPackage(name, 'package.json'), 'utf8')).version;
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}
