// PouchDB in memory, through what it needs of node.

import './node.cjs';
import PouchDB from 'pouchdb-browser';
import memory from 'pouchdb-adapter-memory';
import { documents } from './sync-documents.js';

PouchDB.plugin(memory);
documents(PouchDB, 'memory');
