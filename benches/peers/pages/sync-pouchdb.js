// PouchDB in IndexedDB.

import PouchDB from 'pouchdb-browser';
import { documents } from './sync-documents.js';

documents(PouchDB, 'idb');
