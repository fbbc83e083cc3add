// Dexie: a row a record in IndexedDB. No history, no merging: what storing alone takes.

import Dexie from 'dexie';
import { imports, text } from './imports.js';

imports((rows) => text.to(rows), async (bytes) => {
  const base = new Dexie('records');
  base.version(1).stores({ rows: 'id' });
  await base.rows.bulkPut(text.from(bytes));
  const count = await base.rows.count();
  base.close();
  return count;
});
