// Fuse.js: looks through every text for every query.

import Fuse from 'fuse.js';
import { lookup } from './lookup.js';

const KEYS = [{ name: 'title', weight: 2 }, 'words', 'pinyin', 'initials'];

lookup(
  (documents) => new Fuse(documents, { keys: KEYS, threshold: 0.3, ignoreLocation: true }, Fuse.createIndex(KEYS, documents)),
  (fuse, query) => fuse.search(query, { limit: 5 }).map(({ item }) => item.id),
);
