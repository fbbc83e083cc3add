// What a test does with a page, by the words on it and through its door. Opens nothing: `harness` does.

/** Calls the door. */
export const call = (page, name, ...words) =>
  page.evaluate((name, words) => window.gangtu[name](...words), name, words);

/** The sentence the door refuses with; empty where it does not. */
export const refusal = (page, name, ...words) => page.evaluate(
  (name, words) => window.gangtu[name](...words).then(() => '', (error) => error.message), name, words);

export const shown = (page) => page.evaluate(() => document.body.innerText);

export const waitFor = (page, words, timeout = 20_000) =>
  page.waitForFunction((text) => document.body.innerText.includes(text), { timeout }, words);

export const go = (page, hash) => page.evaluate((hash) => { location.hash = hash; }, hash);

/** Presses the button that says exactly this, once it can be pressed. */
export async function press(page, words) {
  const find = (text) => [...document.querySelectorAll('button')].find((b) => b.innerText.trim() === text && !b.disabled);
  await page.waitForFunction(find, { timeout: 20_000 }, words);
  await page.evaluate(`(${find})(${JSON.stringify(words)}).click()`);
}
