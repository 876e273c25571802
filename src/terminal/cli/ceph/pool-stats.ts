import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import { objectsText, unfoundObjects } from '../../../engine/mon/objects-text.ts';
import type { PoolStat } from '../../../engine/mon/stats.ts';
import { nodeOf } from '../format/tree.ts';
import { answered, argText, type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { clientIoObject, clientIoText, hasClientIo, rateOf, recoveryRateObject, recoveryText } from './io-rates.ts';
import { recoverySummary } from './recovery-summary.ts';
import { optional, POOL } from './signatures.ts';

export const poolStats = cephCommand({
  words: 'osd pool stats',
  summary: 'show what goes on in one pool or in all',
  signature: [optional({ ...POOL, name: 'pool_name' })],
  answer: stats,
});

/** @ceph src/mgr/ — `osd pool stats`, with what clients did, and recovery */
function stats(call: CephCall): CephAnswer {
  const name = argText(call.args, 'pool_name');
  const found = call.stats().pools.filter(({ pool }) => name === undefined || pool.name === name);
  if (name !== undefined && found.length === 0) return answered(noSuchPool(name));
  return shown(
    call,
    () => found.map((stat) => poolText(call, stat)).join(''),
    () =>
      nodeOf(
        'pool_stats',
        found
          .map((stat) => [stat.pool, lackingOf(call, stat)] as const)
          .map(([pool, lacking]) => ({
            pool_name: pool.name,
            pool_id: pool.id,
            recovery: recoverySummary({ ...lacking, copies: lacking.objects * pool.size }),
            recovery_rate: recoveryRateObject(rateOf(call, pool.id)),
            client_io_rate: clientIoObject(rateOf(call, pool.id)),
          })),
        'pool',
      ),
  );
}

function lackingOf(call: CephCall, { pool, objects, degraded, misplaced }: PoolStat) {
  const unfound = unfoundObjects(call.stats().pgs.filter((pg) => pg.pool === pool.id));
  return { objects, degraded, misplaced, unfound };
}

function poolText(call: CephCall, stat: PoolStat): string {
  const { pool, objects } = stat;
  const { degraded, misplaced, unfound } = lackingOf(call, stat);
  const copies = objects * pool.size;
  const rate = rateOf(call, pool.id);
  const recovery = recoveryText(rate);
  const lines = [
    degraded > 0 ? `  ${objectsText(degraded, copies, 'degraded')}\n` : '',
    misplaced > 0 ? `  ${objectsText(misplaced, copies, 'misplaced')}\n` : '',
    unfound > 0 ? `  ${objectsText(unfound, objects, 'unfound')}\n` : '',
    recovery === undefined ? '' : `  recovery io ${recovery}\n`,
    rate === undefined || !hasClientIo(rate) ? '' : `  client io ${clientIoText(rate)}\n`,
  ].join('');
  return `pool ${pool.name} id ${pool.id}\n${lines === '' ? '  nothing is going on\n' : lines}\n`;
}
