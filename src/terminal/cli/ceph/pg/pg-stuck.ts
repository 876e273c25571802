import { configNumber } from '../../../../engine/mon/config/value.ts';
import { inTableOrder } from '../../../../engine/mon/pg-order.ts';
import type { PgCondition, PgStat } from '../../../../engine/mon/pg-stat.ts';
import { argNumber, argTexts, type CephAnswer, type CephCall, cephCommand, shown } from '../ceph-command.ts';
import { choice, int, optional } from '../signatures.ts';
import { briefTable } from './brief-table.ts';
import { pgNodeOf } from './named-arrays.ts';
import { pgStatObject } from './stat-object.ts';

/** What a PG that is stuck so has not been for long. */
const CONDITIONS: Readonly<Record<string, PgCondition>> = {
  inactive: 'active',
  unclean: 'clean',
  undersized: 'fullsized',
  degraded: 'undegraded',
  stale: 'unstale',
};

export const pgDumpStuck = cephCommand({
  words: 'pg dump_stuck',
  summary: 'placement groups that have not been as they should for some time',
  signature: [
    { ...choice('stuckops', ['inactive', 'unclean', 'stale', 'undersized', 'degraded']), optional: true, repeat: true },
    optional(int('threshold')),
  ],
  answer: run,
});

function run(call: CephCall): CephAnswer {
  const asked = argTexts(call.args, 'stuckops');
  const stuck = asked.length === 0 ? ['unclean'] : asked;
  const { records } = call.monitor.context;
  const threshold = argNumber(call.args, 'threshold') ?? configNumber(records, 'mgr', 'mon_pg_stuck_threshold');
  const cutoff_us = call.cluster.now_us() - threshold * 1_000_000;
  const found = inTableOrder(call.stats().pgs.filter((pg) => stuck.some((what) => isStuck(pg, what, cutoff_us))));
  const answer = shown(
    call,
    () => (found.length === 0 ? '' : briefTable(found)),
    () => pgNodeOf('pg_info', { pg_ready: true, stuck_pg_stats: found.map((pg) => pgStatObject(call, pg)) }),
  );
  return { ...withLateNewline(answer, call), text: 'ok' };
}

/** The manager flushes once too often before it closes the tree. */
function withLateNewline(answer: CephAnswer, { format }: CephCall): CephAnswer {
  const { output = '' } = answer;
  if (format === 'json') return { output: output.replace(/\}$/, '\n}') };
  return format === 'xml' ? { output: output.replace('</pg_info>', '\n</pg_info>') } : answer;
}

/** @ceph src/mon/PGMap.cc PGMap::get_stuck_stats — exact */
function isStuck({ times }: PgStat, what: string, cutoff_us: number): boolean {
  const condition = CONDITIONS[what];
  const since_us = condition === undefined ? undefined : times?.left[condition];
  return since_us !== undefined && since_us < cutoff_us;
}
