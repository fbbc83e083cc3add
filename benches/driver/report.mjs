// Results as they come: kept in `benches/results/<date>.json`, one part replacing the same part of the same
// day, and written as tables for people. Says where ours loses as plainly as where it wins.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launch } from './browser.mjs';
import { benches } from './packages.mjs';

const folder = path.join(benches, 'results');

export class Report {
  /** Goes on with what was measured today. */
  static async open(runs) {
    const run = await launch();
    const chromium = await run.version();
    await run.close();
    const report = new Report();
    const date = new Date().toISOString().slice(0, 10);
    report.file = path.join(folder, `${date}.json`);
    const before = fs.existsSync(report.file) ? JSON.parse(fs.readFileSync(report.file, 'utf8')) : { parts: {} };
    report.kept = { date, chromium, cores: os.cpus().length, parts: before.parts };
    report.runs = runs;
    return report;
  }

  begin(part) {
    this.kept.parts[part.name] = { runs: this.runs, title: part.title, note: part.note, sizes: [] };
  }

  /** One table: everybody at one size. */
  add(part, size, results) {
    const cell = { size, results };
    this.kept.parts[part.name].sizes.push(cell);
    console.log(`\n${table(part, cell)}`);
    this.save();
  }

  save() {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(this.file, `${JSON.stringify(this.kept, null, 1)}\n`);
  }

  finish(parts) {
    const { date, chromium, cores } = this.kept;
    const known = parts.filter((part) => this.kept.parts[part.name]);
    const goals = known.flatMap((part) => (part.goals ?? []).map((goal) => judge(goal, this.kept.parts[part.name])));
    const head = [
      `# Measured on ${date}`, '',
      `${chromium}, headless, software rasterising, ${cores} cores. Medians of the measured rounds (least–most in brackets where they`,
      'differ by a tenth or more); one warm-up round before them is not counted, unless nothing else fitted ("cold"). In every round',
      'everybody takes a turn, so a busy machine hits all alike. **×** is ours over the best peer: below 1 ours is better (for shares',
      'of right answers: above 1). Ours keeps its data in wasm memory, which is no JS heap: compare memory by the process.', '',
      '| goal | is | met |', '|---|---|---|', ...goals.map(({ text, is, met }) => `| ${text} | ${is} | ${met} |`), '',
    ];
    const chapters = known.map((part) => chapter(part, this.kept.parts[part.name]));
    fs.writeFileSync(this.file.replace(/json$/, 'md'), `${[...head, ...chapters].join('\n')}\n`);
    console.log(`\n${head.slice(7).join('\n')}\nkept in benches/results/${date}.json and .md`);
  }
}

function chapter(part, { runs, note, sizes }) {
  const versions = Object.assign({}, ...sizes.flatMap(({ results }) => results.map((one) => one.versions ?? {})));
  const listed = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ');
  const tables = sizes.map((cell) => `${cell.size === '' ? '' : `### ${spell(cell.size)}\n\n`}${table(part, cell)}\n`);
  return [`## ${part.title}`, '', `${note} ${runs} rounds.${listed ? ` ${listed}.` : ''}`, '', ...tables].join('\n');
}

const spell = (size) => (typeof size === 'number' ? size.toLocaleString('en-US') : size);

function table({ figures }, { size, results }) {
  const names = figures.filter(([name]) => results.some((one) => one.metrics?.[name]));
  const lines = [`| ${spell(size)} | ${names.map(([, head]) => head).join(' | ')} | n |`, `|---|${'---:|'.repeat(names.length + 1)}`];
  for (const one of results) {
    const who = one.ours ? `**${one.name}**` : one.name;
    if (one.notRun) {
      lines.push(`| ${who} | not run: ${one.notRun.replaceAll('|', '/')} |${' |'.repeat(names.length)}`);
      continue;
    }
    const n = one.onlyCold ? 'cold' : Math.max(...Object.values(one.metrics).map((metric) => metric.n));
    lines.push(`| ${who} | ${names.map(([name]) => shown(one.metrics[name])).join(' | ')} | ${n} |`);
  }
  const ours = results.find((one) => one.ours && one.metrics);
  const others = results.filter((one) => !one.ours && one.metrics && !one.floor);
  if (ours && others.length > 0) lines.push(`| × | ${names.map((figure) => ratio(figure, ours, others)).join(' | ')} | |`);
  return lines.join('\n');
}

function shown(metric) {
  if (!metric) return '–';
  const { median, min, max } = metric;
  const span = max - min >= Math.abs(median) / 10 && metric.n > 1 ? ` (${number(min)}–${number(max)})` : '';
  return number(median) + span;
}

const number = (value) => {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
};

/** The third word of a figure: `more` is better, or `plain` without a comparison. */
function ratio([name, , more], ours, others) {
  const values = others.map((one) => one.metrics[name]?.median).filter((value) => value > 0);
  const own = ours.metrics[name]?.median;
  if (own === undefined || values.length === 0 || more === 'plain') return '';
  const best = more ? Math.max(...values) : Math.min(...values);
  return `${(own / best).toFixed(2)}×`;
}

/**
 * A goal of `{text, size, who, metric, most}`, judged by what was measured. `against`: `most` is times that contender's figure, of
 * several the least; `than`: times its own figure at another size. `or` holds more of the kind, of which the widest counts.
 * With `least` instead, more is better: a figure, or with `against` what the best of several has.
 */
function judge(goal, { sizes }) {
  const value = (name, size) => sizes.find((cell) => cell.size === size)?.results.find((one) => one.name === name)?.metrics?.[goal.metric]?.median;
  const own = value(goal.who, goal.size);
  if (goal.least !== undefined) return judgeLeast(goal, own, value);
  const limit = ({ against, than, most }) => {
    if (than !== undefined) return value(goal.who, than) * most;
    const others = [against ?? []].flat().map((name) => value(name, goal.size)).filter((one) => one !== undefined);
    return against ? Math.min(...others) * most : most;
  };
  const limits = [goal, ...(goal.or ?? [])].map(limit).filter(Number.isFinite);
  if (own === undefined || limits.length === 0) return { text: goal.text, is: 'not measured', met: '–' };
  const most = Math.max(...limits);
  const times = goal.against || goal.than !== undefined;
  const is = goal.or ? `${number(own)}, at most ${number(most)}` : times ? `${((own / most) * goal.most).toFixed(2)}×` : number(own);
  return { text: goal.text, is, met: own <= most ? 'yes' : '**no**' };
}

function judgeLeast({ text, size, least, against }, own, value) {
  const others = (against ?? []).map((name) => value(name, size)).filter((one) => one !== undefined);
  if (own === undefined) return { text, is: 'not measured', met: '–' };
  const limit = Math.max(least, ...others);
  return { text, is: against ? `${number(own)}, the best of them ${number(limit)}` : number(own), met: own >= limit ? 'yes' : '**no**' };
}
