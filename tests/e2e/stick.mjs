// A stick as the file pickers hand it out, kept in the page's memory, that can be pulled out, filled up,
// locked and spoilt. Stands in for the platform only where nobody can click: the real pickers open
// windows of the system. Asserts nothing.

import fs from 'node:fs';
import path from 'node:path';

/** Made the page's own before it is opened: `window.stick` and pickers that answer it. */
export function fakeStick() {
  /* What fails: an exception's name for `read`, `open`, `write`, `close`, `folder`; `spoil` writes
     something else than it was told; `permission` is what the browser answers. */
  const stick = { fails: {}, permission: 'granted', asked: 0, writes: [], text: {} };
  const check = (what) => {
    if (stick.fails[what]) throw new DOMException('fake', stick.fails[what]);
  };
  const joined = (chunks) => new Blob(chunks);
  class Entry {
    constructor(kind, name) { this.kind = kind; this.name = name; }
    async queryPermission() { return stick.permission; }
    async requestPermission() {
      stick.asked += 1;
      if (stick.answer) stick.permission = stick.answer;
      return stick.permission;
    }
  }
  class FakeFile extends Entry {
    constructor(name, parent) { super('file', name); this.blob = new Blob([]); this.parent = parent; }
    async getFile() {
      check('read');
      if (this.parent && !this.parent.entries.has(this.name)) throw new DOMException('gone', 'NotFoundError');
      return new File([this.blob], this.name, { type: 'application/json' });
    }
    async createWritable() {
      check('open');
      if (stick.permission !== 'granted') throw new DOMException('fake', 'NotAllowedError');
      const chunks = [];
      const file = this;
      return {
        async write(chunk) { check('write'); chunks.push(chunk.slice ? chunk.slice() : chunk); },
        async close() {
          check('close');
          file.blob = stick.spoil ? joined(['0'.repeat(joined(chunks).size)]) : joined(chunks);
          stick.writes.push(file.name);
        },
        async abort() {},
      };
    }
  }
  class FakeFolder extends Entry {
    constructor(name) { super('directory', name); this.entries = new Map(); }
    async take(name, make, made) {
      check('folder');
      if (!this.entries.has(name)) {
        if (!make) throw new DOMException('none', 'NotFoundError');
        this.entries.set(name, made());
      }
      return this.entries.get(name);
    }
    getFileHandle(name, { create = false } = {}) { return this.take(name, create, () => new FakeFile(name, this)); }
    getDirectoryHandle(name, { create = false } = {}) { return this.take(name, create, () => new FakeFolder(name)); }
    async removeEntry(name) { check('folder'); this.entries.delete(name); }
    async* keys() { check('folder'); yield* [...this.entries.keys()]; }
  }
  stick.root = new FakeFolder('U盘');
  stick.file = new FakeFile('存档.json', null);
  /** Every file with its path. */
  stick.list = (folder = stick.root, path = '') => [...folder.entries].flatMap(([name, one]) =>
    (one.entries ? stick.list(one, `${path}${name}/`) : [`${path}${name}`]));
  const find = (path) => path.split('/').reduce((folder, name) => folder.entries.get(name), stick.root);
  stick.read = (path) => find(path).blob.text();
  stick.put = (path, text) => {
    const parts = path.split('/');
    let folder = stick.root;
    for (const name of parts.slice(0, -1)) {
      if (!folder.entries.has(name)) folder.entries.set(name, new FakeFolder(name));
      folder = folder.entries.get(name);
    }
    const file = new FakeFile(parts[parts.length - 1], folder);
    file.blob = new Blob([text]);
    folder.entries.set(file.name, file);
  };
  window.stick = stick;
  window.showDirectoryPicker = async () => stick.root;
  window.showSaveFilePicker = async () => stick.file;
  window.showOpenFilePicker = async () => [stick.file];
}

/** The browser's own store as the folder that was picked: real handles, on pages it calls secure. */
export function realFolder() {
  window.showDirectoryPicker = async () => {
    const store = await navigator.storage.getDirectory();
    return store.getDirectoryHandle('stick', { create: true });
  };
}

/**
 * A folder of this computer's disk as the picker would hand it out: what is written lies beside the file
 * until it is closed, as browsers have it. The page asks `window.disk(what, path, text)`: `disk` below.
 */
export function diskFolder() {
  const fail = (name) => { throw new DOMException('disk', name); };
  class Entry {
    constructor(kind, path) {
      this.kind = kind;
      this.path = path;
      this.name = path.split('/').pop() || 'U盘';
      // A browser keeps its own handles; what it would make of this one is none, so it shall not keep it.
      this.unkept = () => {};
    }
    async queryPermission() { return 'granted'; }
    async requestPermission() { return 'granted'; }
  }
  class DiskFile extends Entry {
    async getFile() {
      const text = await window.disk('read', this.path);
      return text === null ? fail('NotFoundError') : new File([text], this.name, { type: 'application/json' });
    }
    async createWritable() {
      await window.disk('open', this.path);
      return {
        write: async (chunk) => window.disk('write', this.path, await new Blob([chunk]).text()),
        close: async () => window.disk('close', this.path),
        abort: async () => {},
      };
    }
  }
  class DiskFolder extends Entry {
    async take(Kind, kind, name, { create = false } = {}) {
      const path = `${this.path}/${name}`;
      return (await window.disk(create ? `make ${kind}` : 'has', path)) ? new Kind(kind, path) : fail('NotFoundError');
    }
    getFileHandle(name, how) { return this.take(DiskFile, 'file', name, how); }
    getDirectoryHandle(name, how) { return this.take(DiskFolder, 'directory', name, how); }
    async removeEntry(name) { await window.disk('remove', `${this.path}/${name}`); }
    async* keys() { yield* await window.disk('list', this.path); }
  }
  window.showDirectoryPicker = async () => new DiskFolder('directory', '');
}

/** What `diskFolder` asks, done below `root`. */
export function disk(root) {
  const half = (at) => `${at}.half`;
  const does = {
    has: (at) => fs.existsSync(at),
    read: (at) => (fs.existsSync(at) ? fs.readFileSync(at, 'utf8') : null),
    open: (at) => fs.writeFileSync(half(at), ''),
    write: (at, text) => fs.appendFileSync(half(at), text),
    close: (at) => fs.renameSync(half(at), at),
    remove: (at) => fs.rmSync(at, { recursive: true, force: true }),
    list: (at) => fs.readdirSync(at).filter((name) => !name.endsWith('.half')),
    'make file': (at) => {
      if (!fs.existsSync(at)) fs.writeFileSync(at, '');
      return true;
    },
    'make directory': (at) => {
      fs.mkdirSync(at, { recursive: true });
      return true;
    },
  };
  fs.mkdirSync(root, { recursive: true });
  return (what, at, text) => does[what](path.join(root, at), text) ?? null;
}

/** As in browsers without the pickers. */
export function withoutPickers() {
  for (const name of ['showDirectoryPicker', 'showSaveFilePicker', 'showOpenFilePicker']) delete window[name];
}
