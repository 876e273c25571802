import { ERRNO } from '../../../engine/base/errno.ts';
import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import type { PgPool } from '../../../engine/osdmap/osd-map.ts';
import { EXIT_NOT_YET } from '../command.ts';
import type { CephArg } from './ceph-args.ts';
import { answered, type CephAnswer, type CephCall, cephCommand, isOn, requiredText } from './ceph-command.ts';
import { choice, POOL, SURE } from './signatures.ts';

const TIER: CephArg = { ...POOL, name: 'tierpool' };
const OVERLAY: CephArg = { ...POOL, name: 'overlaypool' };
const FORCE: CephArg = {
  name: 'force_nonempty',
  type: { kind: 'bool' },
  optional: true,
  summary: 'though the pool holds objects',
};

/**
 * Pools have no tiers here: what asks for one is refused as the monitor does, or says that it is not there; what asks for
 * none is true.
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier …" — exact for pools without tiers
 */
export const tierCommands = [
  cephCommand({
    words: 'osd tier add',
    summary: 'put a pool before another as its cache',
    signature: [POOL, TIER, FORCE],
    answer: (call) => newTier(call, 'osd tier add', '; --force-nonempty to force', isOn(call.args, 'force_nonempty')),
  }),
  cephCommand({
    words: 'osd tier add-cache',
    summary: 'put a pool of some size before another as its cache',
    signature: [POOL, TIER, { name: 'size', type: { kind: 'int', range: [0] } }],
    answer: (call) => newTier(call, 'osd tier add-cache', '', false),
  }),
  cephCommand({
    words: 'osd tier rm',
    aliases: ['osd tier remove'],
    summary: 'let a pool be no cache of another any more',
    signature: [POOL, TIER],
    answer: (call) =>
      withPools(call, ['pool', 'tierpool'], ([pool, tier]) => ({
        text: `pool '${tier?.name}' is now (or already was) not a tier of '${pool?.name}'`,
      })),
  }),
  cephCommand({
    words: 'osd tier cache-mode',
    summary: 'how a pool that is a cache works',
    signature: [POOL, choice('mode', ['writeback', 'proxy', 'readproxy', 'readonly', 'none']), SURE],
    answer: (call) =>
      withPools(call, ['pool'], ([pool]) => ({ code: ERRNO.EINVAL, text: `pool '${pool?.name}' is not a tier` })),
  }),
  cephCommand({
    words: 'osd tier set-overlay',
    summary: 'let clients of a pool ask its cache',
    signature: [POOL, OVERLAY],
    answer: (call) =>
      withPools(call, ['pool', 'overlaypool'], ([pool, tier]) => ({
        code: ERRNO.EINVAL,
        text: `tier pool '${tier?.name}' is not a tier of '${pool?.name}'`,
      })),
  }),
  cephCommand({
    words: 'osd tier rm-overlay',
    aliases: ['osd tier remove-overlay'],
    summary: 'let clients of a pool ask the pool itself again',
    signature: [POOL],
    answer: (call) =>
      withPools(call, ['pool'], ([pool]) => ({ text: `there is now (or already was) no overlay for '${pool?.name}'` })),
  }),
];

/** The pools that some arguments name, or that one of them is not there. */
function withPools(
  { monitor, args }: CephCall,
  names: readonly string[],
  answer: (pools: readonly PgPool[]) => CephAnswer,
): CephAnswer {
  const pools: PgPool[] = [];
  for (const name of names) {
    const pool = monitor.findPool(requiredText(args, name));
    if (pool === undefined) return answered(noSuchPool(requiredText(args, name)));
    pools.push(pool);
  }
  return answer(pools);
}

function newTier(call: CephCall, words: string, hint: string, forced: boolean): CephAnswer {
  return withPools(call, ['pool', 'tierpool'], ([, tier]) => {
    const objects = call.stats().pools.find(({ pool }) => pool.id === tier?.id)?.objects ?? 0;
    if (objects > 0 && !forced) return { code: ERRNO.ENOTEMPTY, text: `tier pool '${tier?.name}' is not empty${hint}` };
    return { code: EXIT_NOT_YET, text: `'ceph ${words}' is not available in this sandbox yet` };
  });
}
