// The browsers under test: where each one is, how it is unpacked and started.
// Knows nothing of the page.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import puppeteerOld from 'puppeteer-old';

const here = path.dirname(fileURLToPath(import.meta.url));
export const target = process.env.GANGTU_TARGET ?? path.join(here, '../../target');

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];
const FIREFOX = ['firefox-esr', 'firefox'];

const SWITCHES = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-quic',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--hide-scrollbars', '--mute-audio', '--font-render-hinting=none',
];

/** Kernels of this run: `GANGTU_KERNELS=current,88`, or the ones every change must hold on. */
export const kernels = (process.env.GANGTU_KERNELS ?? 'current,109,88').split(',');

/** A running browser; `profileDir` keeps its data from one launch to the next. */
export async function launch(kernel, { profileDir, viewport }) {
  const common = { headless: true, userDataDir: profileDir, defaultViewport: viewport };
  if (kernel === 'firefox') {
    const executablePath = onPath(FIREFOX);
    return puppeteer.launch({ ...common, browser: 'firefox', executablePath, extraPrefsFirefox: QUIET_FIREFOX });
  }
  if (kernel === 'current') {
    return puppeteer.launch({ ...common, executablePath: onPath(CHROMIUM), args: SWITCHES });
  }
  const folder = unpack(kernel);
  const executablePath = path.join(folder, 'chromium');
  const libraries = [folder, path.join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const env = { ...process.env, LD_LIBRARY_PATH: libraries };
  return puppeteerOld.launch({ ...common, executablePath, args: SWITCHES, env });
}

/** Old puppeteer speaks to old kernels; the two differ in a few words. */
export const isOld = (kernel) => /^\d+$/.test(kernel);

const QUIET_FIREFOX = {
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.normandy.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(':')) {
      const file = path.join(folder, name);
      if (fs.existsSync(file)) return file;
    }
  }
  throw new Error(`none of ${names.join(', ')} is installed`);
}

/** Unpacks a kernel once per version into the target folder; whole or not at all. */
function unpack(kernel) {
  const source = path.join(here, 'node_modules', `chromium-${kernel}`);
  const { version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'));
  const folder = path.join(target, 'kernels', `${kernel}-${version}`);
  if (fs.existsSync(folder)) return folder;
  const beside = fs.mkdtempSync(`${makeParent(folder)}-`);
  const open = (name) => zlib.brotliDecompressSync(fs.readFileSync(path.join(source, 'bin', name)));
  fs.writeFileSync(path.join(beside, 'chromium'), open('chromium.br'), { mode: 0o755 });
  for (const name of ['aws.tar.br', 'swiftshader.tar.br']) {
    const tar = spawnSync('tar', ['-x', '-C', beside], { input: open(name) });
    if (tar.status !== 0) throw new Error(`unpacking ${name}: ${tar.stderr}`);
  }
  try {
    fs.renameSync(beside, folder);
  } catch (error) {
    // Another test file was quicker; its copy is as good.
    if (!fs.existsSync(folder)) throw error;
    fs.rmSync(beside, { recursive: true });
  }
  return folder;
}

function makeParent(folder) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  return folder;
}

/** `cargo xtask test` calls this file to unpack ahead of time. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  kernels.filter(isOld).forEach(unpack);
}
