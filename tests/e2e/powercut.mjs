// What a power cut in the middle of a write leaves of Chromium's databases: half a record at the end of their
// log (LevelDB: blocks of 32 KiB; a record is its masked CRC-32C, its length, its type and its bytes).

import fs from 'node:fs';
import path from 'node:path';

const BLOCK = 32 << 10;
const HEADER = 7;
/** Type of the first piece of a record whose others are missing. */
const FIRST = 2;

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let bits = byte;
  for (let at = 0; at < 8; at += 1) bits = bits & 1 ? 0x82f63b78 ^ (bits >>> 1) : bits >>> 1;
  return bits >>> 0;
});

function crc32c(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const masked = (crc) => ((((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8) >>> 0;

/** Puts the beginning of a record behind the last one of the newest log of a profile's databases. */
export function cutShort(profileDir) {
  const folder = path.join(profileDir, 'Default/IndexedDB/file__0.indexeddb.leveldb');
  const logs = fs.readdirSync(folder).filter((name) => name.endsWith('.log')).sort();
  const log = path.join(folder, logs.at(-1));
  const bytes = Buffer.alloc(BLOCK - (fs.statSync(log).size % BLOCK) - HEADER, 'A');
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(masked(crc32c(Buffer.concat([Buffer.from([FIRST]), bytes]))), 0);
  header.writeUInt16LE(bytes.length, 4);
  header[6] = FIRST;
  fs.appendFileSync(log, Buffer.concat([header, bytes]));
}
