// Records as a bundle of ours (SPEC.md, B): the envelope, one line an action, the hash. Knows nothing of what
// the kinds hold. Node only.

import { createHash } from 'node:crypto';

const REPLICA = 'bench0000000';
const WRITTEN = 1793581200000;

/** `{b: 1, a: 2}` as `[['a', 2], ['b', 1]]`; an array stands for a set, one register a member. */
function registers(fields) {
  const flat = [];
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value) && typeof value[0] === 'string') for (const member of value) flat.push([`${name}/${member}`, true]);
    else if (value !== undefined && value !== '') flat.push([name, value]);
  }
  return flat.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Records alike that stand as a table; fewer stand each for itself. */
const FEWEST = 4;

const members = (list, text) => `{${list.map(([name, value], at) => `${JSON.stringify(name)}:${text(value, at)}`).join(',')}}`;

const shape = ({ kind, set, replaced }) => JSON.stringify([kind, ...[set, replaced ?? []].map((list) => list.map(([name]) => name))]);

/** Groups as they stand in a line, a table where its first record stood. */
function blocks(groups) {
  const byShape = new Map();
  for (const group of groups) {
    const alike = byShape.get(shape(group));
    if (alike) alike.push(group);
    else byShape.set(shape(group), [group]);
  }
  const written = new Set();
  return groups.flatMap((group) => {
    const alike = byShape.get(shape(group));
    if (alike.length < FEWEST) return [one(group)];
    if (written.has(alike)) return [];
    written.add(alike);
    return [table(alike)];
  }).join(',');
}

function one({ kind, id, set, replaced }) {
  const ops = members(set, JSON.stringify);
  return `["${kind}","${id}",${ops}${replaced ? `,${members(replaced, JSON.stringify)}` : ''}]`;
}

function table(alike) {
  const [{ kind, set, replaced }] = alike;
  const column = (of) => (_, at) => JSON.stringify(alike.map((group) => group[of][at][1]));
  const same = (at) => alike.every((group) => group.replaced[at][1] === replaced[at][1]);
  const before = (value, at) => (same(at) ? JSON.stringify(value) : column('replaced')(value, at));
  return `["${kind}",${JSON.stringify(alike.map(({ id }) => id))},${members(set, column('set'))}${replaced ? `,${members(replaced, before)}` : ''}]`;
}

/** The time of a copy's n-th action, from one on. */
const time = (counter, began = WRITTEN) => (BigInt(began + counter) << 16n).toString(16).padStart(16, '0');

/** The stamp of the n-th action (from zero on) of `bundle`, as another copy names it. */
export const stamp = (at) => `${time(at + 1)}@${REPLICA}`;

/**
 * A township as bundle text: new records only, so no op replaces another.
 *
 * @param {string} id of the township
 * @param {string} name of the township
 * @param {Array<[kind: string, id: string, fields: object]>} records in any order
 * @param {number} each records an action; a clerk's import is one action, a clerk's edit another
 */
export function bundle(id, name, records, each = 1000) {
  return written(id, name, records, { replica: REPLICA, began: WRITTEN, each });
}

const LATER = { replica: 'bench1111111', began: WRITTEN + 43200000, each: 1 };

/** The stamp of the n-th action of `changed`, as that copy itself names it. */
export const ownStamp = (at) => time(at + 1, LATER.began);

/** What another copy did with a township, a record an action: `[kind, id, fields, replaced stamps]`. */
export const changed = (id, name, records) => written(id, name, records, LATER);

function written(id, name, records, { replica, began, each }) {
  const lines = [];
  let ops = 0;
  for (let from = 0; from < records.length; from += each) {
    const groups = records.slice(from, from + each).map(([kind, id, fields, replaced]) => (
      { kind, id, set: registers(fields), replaced: replaced && registers(replaced) }));
    ops += groups.reduce((sum, { set }) => sum + set.length, 0);
    const counter = lines.length + 1;
    lines.push(`{"by":"测","n":${counter},"ops":[${blocks(groups)}],"r":"${replica}","t":"${time(counter, began)}","what":"录入"}`);
  }
  const made = new Date(began + 86400000).toISOString().replace('.000', '');
  const head = `{"gangtu":"bundle","format":2,"township":{"id":${JSON.stringify(id)},"name":${JSON.stringify(name)}},`
    + `"sender":{"replica":"${replica}","name":"测"},"made":"${made}","range":{"${replica}":[1,${lines.length}]},`
    + `"counts":{"actions":${lines.length},"ops":${ops}},"actions":[`;
  const covered = `${head}\n${lines.join(',\n')}\n]`;
  const hash = createHash('sha256').update(covered).digest('hex');
  return { text: `${covered},"hash":"${hash}"}\n`, actions: lines.length, ops };
}
