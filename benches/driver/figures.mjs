// Lists of numbers as figures: median, ends, quantiles. Knows no units.

const sorted = (list) => [...list].sort((a, b) => a - b);
const round = (value) => Math.round(value * 1000) / 1000;

export function median(list) {
  const line = sorted(list);
  const half = line.length >> 1;
  return line.length % 2 ? line[half] : (line[half - 1] + line[half]) / 2;
}

/** The value a share of the list does not go beyond. */
export function quantile(list, share) {
  const line = sorted(list);
  return line[Math.min(line.length - 1, Math.max(0, Math.ceil(share * line.length) - 1))];
}

/** `{n, median, min, max}` */
export function figures(list) {
  const line = sorted(list);
  return { n: line.length, median: round(median(line)), min: round(line[0]), max: round(line[line.length - 1]) };
}
