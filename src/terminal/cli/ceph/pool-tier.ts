import { dirtyObjects } from '../../../engine/cluster/tier/dirty-objects.ts';
import { addCache } from '../../../engine/mon/tier/add-cache.ts';
import { addTier } from '../../../engine/mon/tier/become-tier.ts';
import { setCacheMode } from '../../../engine/mon/tier/cache-mode.ts';
import { removeOverlay, setOverlay } from '../../../engine/mon/tier/overlay.ts';
import { removeTier } from '../../../engine/mon/tier/remove-tier.ts';
import type { PgPool } from '../../../engine/osdmap/osd-map.ts';
import type { CephArg } from './ceph-args.ts';
import { answered, argNumber, type CephCall, cephCommand, isOn, requiredText } from './ceph-command.ts';
import { choice, POOL, SURE } from './signatures.ts';

const TIER: CephArg = { ...POOL, name: 'tierpool' };
const OVERLAY: CephArg = { ...POOL, name: 'overlaypool' };
const FORCE: CephArg = {
  name: 'force_nonempty',
  type: { kind: 'bool' },
  optional: true,
  summary: 'though the pool holds objects',
};

/** Pools before pools. @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier …" — exact */
export const tierCommands = [
  cephCommand({
    words: 'osd tier add',
    summary: 'put a pool before another as its cache',
    signature: [POOL, TIER, FORCE],
    answer: (call) =>
      answered(addTier(call.monitor, { ...namedPools(call), forced: isOn(call.args, 'force_nonempty') })),
  }),
  cephCommand({
    words: 'osd tier add-cache',
    summary: 'put a pool of some size before another as its cache',
    signature: [POOL, TIER, { name: 'size', type: { kind: 'int', range: [0] } }],
    answer: (call) =>
      answered(addCache(call.monitor, { ...namedPools(call), sizeBytes: argNumber(call.args, 'size') ?? 0 })),
  }),
  cephCommand({
    words: 'osd tier rm',
    aliases: ['osd tier remove'],
    summary: 'let a pool be no cache of another any more',
    signature: [POOL, TIER],
    answer: ({ monitor, args }) =>
      answered(removeTier(monitor, requiredText(args, 'pool'), requiredText(args, 'tierpool'))),
  }),
  cephCommand({
    words: 'osd tier cache-mode',
    summary: 'how a pool that is a cache works',
    signature: [POOL, choice('mode', ['writeback', 'proxy', 'readproxy', 'readonly', 'none']), SURE],
    answer: ({ monitor, cluster, args }) =>
      answered(
        setCacheMode(monitor, {
          pool: requiredText(args, 'pool'),
          mode: requiredText(args, 'mode'),
          confirmed: isOn(args, 'yes_i_really_mean_it'),
          dirtyIn: (pool) => dirtyObjects(cluster.pgs, pool),
        }),
      ),
  }),
  cephCommand({
    words: 'osd tier set-overlay',
    summary: 'let clients of a pool ask its cache',
    signature: [POOL, OVERLAY],
    answer: ({ monitor, args }) =>
      answered(setOverlay(monitor, requiredText(args, 'pool'), requiredText(args, 'overlaypool'))),
  }),
  cephCommand({
    words: 'osd tier rm-overlay',
    aliases: ['osd tier remove-overlay'],
    summary: 'let clients of a pool ask the pool itself again',
    signature: [POOL],
    answer: ({ monitor, args }) => answered(removeOverlay(monitor, requiredText(args, 'pool'))),
  }),
];

function namedPools(call: CephCall) {
  const objectsIn = (pool: PgPool) => call.stats().pools.find((stat) => stat.pool.id === pool.id)?.objects ?? 0;
  return { pool: requiredText(call.args, 'pool'), tier: requiredText(call.args, 'tierpool'), objectsIn };
}
