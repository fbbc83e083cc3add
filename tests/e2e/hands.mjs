// What a test does with a page, by the words on it and through its door. Opens nothing: `harness` does.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of files to try things with. */
export const samples = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../samples');

/** Calls the door. */
export const call = (page, name, ...words) =>
  page.evaluate((name, words) => window.gangtu[name](...words), name, words);

/** The sentence the door refuses with; empty where it does not. */
export const refusal = (page, name, ...words) => page.evaluate(
  (name, words) => window.gangtu[name](...words).then(() => '', (error) => error.message), name, words);

export const shown = (page) => page.evaluate(() => document.body.innerText);

// Polled, not asked at each frame: the page may stand behind another tab.
export const waitFor = (page, words, timeout = 20_000) => page.waitForFunction(
  (words) => document.body.innerText.includes(words), { timeout, polling: 100 }, words);

/** Waits for words in a part of the page. */
export const until = (page, words, within = 'body') => page.waitForFunction(
  (words, within) => document.querySelector(within)?.innerText.includes(words),
  { timeout: 30_000, polling: 50 }, words, within);

export const gone = (page, selector) => page.waitForFunction(
  (selector) => !document.querySelector(selector), { timeout: 30_000, polling: 50 }, selector);

export const go = (page, hash) => page.evaluate((hash) => { location.hash = hash; }, hash);

/** A township of one's own, from the start page. */
export async function newTownship(page, name) {
  await page.waitForSelector('.start-form input');
  await page.type('.start-form input', name);
  await page.click('.start-form button');
  await page.waitForSelector('.shell');
}

/** Presses the button that says exactly this, once it can be pressed. */
export async function press(page, words, within = 'body') {
  const find = (words, within) => [...document.querySelectorAll(`${within} button`)]
    .find((one) => one.innerText.trim() === words && !one.disabled);
  await page.waitForFunction(find, { timeout: 20_000, polling: 50 }, words, within);
  await page.evaluate(`(${find})(${JSON.stringify(words)}, ${JSON.stringify(within)}).click()`);
}

/** Control and a key. */
export async function chord(page, key) {
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
}

/** Ctrl+K, the command's name, Enter. */
export async function run(page, name) {
  await chord(page, 'k');
  await page.waitForSelector('.palette-input');
  await page.keyboard.type(name);
  await page.waitForFunction(
    (name) => document.querySelector('.palette-line .palette-title')?.innerText === name,
    { timeout: 5_000 },
    name,
  );
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.palette') === null, { timeout: 5_000 });
}

/** Keeps what the page offers for download in `window.saved`: name and text. */
export async function catchFiles(page) {
  await page.evaluate(() => {
    window.saved = [];
    const made = new Map();
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      const url = create(blob);
      made.set(url, blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function click() {
      const blob = made.get(this.href);
      new Response(blob).text().then((text) => window.saved.push([this.download, text]));
    };
  });
}

/** What was offered last. */
export async function savedFile(page) {
  await page.waitForFunction(() => window.saved.length > 0, { timeout: 20_000, polling: 50 });
  return page.evaluate(() => window.saved.pop());
}
