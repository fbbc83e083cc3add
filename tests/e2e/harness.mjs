// Opens the packed file in a browser and watches it: every console error, page error and request is
// kept, and `close` fails the test for any that was not expected. Knows no screen of the page.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isOld, launch, target } from './kernels.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The file under test. */
export const packed = process.env.GANGTU_FILE ?? path.join(here, '../../dist/gangtu.html');

/**
 * Opens the packed file; resolves once the page is usable.
 *
 * @param {string} kernel `current`, `firefox` or a Chromium version such as `88`
 * @param {object} how
 * @param {'file'|'http'} [how.via] `file` unless told
 * @param {string} [how.file] another file than the packed one
 * @param {string} [how.hash] route after `#`
 * @param {string} [how.profileDir] keep the browser's data there, see `makeProfile`
 * @param {{width: number, height: number}} [how.viewport]
 * @param {RegExp[]} [how.expectedErrors] console or page errors that belong to the test
 * @param {RegExp[]} [how.expectedRequests] requests the test itself tries to make
 * @param {boolean} [how.wait] false: return as soon as the document is there
 * @param {(page: object) => Promise<void>} [how.before] done to the page before the file is opened
 */
export async function open(kernel, how = {}) {
  const { via = 'file', file = packed, hash = '', wait = true } = how;
  const { viewport = { width: 1366, height: 768 } } = how;
  const server = via === 'http' ? await serve(file) : null;
  const address = (server ? server.address : pathToFileURL(file).href) + (hash && `#${hash}`);
  const profileDir = how.profileDir ?? makeProfile();
  const [browser, page] = await firstPage(kernel, { profileDir, viewport });
  const log = watch(page);
  live.add({ browser, server, log });

  const opened = {
    browser,
    page,
    log,
    address,
    /** Paths the host was really asked for; nothing for `file`. */
    hits: server?.hits ?? [],
    /** Waits until the page has said `gangtu-ready` (again, after a reload). */
    ready: () => page.waitForFunction(isUsable, { timeout: 30_000, polling: 50 }),
    /** Saves `<target>/shots/<name>-<kernel>-<width>.png`. */
    screenshot: (name) => screenshot(page, `${name}-${kernel}-${viewport.width}`),
    async reload() {
      await page.reload({ waitUntil: 'load' });
      await opened.ready();
    },
    /** Ends the browser and fails for every unexpected error or request. */
    async close({ keepProfile = how.profileDir !== undefined } = {}) {
      await shut(browser);
      server?.end();
      if (!keepProfile) fs.rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
      assertQuiet(log, address, how);
    },
  };

  try {
    if (how.before) await how.before(page);
    await page.goto(address, { waitUntil: 'load' });
    if (wait) await opened.ready();
  } catch (error) {
    await screenshot(page, `failed-${kernel}-${via}`).catch(() => {});
    await shut(browser);
    server?.end();
    throw new Error(`${kernel} ${via}: ${error.message}\n${JSON.stringify(log, null, 1)}`);
  }
  return opened;
}

/** What a test has running; `close` ends it. */
const live = new Set();

/* A test that fails before its `close` must not keep the run from ending: whatever it left is ended. */
afterEach(async () => {
  for (const { browser, server, log } of live) {
    if (log.errors.length > 0) console.error('errors in a page that was left open:', log.errors);
    await shut(browser);
    server?.end();
  }
  live.clear();
});

/** An empty folder for a browser's data; the caller may open it twice to test what was kept. */
export function makeProfile() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'gangtu-profile-'));
}

/* Runs inside the page. */
function isUsable() {
  return Boolean(window.gangtu) && document.querySelector('.starting') === null;
}

/** An old kernel's first page now and then fails to open: try again with a fresh process. */
async function firstPage(kernel, options) {
  const tries = isOld(kernel) ? 4 : 2;
  for (let attempt = 1; ; attempt += 1) {
    let browser;
    try {
      browser = await launch(kernel, options);
      const page = (await browser.pages())[0] ?? (await browser.newPage());
      await page.evaluate(() => 1);
      return [browser, page];
    } catch (error) {
      if (browser) await shut(browser);
      if (attempt === tries) throw error;
    }
  }
}

function watch(page) {
  const log = { errors: [], console: [], requests: [] };
  page.on('console', (message) => {
    const text = `${message.type()}: ${message.text()}`;
    log.console.push(text);
    if (message.type() === 'error') log.errors.push(text);
  });
  page.on('pageerror', (error) => log.errors.push(`page: ${error.stack ?? error.message ?? error}`));
  page.on('error', (error) => log.errors.push(`crash: ${error.message}`));
  page.on('request', (request) => log.requests.push(request.url()));
  return log;
}

/** The one promise above all: nothing but the document itself was asked for. */
export function foreignRequests(log, address) {
  const document = address.split('#')[0];
  const own = (url) => url.split('#')[0] === document || /^(data|blob|about):/.test(url);
  return log.requests.filter((url) => !own(url));
}

function assertQuiet(log, address, { expectedErrors = [], expectedRequests = [] }) {
  const unlike = (patterns) => (text) => !patterns.some((pattern) => pattern.test(text));
  const foreign = foreignRequests(log, address).filter(unlike(expectedRequests));
  assert.deepEqual(foreign, [], 'requests other than the document');
  assert.deepEqual(log.errors.filter(unlike(expectedErrors)), [], 'errors in the page');
}

async function screenshot(page, name) {
  const folder = path.join(target, 'shots');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** Some old kernels never answer `close`. */
async function shut(browser) {
  for (const one of live) if (one.browser === browser) live.delete(one);
  const late = new Promise((resolve) => setTimeout(resolve, 5_000).unref());
  await Promise.race([browser.close().catch(() => {}), late]);
  const process = browser.process();
  if (process && process.exitCode === null) process.kill('SIGKILL');
}

/** One file on a free port of this computer, as an intranet host would send it. */
async function serve(file) {
  const hits = [];
  const server = http.createServer((request, response) => {
    hits.push(request.url);
    if (request.url !== '/gangtu.html') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    fs.createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/gangtu.html`,
    hits,
    end() {
      server.close();
      server.closeAllConnections?.();
    },
  };
}
