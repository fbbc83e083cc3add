// FlexSearch documents: its Chinese encoder for names, plain prefixes for pinyin; it may suggest where not
// all of a query is found.

import { Charset, Document, Encoder } from 'flexsearch';
import { lookup } from './lookup.js';

const plain = { normalize: false, split: /\s+/, dedupe: false };
const letters = (field) => ({ field, tokenize: 'forward', encoder: new Encoder(plain) });
const chinese = (field) => ({ field, tokenize: 'strict', encoder: Charset.CJK });

lookup((documents) => {
  const fields = [chinese('title'), chinese('words'), letters('pinyins'), letters('initialses')];
  const index = new Document({ document: { id: 'id', index: fields } });
  documents.forEach((one) => index.add(one));
  return index;
}, (index, query) => {
  const ask = (suggest) => [...new Set(index.search(query, { limit: 5, suggest }).flatMap(({ result }) => result))];
  const found = ask(false);
  return found.length > 0 ? found : ask(true);
});
