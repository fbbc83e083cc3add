// A tree of offices and posts of any size, as cards (for charts of others), as rows (for tables of others)
// and as our records: the same people in the same posts. More than one town hangs under one top.

import { dice } from './dice.mjs';
import { DUTIES, IDENTITIES, OFFICES, SEATS, person, phone, town, village } from './words.mjs';

/** Posts of one town; five of them lead its offices where it is the only town. */
const POSTS_A_TOWN = 60;
const TRACKS = [['steady', '精业实干岗'], ['vanguard', '勤政先锋岗'], ['special', '专项工作岗']];
const ORIGINS = [['county_catalogue', '县级目录'], ['local_special', '本镇特设']];

/** `{top, units, posts}`: `posts` many posts, every one held. */
export function offices(posts, seed = 11) {
  const roll = dice(seed);
  const towns = Math.max(1, Math.ceil(posts / POSTS_A_TOWN));
  const made = { top: { id: 'top', name: '测试' }, units: [], posts: [] };
  for (let t = 0; t < towns; t += 1) {
    const above = towns > 1 ? `t${t}` : '';
    if (above) made.units.push({ id: above, parent: '', name: town(roll) });
    const leaders = above ? 0 : 5;
    OFFICES.forEach((name, at) => {
      const leader = leaders && at > 0 ? `t${t}p${at % leaders}` : '';
      made.units.push({ id: `t${t}u${at}`, parent: above, name, leader });
    });
    const here = Math.min(POSTS_A_TOWN, posts - t * POSTS_A_TOWN);
    for (let p = 0; p < here; p += 1) {
      const at = p < leaders ? 0 : p % OFFICES.length;
      made.posts.push(post(roll, `t${t}p${p}`, `t${t}u${at}`, made.posts.length, p < leaders));
    }
  }
  return made;
}

function post(roll, id, unit, at, leads) {
  const place = village(roll);
  return {
    id, unit, leads, no: at + 1, title: leads ? `副镇长${at + 1}` : `${place.slice(0, 2)}${roll.of(SEATS)}`, holder: person(roll),
    track: roll.below(3), origin: roll.below(2), seats: 1 + roll.below(3), identity: roll.of(IDENTITIES),
    requirements: `${1 + roll.below(5)}年以上工作经历`, duties: `${roll.of(DUTIES)}、${roll.of(DUTIES)}`,
    place: `${place}党群服务中心${1 + roll.below(4)}楼`, phone: phone(roll), counterpart: `县${roll.of(['民政局', '农业农村局', '应急管理局', '财政局'])}`,
    flow: `${place}受理—审核—公示`,
  };
}

/** Cards of others' charts, parents first: what our chart draws. */
export function cards({ top, units, posts }) {
  const unitOf = (unit) => ({ id: unit.id, parent: unit.leader || unit.parent || top.id, title: unit.name, holder: '' });
  const leads = posts.filter((one) => one.leads).map((one) => ({ id: one.id, parent: top.id, title: one.holder, holder: one.title }));
  const rest = posts.filter((one) => !one.leads).map((one) => ({ id: one.id, parent: one.unit, title: one.title, holder: one.holder }));
  return [{ id: top.id, parent: '', title: `${top.name}党委`, holder: '' }, ...leads, ...units.map(unitOf), ...rest];
}

/** The columns of the table that is measured: name in our records, Chinese head. */
export const COLUMNS = [
  ['title', '岗位名称'], ['no', '岗位序号'], ['unit', '所属机构'], ['track', '岗位类别'], ['origin', '岗位来源'], ['seats', '岗位人数'],
  ['identity', '身份要求'], ['requirements', '任职要求'], ['duties', '岗位职责'], ['flow', '工作流程'], ['place', '办公地点'], ['phone', '办公电话'],
];

/** Rows of others' tables, every cell as a reader sees it. */
export function rows({ units, posts }) {
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  return posts.map((one) => ({ ...one, unit: names.get(one.unit), track: TRACKS[one.track][1], origin: ORIGINS[one.origin][1] }));
}

/** Our records of the same. `people: false` leaves the holders out. */
export function records({ top, units, posts }, { people = true } = {}) {
  const made = [['town', 'town', { name: top.name }]];
  units.forEach((unit, at) => made.push(['unit', unit.id, { name: unit.name, no: at + 1, parent: unit.parent, led_by: unit.leader }]));
  for (const { id, leads, holder, track, origin, ...plain } of posts) {
    made.push(['post', id, { ...plain, track: TRACKS[track][0], origin: ORIGINS[origin][0] }]);
    if (!people) continue;
    made.push(['person', `${id}h`, { name: holder, leader: leads, unit: plain.unit }]);
    made.push(['holding', `${id}.h`, { main: true, role: 'a', seat: { person: `${id}h`, post: id } }]);
  }
  return made;
}

/** Fields of a record that is imported; eight ops each. */
const IMPORTED = ['title', 'no', 'unit', 'identity', 'duties', 'place', 'phone', 'requirements'];

/** Plain rows to import, for others. */
export function importRows(count) {
  const pick = (row) => Object.fromEntries(IMPORTED.map((name) => [name, row[name]]));
  return offices(count).posts.map((row) => ({ id: row.id, ...pick(row) }));
}

/** Our records of the same. */
export const importRecords = (count) => importRows(count).map(({ id, ...fields }) => ['post', id, fields]);
