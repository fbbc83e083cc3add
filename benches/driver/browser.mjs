// A browser of its own for everybody who is measured: today's Chromium without a window, a fresh profile,
// one page. Reads what the page's process takes from the kernel. Measures no time.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { puppeteer } from './packages.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const SWITCHES = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--mute-audio', '--js-flags=--max-old-space-size=4096',
];
export const VIEW = { width: 1280, height: 800 };

function executable() {
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? '').split(':')) {
      const file = path.join(folder, name);
      if (fs.existsSync(file)) return file;
    }
  }
  throw new Error(`none of ${NAMES.join(', ')} is on the PATH`);
}

/**
 * A running browser.
 *
 * @param {string[]} scripts run in every page before its own
 */
export async function launch(scripts = []) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'gangtu-bench-'));
  const browser = await puppeteer.launch({
    executablePath: executable(), headless: true, args: SWITCHES, userDataDir: profile, defaultViewport: VIEW, protocolTimeout: 600_000,
  });
  const first = (await browser.pages())[0];

  async function open(address, page = first) {
    for (const script of page === first && page.prepared ? [] : scripts) await page.evaluateOnNewDocument(script);
    page.prepared = true;
    await page.goto(address, { waitUntil: 'load', timeout: 120_000 });
    return page;
  }

  async function close() {
    await Promise.race([browser.close().catch(() => {}), new Promise((done) => setTimeout(done, 5_000).unref())]);
    const child = browser.process();
    if (child && child.exitCode === null) child.kill('SIGKILL');
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  return { browser, page: first, open, close, version: () => browser.version() };
}

/** After a collection: the page's JS heap and what its process has to itself (canvas, wasm, DOM …), in MiB; elements in the document. */
export async function memory(browser, page) {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const mib = (bytes) => Math.round((bytes / 1048576) * 10) / 10;
  const nodes = await page.evaluate(() => document.getElementsByTagName('*').length);
  return { heap: mib(usedSize + backingStorageSize), process: mib(await ownMemory(browser)), nodes };
}

/** Milliseconds the page's main thread has worked so far. */
export async function worked(page) {
  page.tasks ??= await page.createCDPSession().then(async (session) => {
    await session.send('Performance.enable', { timeDomain: 'timeTicks' });
    return session;
  });
  const { metrics } = await page.tasks.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

/** Bytes private to the largest renderer of a browser; one page is open, so that is the page's. */
async function ownMemory(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const own = (id) => {
    const text = fs.readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
    return ['Private_Dirty', 'Private_Clean'].reduce((sum, name) => sum + Number(text.match(new RegExp(`${name}:\\s+(\\d+)`))?.[1] ?? 0), 0);
  };
  try {
    return Math.max(...processInfo.filter((one) => one.type === 'renderer').map((one) => own(one.id))) * 1024;
  } catch {
    return NaN;
  }
}
