import type { Diff } from '../engine/base/records.ts';

/** Tables that change with every command, whatever it does: clock, chance, what the shell remembers, counts of reads and writes. */
const BOOKKEEPING = new Set([
  'cluster',
  'rng',
  'shell/history',
  'shell/state',
  'shell/variables',
  'pg-synced-map',
  'pg-io',
  'mgr/io-samples',
  'mgr/perf-queries',
  'osd/image-io',
  'osd/perf-queries',
]);

/** How many records a command changed, clock and the like aside: 0 for one that only looked. */
export function countChanges(diff: Diff): number {
  let count = 0;
  for (const { table } of diff) if (!BOOKKEEPING.has(table)) count++;
  return count;
}
