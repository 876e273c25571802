import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import { objectsText } from '../../../engine/mon/objects-text.ts';
import type { PoolStat } from '../../../engine/mon/stats.ts';
import { nodeOf } from '../format/tree.ts';
import { answered, argText, type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { clientIoObject, clientIoText, rateOf } from './io-rates.ts';
import { optional, POOL } from './signatures.ts';

export const poolStats = cephCommand({
  words: 'osd pool stats',
  summary: 'show what goes on in one pool or in all',
  signature: [optional({ ...POOL, name: 'pool_name' })],
  answer: stats,
});

/** @ceph src/mgr/ — `osd pool stats`, with what clients did, without the pace of recovery */
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
        found.map(({ pool }) => ({
          pool_name: pool.name,
          pool_id: pool.id,
          recovery: {},
          recovery_rate: {},
          client_io_rate: clientIoObject(rateOf(call, pool.id)),
        })),
      ),
  );
}

function poolText(call: CephCall, { pool, objects, degraded, misplaced }: PoolStat): string {
  const copies = objects * pool.size;
  const rate = rateOf(call, pool.id);
  const lines = [
    degraded > 0 ? `  ${objectsText(degraded, copies, 'degraded')}\n` : '',
    misplaced > 0 ? `  ${objectsText(misplaced, copies, 'misplaced')}\n` : '',
    rate === undefined ? '' : `  client io ${clientIoText(rate)}\n`,
  ].join('');
  return `pool ${pool.name} id ${pool.id}\n${lines === '' ? '  nothing is going on\n' : lines}\n`;
}
