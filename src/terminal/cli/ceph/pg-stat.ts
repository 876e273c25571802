import type { IoRate } from '../../../engine/cluster/stats/io-rates.ts';
import { objectsText, unfoundObjects } from '../../../engine/mon/objects-text.ts';
import { type ClusterStats, pgStates } from '../../../engine/mon/stats.ts';
import { byteText } from '../format/size-text.ts';
import { nodeOf } from '../format/tree.ts';
import { cephCommand, shown } from './ceph-command.ts';
import { oneLineIoText, rateOfAll } from './io-rates.ts';

export const pgStat = cephCommand({
  words: 'pg stat',
  summary: 'states of all placement groups on one line',
  answer: (call) => {
    const stats = call.stats();
    const answer = shown(
      call,
      () => summaryLine(stats, rateOfAll(call)),
      () => nodeOf('pg_stat', { pg_ready: true, pg_summary: summaryObject(stats) }),
    );
    // The manager flushes once too often here.
    return call.format === 'json' ? { output: (answer.output ?? '').replace(/\}$/, '\n}') } : answer;
  },
});

/** @ceph src/mon/PGMap.cc PGMapDigest::print_oneline_summary — exact, without the pace of recovery */
function summaryLine(
  { pgs, raw, bytes, degraded, misplaced, copies, objects }: ClusterStats,
  rate: IoRate | undefined,
): string {
  const unfound = unfoundObjects(pgs);
  const states = pgStates(pgs)
    .sort(([a], [b]) => oneLineOrder(a, b))
    .map(([state, count]) => `${count} ${state}`);
  const room = `${byteText(raw.usedBytes)} used, ${byteText(raw.availBytes)} / ${byteText(raw.totalBytes)} avail`;
  const bad = [
    ...(rate === undefined ? [] : [oneLineIoText(rate)]),
    ...(degraded > 0 ? [`; ${objectsText(degraded, copies, 'degraded')}`] : []),
    ...(misplaced > 0 ? [`; ${objectsText(misplaced, copies, 'misplaced')}`] : []),
    ...(unfound > 0 ? [`; ${objectsText(unfound, objects, 'unfound')}`] : []),
  ].join('');
  return `${pgs.length} pgs: ${states.join(', ')}; ${byteText(bytes)} data, ${room}${bad}\n`;
}

/** The order of a hash table, as it was seen: what is clean comes last. */
function oneLineOrder(a: string, b: string): number {
  const clean = Number(a === 'active+clean') - Number(b === 'active+clean');
  return clean !== 0 ? clean : a < b ? -1 : 1;
}

function summaryObject({ pgs, raw, bytes }: ClusterStats) {
  return {
    num_pg_by_state: pgStates(pgs).map(([name, num]) => ({ name, num })),
    num_pgs: pgs.length,
    num_bytes: bytes,
    total_bytes: raw.totalBytes,
    total_avail_bytes: raw.availBytes,
    total_used_bytes: raw.usedBytes,
    total_used_raw_bytes: raw.usedBytes,
  };
}
