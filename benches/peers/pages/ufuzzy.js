// uFuzzy with letters of every script: no index, one pass of a pattern over all texts.

import UFuzzy from '@leeoniya/ufuzzy';
import { lookup } from './lookup.js';

const SETTINGS = {
  unicode: true, interSplit: "[^\\p{L}\\d']+", intraSplit: '\\p{Ll}\\p{Lu}', intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']", intraContr: "'\\p{L}{1,2}\\b", intraMode: 1, intraSub: 1, intraTrn: 1, intraDel: 1, intraIns: 1,
};

lookup(
  (documents) => ({ fuzzy: new UFuzzy(SETTINGS), texts: documents.map((one) => `${one.title} ${one.words} ${one.pinyin} ${one.initials}`) }),
  ({ fuzzy, texts }, query) => {
    const [ids, info, order] = fuzzy.search(texts, query, 0, 1000);
    if (!ids) return [];
    return order ? order.slice(0, 5).map((at) => info.idx[at]) : ids.slice(0, 5);
  },
);
