// Makes what no clerk should ever hand over: bundles with sound seals around odd contents, files that
// are not what their names say, and a browser that refuses to store. Asserts nothing.

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A time as actions carry it: milliseconds since 1970 and a counter, in hexadecimal. */
export const time = (millis, counter = 0) =>
  (BigInt(millis) * 65536n + BigInt(counter)).toString(16).padStart(16, '0');

const START = Date.UTC(2026, 0, 1);

/** An action of the replica `forged`; `ops` as `[[kind, id, {register: value}]]`. */
export const action = (n, ops, more = {}) =>
  ({ by: '', n, ops, r: 'forged', t: time(START, n), what: '', ...more });

/** A bundle with a sound hash around actions given as objects or as raw lines. */
export function bundle(actions, how = {}) {
  const { township = 'forged-town', name = '试验镇', format = 1, ops = countOps(actions) } = how;
  const lines = actions.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const head = [
    '{"gangtu":"bundle"', `"format":${format}`, `"township":${JSON.stringify({ id: township, name })}`,
    '"sender":{"replica":"forged","name":"测试"}', '"made":"2026-01-01T00:00:00Z"', '"range":{}',
    `"counts":{"actions":${lines.length},"ops":${ops}}`, '"actions":[',
  ].join(',');
  return seal(`${head}${lines.map((line) => `\n${line}`).join(',')}\n]`);
}

/** Puts the hash behind the text of a bundle that ends with its actions. */
export const seal = (text) =>
  `${text},"hash":"${crypto.createHash('sha256').update(text).digest('hex')}"}\n`;

function countOps(actions) {
  const groups = actions.flatMap((one) => (typeof one === 'string' ? JSON.parse(one) : one).ops);
  return groups.filter(Array.isArray).reduce((sum, group) => sum + Object.keys(group[2]).length, 0);
}

/** Every action line of a bundle's text. */
export const actionsOf = (text) => JSON.parse(text).actions;

/** A value so deep. */
export const nested = (depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Writes a file into a folder; returns its path. */
export function written(folder, name, content) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

/**
 * A page of the same origin that is not 岗图: pages from `file://` share one store of databases.
 *
 * @returns a page of the browser with `open`, `request` and `all` for raw IndexedDB in its window
 */
export async function rawPage(opened, folder) {
  const file = written(folder, 'raw.html', '<!doctype html><meta charset="utf-8"><title>raw</title>');
  const page = await opened.browser.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => {
    window.answer = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => {};
    });
    window.openBase = (name, version) => window.answer(indexedDB.open(name, version));
    window.baseName = async () =>
      (await indexedDB.databases()).map((one) => one.name).find((name) => name.startsWith('gangtu:'));
    /** Everything in a base, as one text. */
    window.dump = async () => {
      const base = await window.openBase(await window.baseName());
      const all = {};
      for (const store of base.objectStoreNames) {
        const one = base.transaction(store).objectStore(store);
        all[store] = [await window.answer(one.getAllKeys()), await window.answer(one.getAll())];
      }
      base.close();
      return JSON.stringify(all);
    };
  });
  return page;
}

/** Made the page's own before it is opened: IndexedDB as private windows and broken profiles have it. */
export const withoutStorage = {
  'is missing': () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
  'is null': () => Object.defineProperty(window, 'indexedDB', { get: () => null }),
  'throws when asked': () => Object.defineProperty(window, 'indexedDB', {
    get() { throw new DOMException('denied', 'SecurityError'); },
  }),
  'throws when opened': () => {
    IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };
  },
  'answers InvalidStateError': () => window.refuse('InvalidStateError'),
  'answers UnknownError': () => window.refuse('UnknownError'),
  'answers QuotaExceededError': () => window.refuse('QuotaExceededError'),
  'never answers': () => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function () {
      const request = open.call(this, `lost-${Math.random()}`);
      for (const name of ['success', 'error', 'upgradeneeded']) {
        request.addEventListener(name, (event) => event.stopImmediatePropagation(), true);
      }
      return request;
    };
  },
};

/** What `withoutStorage` builds on: an open that fails with an error of this name. */
export function refusing() {
  window.refuse = (name) => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function () {
      const request = open.call(this, `refused-${Math.random()}`);
      Object.defineProperty(request, 'error', { get: () => new DOMException('refused', name) });
      const turn = (event) => {
        event.stopImmediatePropagation();
        if (event.type === 'upgradeneeded') return;
        if (request.result) request.result.close();
        request.dispatchEvent(new Event('error'));
      };
      request.addEventListener('success', turn, true);
      request.addEventListener('upgradeneeded', turn, true);
      return request;
    };
  };
}

/* Ways a full disk shows itself; run inside the page. `window.room()` puts things right again. */
export const full = {
  'at the write': () => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
    window.room = () => { IDBObjectStore.prototype.put = put; };
  },
  'at the commit': () => {
    const { commit } = IDBTransaction.prototype;
    IDBTransaction.prototype.commit = function () {
      if (this.mode === 'readonly') { commit.call(this); return; }
      Object.defineProperty(this, 'error', { value: new DOMException('full', 'QuotaExceededError') });
      this.abort();
    };
    window.room = () => { IDBTransaction.prototype.commit = commit; };
  },
  'at the opening of a transaction': () => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (stores, mode, ...more) {
      if (mode === 'readwrite') throw new DOMException('full', 'QuotaExceededError');
      return transaction.call(this, stores, mode, ...more);
    };
    window.room = () => { IDBDatabase.prototype.transaction = transaction; };
  },
};

/** Notes the longest time in which the page took no turn; `stop` answers it in milliseconds. */
export async function watchFreeze(page) {
  await page.evaluate(() => {
    window.freeze = 0;
    let before = performance.now();
    window.freezing = setInterval(() => {
      const now = performance.now();
      window.freeze = Math.max(window.freeze, now - before);
      before = now;
    }, 5);
  });
  return {
    async stop() {
      const longest = await page.evaluate(() => { clearInterval(window.freezing); return window.freeze; });
      return Math.round(longest);
    },
  };
}
