// MiniSearch; near misses, and then any of the words, are asked for only where nothing else is found.

import MiniSearch from 'minisearch';
import { grams, isLatin, lookup } from './lookup.js';

const asIs = (term) => term;

lookup((documents) => {
  const index = new MiniSearch({
    fields: ['title', 'words', 'pinyins', 'initialses'], processTerm: asIs,
    tokenize: (text, field) => (field === 'pinyins' || field === 'initialses' ? text.split(' ') : grams(text)),
  });
  index.addAll(documents);
  return index;
}, (index, query) => {
  const ask = (fuzzy, combineWith) => index.search(query.toLowerCase(), {
    tokenize: (text) => grams(text, true), processTerm: asIs, prefix: isLatin, fuzzy, maxFuzzy: 1, combineWith, boost: { title: 2 },
  });
  let found = ask(false, 'AND');
  if (found.length === 0 && isLatin(query) && query.length >= 4) found = ask(1, 'AND');
  if (found.length === 0) found = ask(false, 'OR');
  return found.slice(0, 5).map(({ id }) => id);
});
