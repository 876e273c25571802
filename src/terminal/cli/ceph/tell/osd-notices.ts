import { ERRNO } from '../../../../engine/base/errno.ts';
import { configNumber } from '../../../../engine/mon/config/value.ts';
import type { PlainObject } from '../../format/tree.ts';
import { type CephCall, type CephCommand, cephCommand, requiredText, structured } from '../ceph-command.ts';
import { lastStatSeq } from '../osd-seq.ts';
import { int, POOL, text } from '../signatures.ts';

/** What an OSD is told or asked that concerns its own upkeep. */
export function osdNotices(osd: number): CephCommand[] {
  const quiet = (words: string, summary: string) => cephCommand({ words, summary, answer: () => ({}) });
  return [
    cephCommand({
      words: 'flush_pg_stats',
      summary: 'have it report now; prints the number of the report',
      answer: (call) => ({ output: lastStatSeq(call, osd) }),
    }),
    quiet('send_beacon', 'have it tell the monitor that it lives'),
    quiet('compact', 'tidy up its database'),
    cephCommand({
      words: 'dump_recovery_reservations',
      summary: 'recoveries that it takes part in',
      answer: (call) => structured(call, 'reservations', recoveries(call, osd)),
    }),
    cephCommand({
      words: 'dump_osd_network',
      summary: 'peers whose heartbeats are slow: none here',
      signature: [{ ...int('value'), optional: true }],
      answer: (call) =>
        structured(call, 'network', { threshold: Number(call.args.options.get('value')?.[0] ?? 1000), entries: [] }),
    }),
    cephCommand({
      words: 'list_devices',
      summary: 'devices of the OSD: none here has a serial number',
      answer: (call) => structured(call, 'list_devices', []),
    }),
    cephCommand({
      words: 'getomap',
      summary: 'keys and values of an object',
      signature: [POOL, text('objname')],
      answer: (call) => ({ output: omapText(call, osd) }),
    }),
  ];
}

/** @ceph src/common/AsyncReserver.h dump — exact names; PGs that recover or are filled, by who leads them */
function recoveries(call: CephCall, osd: number): PlainObject {
  const most = configNumber(call.monitor.context.records, `osd.${osd}`, 'osd_max_backfills');
  const busy = call
    .stats()
    .pgs.filter(({ state, acting, up }) => /recovering|backfilling/.test(state) && [...acting, ...up].includes(osd));
  const list = (isLed: boolean): PlainObject => ({
    max_allowed: most,
    min_priority: 0,
    queues: [],
    in_progress: busy
      .filter(({ actingPrimary }) => (actingPrimary === osd) === isLed)
      .map(({ pgid }) => ({ item: pgid, prio: 180, can_preempt: true })),
  });
  return { local_reservations: list(true), remote_reservations: list(false) };
}

/** @ceph src/osd/OSD.cc TestOpsSocketHook::test_ops getomap — exact; a failure is told on the same line */
function omapText(call: CephCall, osd: number): string {
  const pool = call.monitor.findPool(requiredText(call.args, 'pool'));
  const name = requiredText(call.args, 'objname');
  if (pool === undefined) return 'Invalid pool';
  for (const record of call.cluster.pgs.records()) {
    if (record.pool !== pool.id) continue;
    for (const store of call.cluster.pgs.upStores(record)) {
      if (store.osd !== osd) continue;
      for (const { hoid, omap } of store.collection(record.pool, record.seed).values())
        if (hoid.oid === name) return [...omap].map(([key, value]) => `key=${key} val=${byteText(value)}`).join('\n');
    }
  }
  return `error=-${ERRNO.ENOENT}`;
}

function byteText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => String.fromCharCode(byte)).join('');
}
