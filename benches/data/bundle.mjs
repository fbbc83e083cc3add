// Records as a bundle of ours (SPEC.md, B): the envelope, one line an action, the hash. Knows nothing of what
// the kinds hold. Node only.

import { createHash } from 'node:crypto';

const REPLICA = 'bench0000000';
const WRITTEN = 1793581200000;

/** `{b: 1, a: 2}` as `{"a":2,"b":1}`; an array stands for a set, one register a member. */
function registers(fields) {
  const flat = {};
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value) && typeof value[0] === 'string') for (const member of value) flat[`${name}/${member}`] = true;
    else if (value !== undefined && value !== '') flat[name] = value;
  }
  const names = Object.keys(flat).sort();
  return [`{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(flat[name])}`).join(',')}}`, names.length];
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
    const groups = records.slice(from, from + each).map(([kind, record, fields, replaced]) => {
      const [members, count] = registers(fields);
      ops += count;
      return `["${kind}","${record}",${members}${replaced ? `,${registers(replaced)[0]}` : ''}]`;
    });
    const counter = lines.length + 1;
    lines.push(`{"by":"测","n":${counter},"ops":[${groups.join(',')}],"r":"${replica}","t":"${time(counter, began)}","what":"录入"}`);
  }
  const made = new Date(began + 86400000).toISOString().replace('.000', '');
  const head = `{"gangtu":"bundle","format":1,"township":{"id":${JSON.stringify(id)},"name":${JSON.stringify(name)}},`
    + `"sender":{"replica":"${replica}","name":"测"},"made":"${made}","range":{"${replica}":[1,${lines.length}]},`
    + `"counts":{"actions":${lines.length},"ops":${ops}},"actions":[`;
  const covered = `${head}\n${lines.join(',\n')}\n]`;
  const hash = createHash('sha256').update(covered).digest('hex');
  return { text: `${covered},"hash":"${hash}"}\n`, actions: lines.length, ops };
}
