// TiddlyWiki as one file with given records in it, made by its own command.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inPackage } from '../driver/packages.mjs';
import { made } from '../driver/pages.mjs';

/** The file; ten records stand open, as a reader would find them. */
export function tiddlywiki(records) {
  const folder = path.join(made, `tiddlywiki-${records.length}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'tiddlers'), { recursive: true });
  const themes = ['tiddlywiki/vanilla', 'tiddlywiki/snowwhite'];
  fs.writeFileSync(path.join(folder, 'tiddlywiki.info'), JSON.stringify({ description: '', plugins: [], themes, languages: [] }));
  const tiddlers = records.map(({ id, title, words }) => ({ title: `${title} ${id}`, tags: words.join(' '), text: `! ${title}\n\n${words.join('、')}\n\n* 先核对材料\n* 公示七日后上报` }));
  if (tiddlers.length === 0) tiddlers.push({ title: '岗位手册', text: '还没有内容' });
  const open = tiddlers.slice(0, 10).map(({ title }) => `[[${title}]]`).join(' ');
  tiddlers.push({ title: '$:/DefaultTiddlers', text: open }, { title: '$:/SiteTitle', text: '岗位手册' });
  fs.writeFileSync(path.join(folder, 'tiddlers', 'all.json'), JSON.stringify(tiddlers));
  const words = [inPackage('tiddlywiki', 'tiddlywiki.js'), folder, '--output', folder, '--render', '$:/core/save/all', 'index.html', 'text/plain'];
  execFileSync(process.execPath, words, { stdio: 'pipe' });
  return path.join(folder, 'index.html');
}
