// PouchDB: a document a record in IndexedDB. Keeps revisions of documents, not of fields.

import PouchDB from 'pouchdb-browser';
import { imports, text } from './imports.js';

imports((rows) => text.to(rows.map(({ id, ...fields }) => ({ _id: id, ...fields }))), async (bytes) => {
  const base = new PouchDB('records', { adapter: 'idb' });
  await base.bulkDocs(text.from(bytes));
  const { doc_count: count } = await base.info();
  await base.close();
  return count;
});
