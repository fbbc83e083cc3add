// Records as a bundle of ours (SPEC.md, B): the envelope, one line an action, the hash. Writes only new
// records, so no op replaces another; knows nothing of what the kinds hold. Node only.

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

/**
 * A township as bundle text.
 *
 * @param {string} id of the township
 * @param {string} name of the township
 * @param {Array<[kind: string, id: string, fields: object]>} records in any order
 * @param {number} each records an action; a clerk's import is one action, a clerk's edit another
 */
export function bundle(id, name, records, each = 1000) {
  const lines = [];
  let ops = 0;
  for (let from = 0; from < records.length; from += each) {
    const groups = records.slice(from, from + each).map(([kind, record, fields]) => {
      const [members, count] = registers(fields);
      ops += count;
      return `["${kind}","${record}",${members}]`;
    });
    const counter = lines.length + 1;
    const time = (BigInt(WRITTEN + counter) << 16n).toString(16).padStart(16, '0');
    lines.push(`{"by":"测","n":${counter},"ops":[${groups.join(',')}],"r":"${REPLICA}","t":"${time}","what":"录入"}`);
  }
  const made = new Date(WRITTEN + 86400000).toISOString().replace('.000', '');
  const head = `{"gangtu":"bundle","format":1,"township":{"id":${JSON.stringify(id)},"name":${JSON.stringify(name)}},`
    + `"sender":{"replica":"${REPLICA}","name":"测"},"made":"${made}","range":{"${REPLICA}":[1,${lines.length}]},`
    + `"counts":{"actions":${lines.length},"ops":${ops}},"actions":[`;
  const covered = `${head}\n${lines.join(',\n')}\n]`;
  const hash = createHash('sha256').update(covered).digest('hex');
  return { text: `${covered},"hash":"${hash}"}\n`, actions: lines.length, ops };
}
