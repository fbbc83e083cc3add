// What every look-up peer shares: documents with pinyin fields by pinyin-pro, Chinese cut into pairs of
// characters, and `window.peer` around a peer's own `index` and `find`. Ranks nothing itself.

import { pinyin } from 'pinyin-pro';

/** Syllables kept in a token: enough for what people type. */
const LONGEST = 8;

export const isLatin = (text) => /^[\x00-\x7f]+$/.test(text);

/** Pinyin of one text, whole, and from every syllable on, so that a search may begin anywhere. */
function spelt(text) {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true });
  const initials = syllables.map((one) => one[0]).join('');
  const from = (list) => syllables.map((_, at) => list.slice(at, at + LONGEST));
  return { pinyin: syllables.join(''), initials, pinyins: from(syllables).map((part) => part.join('')), initialses: from(initials) };
}

function document({ id, title, words }) {
  const texts = [title, ...words].map(spelt);
  const all = (name) => texts.flatMap((one) => one[name]).join(' ');
  return { id, title, words: words.join(' '), pinyin: all('pinyin'), initials: all('initials'), pinyins: all('pinyins'), initialses: all('initialses') };
}

/** Characters and pairs of Chinese runs, other words whole; a query of two and more is pairs only. */
export function grams(text, asked = false) {
  return (text.toLowerCase().match(/[\u4e00-\u9fff]+|[a-z0-9]+/g) ?? []).flatMap((run) => {
    if (isLatin(run)) return [run];
    const pairs = Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
    return asked && run.length > 1 ? pairs : [...run, ...pairs];
  });
}

/**
 * @param {(documents: object[]) => any} index may be async
 * @param {(index: any, query: string) => number[] | Promise<number[]>} find ids, best first, five at most
 */
export function lookup(index, find) {
  let list = [];
  let built;
  window.peer = {
    prepare: (params) => { list = params.list; },
    async build() {
      built = undefined;
      const began = performance.now();
      const documents = list.map(document);
      const ready = performance.now();
      built = await index(documents);
      return { build: performance.now() - began, index: performance.now() - ready };
    },
    async search(query) {
      return (await find(built, query)).slice(0, 5).map((id) => list[id].title);
    },
  };
}
