/** Counts of a PG that are not exact. */
const ESTIMATED = 'objects ~';

/**
 * What a cluster says of its PGs, of its health and in the data block of its status, a line each, without what no two
 * clusters share: times, and bytes that stores take for themselves.
 *
 * @param {readonly string[]} answers To `pg dump`, `health detail` and `status`, the first two as JSON.
 */
export function linesOf([dump = '', health = '', status = '']) {
  return [...pgLines(dump), ...healthLines(health), ...dataLines(status)];
}

/** @param {string} dump */
function pgLines(dump) {
  const parsed = JSON.parse(dump);
  const stats = (parsed.pg_map ?? parsed).pg_stats;
  return stats
    .map((/** @type {any} */ pg) => {
      const { num_objects, num_objects_degraded, num_objects_misplaced, num_objects_unfound } = pg.stat_sum;
      // After a split Ceph estimates what each part has, until a scrub has counted it.
      const counts = pg.stats_invalid
        ? ESTIMATED
        : `objects ${num_objects} degraded ${num_objects_degraded} misplaced ${num_objects_misplaced} unfound ${num_objects_unfound}`;
      return `pg ${pg.pgid} ${pg.state} up [${pg.up}] p${pg.up_primary} acting [${pg.acting}] p${pg.acting_primary} ${counts}`;
    })
    .sort();
}

/** @param {string} health */
function healthLines(health) {
  const { status, checks } = JSON.parse(health);
  const lines = Object.entries(checks).flatMap(([code, { severity, summary, detail }]) => [
    `health ${code} ${severity}: ${timeless(summary.message)}`,
    ...detail.map((/** @type {any} */ { message }) => `health ${code} | ${timeless(message)}`).sort(),
  ]);
  return [`health ${status}`, ...lines.sort()];
}

/** @param {string} text */
function timeless(text) {
  return text
    .replace(/ for \d+[smhd]?\w*,/, ' for T,')
    .replace(/since \S+/, 'since T')
    .replace(/oldest one blocked for \d+ sec/, 'oldest one blocked for T sec');
}

/** @param {string} status */
function dataLines(status) {
  const lines =
    status
      .slice(Math.max(0, status.indexOf('  data:')))
      .split('\n\n')[0]
      ?.split('\n') ?? [];
  return lines
    .filter((line) => !/usage:|^\s*(io:|client:|recovery:)/.test(line))
    .map((line) => `status ${line.trim()}`);
}

/** The lines that only one of two has, those of a PG or a code side by side. @param {readonly string[]} real @param {readonly string[]} ours */
export function difference(real, ours) {
  const estimated = new Set(real.filter((line) => line.endsWith(ESTIMATED)));
  const rough = (/** @type {string} */ line) => line.replace(/objects \d.*/, ESTIMATED);
  return onlyInOne(
    real,
    ours.map((line) => (estimated.has(rough(line)) ? rough(line) : line)),
  );
}

/** @param {readonly string[]} real @param {readonly string[]} ours */
function onlyInOne(real, ours) {
  const [a, b] = [new Set(real), new Set(ours)];
  const rows = [
    ...real.filter((line) => !b.has(line)).map((line) => `real: ${line}`),
    ...ours.filter((line) => !a.has(line)).map((line) => `ours: ${line}`),
  ];
  const about = (/** @type {string} */ row) => row.slice(6).split(' ').slice(0, 2).join(' ');
  return rows.sort((x, y) => about(x).localeCompare(about(y)) || y.localeCompare(x)).map((row) => `    ${row}`);
}
