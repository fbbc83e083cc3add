// Who takes part: our packed file with a township inside, and peers' pages. Each becomes an actor with one
// page that answers to `window.peer`. Says nothing about what is measured.

import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { peerPage, script } from './pages.mjs';
import { versions } from './packages.mjs';

export const packed = process.env.GANGTU_FILE;

/** Ours, with `bundle` imported; `part` names the script that plays `window.peer`. */
export function ours({ part, bundle, params = {}, job, name = '岗图' }) {
  return {
    name, ours: true,
    async open() {
      const scripts = [await script('clock'), await script(`ours-${part}`)];
      const run = await launch(scripts);
      const page = await run.open(pathToFileURL(packed).href);
      await page.waitForFunction(() => window.gangtu, { timeout: 60_000 });
      if (bundle) {
        await page.evaluate((text) => window.gangtu.importBundle(text), bundle);
        await page.evaluate(() => window.bench.settled());
      }
      await page.evaluate((given) => window.peer.prepare?.(given), params);
      return { ...run, page, job: (round) => job(page, round) };
    },
  };
}

/** A peer: its page is `peers/pages/<file>.js`. */
export function peer({ name, file, packages, params = {}, job }) {
  return {
    name, versions: versions(packages),
    async open() {
      const { address } = await peerPage(file);
      const run = await launch([await script('clock')]);
      const page = await run.open(address);
      const failed = new Promise((_, fail) => {
        page.on('error', (error) => fail(error));
        page.on('pageerror', (error) => /call stack|out of memory/i.test(error.message) && fail(error));
      });
      failed.catch(() => {});
      await page.evaluate((given) => window.peer.prepare?.(given), params);
      return { ...run, page, job: (round) => Promise.race([job(page, round), failed]) };
    },
  };
}
