import { ERRNO } from '../../../../engine/base/errno.ts';
import { parsePgId } from '../../../../engine/osdmap/pg-id.ts';
import { type CephAnswer, type CephCall, cephCommand, requiredText, shown } from '../ceph-command.ts';
import { choice, PGID } from '../signatures.ts';
import { pgNodeOf } from './named-arrays.ts';

export const pgDebug = cephCommand({
  words: 'pg debug',
  summary: 'is there any placement group that lacks objects',
  signature: [choice('debugop', ['unfound_objects_exist', 'degraded_pgs_exist'])],
  answer: (call) => {
    const { pgs } = call.stats();
    const found =
      requiredText(call.args, 'debugop') === 'unfound_objects_exist'
        ? pgs.some(({ unfound = 0 }) => unfound > 0)
        : pgs.some(({ state }) => state.split('+').includes('degraded'));
    const word = found ? 'TRUE' : 'FALSE';
    if (call.format === 'plain') return { output: `${word}\n` };
    const tree = shown(
      call,
      () => '',
      () => pgNodeOf('pg_info', { pg_ready: true }),
    );
    return { output: `${word}\n${tree.output ?? ''}` };
  },
});

export const pgRepeer = cephCommand({
  words: 'pg repeer',
  summary: 'let a placement group agree anew on who holds what',
  signature: [PGID],
  answer: repeer,
});

/** @ceph src/mon/OSDMonitor.cc "pg repeer" — the PG peers anew; Ceph makes a short pg_temp for it, here the PG is told */
function repeer(call: CephCall): CephAnswer {
  const pgid = requiredText(call.args, 'pgid');
  const id = parsePgId(pgid);
  const record = id === undefined ? undefined : call.cluster.pgs.record(id.pool, id.seed);
  if (record === undefined) return { code: ERRNO.ENOENT, text: `pgid '${pgid}' does not exist` };
  call.monitor.received();
  if (record.phase === 'unknown') return {};
  call.cluster.pgs.put({ ...record, phase: 'peering', blockedBy: [] });
  call.cluster.pgs.startWork();
  return {};
}
