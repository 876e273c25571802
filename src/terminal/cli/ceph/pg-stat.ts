import type { PoolRate } from '../../../engine/cluster/stats/io-rates.ts';
import { objectsText, unfoundObjects } from '../../../engine/mon/objects-text.ts';
import { type ClusterStats, pgStates } from '../../../engine/mon/stats.ts';
import { byteText } from '../format/size-text.ts';
import { itemsNamed, nodeOf } from '../format/tree.ts';
import { cephCommand, pgInfoShown } from './ceph-command.ts';
import {
  hasClientIo,
  oneLineIoObject,
  oneLineIoText,
  rateOfAll,
  recoveryRateObject,
  recoveryText,
} from './io-rates.ts';
import { recoverySummary } from './recovery-summary.ts';

export const pgStat = cephCommand({
  words: 'pg stat',
  summary: 'states of all placement groups on one line',
  answer: (call) => {
    const stats = call.stats();
    return pgInfoShown(
      call,
      () => summaryLine(stats, rateOfAll(call)),
      () =>
        itemsNamed(nodeOf('pg_info', { pg_ready: true, pg_summary: summaryObject(stats, rateOfAll(call)) }), {
          num_pg_by_state: 'state',
        }),
    );
  },
});

/** @ceph src/mon/PGMap.cc PGMapDigest::print_oneline_summary — exact */
function summaryLine(
  { pgs, raw, bytes, degraded, misplaced, copies, objects }: ClusterStats,
  rate: PoolRate | undefined,
): string {
  const unfound = unfoundObjects(pgs);
  const states = pgStates(pgs)
    .sort(([a], [b]) => oneLineOrder(a, b))
    .map(([state, count]) => `${count} ${state}`);
  const room = `${byteText(raw.usedBytes)} used, ${byteText(raw.availBytes)} / ${byteText(raw.totalBytes)} avail`;
  const recovery = recoveryText(rate);
  const bad = [
    ...(rate === undefined || !hasClientIo(rate) ? [] : [oneLineIoText(rate)]),
    ...(degraded > 0 ? [`; ${objectsText(degraded, copies, 'degraded')}`] : []),
    ...(misplaced > 0 ? [`; ${objectsText(misplaced, copies, 'misplaced')}`] : []),
    ...(unfound > 0 ? [`; ${objectsText(unfound, objects, 'unfound')}`] : []),
    ...(recovery === undefined ? [] : [`; ${recovery} recovering`]),
  ].join('');
  return `${pgs.length} pgs: ${states.join(', ')}; ${byteText(bytes)} data, ${room}${bad}\n`;
}

/** The order of a hash table, as it was seen: what is clean comes last. */
function oneLineOrder(a: string, b: string): number {
  const clean = Number(a === 'active+clean') - Number(b === 'active+clean');
  return clean !== 0 ? clean : a < b ? -1 : 1;
}

function summaryObject(stats: ClusterStats, rate: PoolRate | undefined) {
  const { pgs, raw, bytes } = stats;
  return {
    num_pg_by_state: pgStates(pgs).map(([name, num]) => ({ name, num })),
    num_pgs: pgs.length,
    num_bytes: bytes,
    total_bytes: raw.totalBytes,
    total_avail_bytes: raw.availBytes,
    total_used_bytes: raw.usedBytes,
    total_used_raw_bytes: raw.usedBytes,
    ...oneLineIoObject(rate),
    ...recoverySummary({ ...stats, unfound: unfoundObjects(pgs) }),
    ...recoveryRateObject(rate),
  };
}
