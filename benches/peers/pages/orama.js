// Orama; near misses, and then any of the words, are asked for only where nothing else is found.

import { create, insertMultiple, search } from '@orama/orama';
import { grams, isLatin, lookup } from './lookup.js';

let asked = false;
const tokenizer = {
  language: 'chinese', normalizationCache: new Map(),
  tokenize: (text) => (isLatin(text) ? text.toLowerCase().split(' ').filter(Boolean) : [...new Set(grams(text, asked))]),
};

lookup(async (documents) => {
  asked = false;
  const index = create({ schema: { title: 'string', words: 'string', pinyins: 'string', initialses: 'string' }, components: { tokenizer } });
  const rows = documents.map(({ id, title, words, pinyins, initialses }) => ({ id: `d${id}`, title, words, pinyins, initialses }));
  await insertMultiple(index, rows, 5000, undefined, true, 0);
  return index;
}, async (index, query) => {
  asked = true;
  const properties = isLatin(query) ? ['pinyins', 'initialses'] : ['title', 'words'];
  const ask = (tolerance, threshold = 0) => search(index, { term: query, limit: 5, properties, tolerance, threshold, boost: { title: 2 } });
  let found = await ask(0);
  if (found.count === 0 && isLatin(query) && query.length >= 4) found = await ask(1);
  if (found.count === 0) found = await ask(0, 1);
  return found.hits.map(({ id }) => Number(id.slice(1)));
});
