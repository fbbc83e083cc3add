// What is looked up and what is typed for it. The first entries are the real matters of `samples/source`
// (handed in), the rest village and duty; the queries are those of `samples/queries` nothing was tuned on.

import { dice } from './dice.mjs';
import { DUTIES, KEYWORDS, STEPS, town, village } from './words.mjs';

/** The real matters, each once, with the department and the everyday terms as words. */
export function real(matters, terms) {
  const words = new Map(matters.map(({ name, department }) => [name, [department]]));
  for (const { term, matter } of terms) words.set(matter, [...(words.get(matter) ?? []), term]);
  return Array.from(words, ([title, list]) => ({ title, words: [...new Set(list)].filter(Boolean) }));
}

/** `count` entries `{id, title, words}`; those with everyday terms come first. */
export function entries(matters, count, seed = 13) {
  const roll = dice(seed);
  const known = [...matters].sort((a, b) => b.words.length - a.words.length);
  const made = known.slice(0, count).map((one, id) => ({ id, ...one }));
  while (made.length < count) {
    const [home, off] = [town(roll), roll.below(DUTIES.length)];
    const place = village(roll);
    for (let k = 0; k < 34 && made.length < count; k += 1) {
      const title = place + DUTIES[(off + k * 7) % DUTIES.length] + (roll() < 0.35 ? roll.of(STEPS) : '');
      made.push({ id: made.length, title, words: [home + roll.of(KEYWORDS), roll.of(KEYWORDS)] });
    }
  }
  return made;
}

/** Our records of the same: a matter each, the words as everyday terms. */
export function records(list) {
  const matter = (one) => ['matter', `m${one.id}`, { name: one.title, terms: one.words }];
  return [['town', 'town', { name: '测试镇' }], ...list.map(matter)];
}

/** Lines of a CSV file without line breaks inside cells, as objects. */
export function csv(text) {
  const cells = (line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, '').replace(/""/g, '"'));
  const [head, ...lines] = text.replace(/^\ufeff/, '').split(/\r?\n/).filter(Boolean);
  const names = cells(head);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, at) => [names[at], cell])));
}

/** Queries whose target is among the entries, the kinds in turn, so that whoever is slow meets all of them. */
export function queries(list, lines) {
  const titles = new Set(list.map((one) => one.title));
  const kinds = new Map();
  for (const { half, kind, query, target } of lines) {
    if (half === 'report' && titles.has(target)) kinds.set(kind, [...(kinds.get(kind) ?? []), { kind, query, target }]);
  }
  const rows = Array.from(kinds.values());
  const longest = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_, at) => rows.flatMap((row) => row.slice(at, at + 1))).flat();
}
