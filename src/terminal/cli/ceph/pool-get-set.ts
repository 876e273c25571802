import { ERRNO } from '../../../engine/base/errno.ts';
import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import { allPoolValues, type PoolValue, poolValue } from '../../../engine/mon/pool-get.ts';
import { setQuota } from '../../../engine/mon/pool-quota.ts';
import { isSettable, setPool } from '../../../engine/mon/pool-set.ts';
import { isTierVariable } from '../../../engine/mon/tier/cache-getters.ts';
import { isTier, tiering } from '../../../engine/osdmap/cache-modes.ts';
import { bloomOf } from '../../../engine/osdmap/hit-set-params.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { doubleText, generalText } from '../format/fixed-text.ts';
import { byteText, countText } from '../format/size-text.ts';
import { nodeOf, objectNode, valueNode } from '../format/tree.ts';
import { answered, type CephAnswer, type CephCall, cephCommand, isOn, requiredText, shown } from './ceph-command.ts';
import { GET_VARS, SET_VARS } from './pool-vars.ts';
import { choice, POOL, SURE, text } from './signatures.ts';

export const poolSet = cephCommand({
  words: 'osd pool set',
  summary: 'change a setting of a pool',
  signature: [POOL, choice('var', SET_VARS), text('val'), SURE],
  answer: ({ monitor, args }) => {
    const key = requiredText(args, 'var');
    const name = requiredText(args, 'pool');
    if (!isSettable(key) && monitor.findPool(name) !== undefined)
      return { code: EXIT_NOT_YET, text: `'ceph osd pool set ... ${key}' is not available in this sandbox yet` };
    const confirmed = isOn(args, 'yes_i_really_mean_it');
    return answered(setPool(monitor, { name, key, value: requiredText(args, 'val'), confirmed }));
  },
});

export const poolGet = cephCommand({
  words: 'osd pool get',
  summary: 'show a setting of a pool, or all',
  signature: [POOL, choice('var', GET_VARS)],
  answer: get,
});

function get(call: CephCall): CephAnswer {
  const { monitor, map, args } = call;
  const name = requiredText(args, 'pool');
  const key = requiredText(args, 'var');
  const pool = monitor.findPool(name);
  if (pool === undefined) return answered(noSuchPool(name));
  const foreign =
    pool.type !== 'erasure' && ERASURE_ONLY.includes(key)
      ? 'erasure'
      : isTierVariable(key) && !isTier(pool)
        ? 'tier'
        : undefined;
  if (foreign !== undefined)
    return { code: ERRNO.EACCES, text: `pool '${name}' is not a ${foreign} pool: variable not applicable` };
  if (key === 'hit_set_fpp' && bloomOf(tiering(pool).hitSet) === undefined)
    return { code: ERRNO.EINVAL, text: 'hit set is not of type Bloom; invalid to get a false positive rate!' };
  const one = poolValue(map, pool, key);
  const values = key === 'all' ? allPoolValues(map, pool) : one === undefined ? [] : [[key, one] as const];
  if (values.length === 0) return { code: ERRNO.ENOENT, text: `option '${key}' is not set on pool '${name}'` };
  return shown(
    call,
    () => values.map(([each, value]) => `${each}: ${valueText(value, each)}\n`).join(''),
    () =>
      objectNode('pool', [
        valueNode('pool', name),
        valueNode('pool_id', pool.id),
        ...values.flatMap(([each, value]) => valueNodes(each, value)),
      ]),
  );
}

/** @ceph src/mon/OSDMonitor.cc ONLY_ERASURE_CHOICES — exact */
const ERASURE_ONLY = ['erasure_code_profile', 'allow_ec_overwrites', 'allow_ec_optimizations'];

function valueText(value: PoolValue, key: string): string {
  if (key === 'use_gmt_hitset') return '1';
  return typeof value === 'number' && !Number.isInteger(value) ? generalText(value, 6) : String(value);
}

/** Shares are told twice: as they are kept, and as people give them. */
function valueNodes(key: string, value: PoolValue) {
  if (!/^cache_target_\w+_ratio$/.test(key)) return [valueNode(key, value)];
  return [valueNode(`${key}_micro`, Math.round(Number(value) * 1_000_000)), valueNode(key, value)];
}

export const poolSetQuota = cephCommand({
  words: 'osd pool set-quota',
  summary: 'limit the objects or bytes of a pool; 0 for no limit',
  signature: [POOL, choice('field', ['max_objects', 'max_bytes']), text('val')],
  answer: ({ monitor, args }) =>
    answered(setQuota(monitor, requiredText(args, 'pool'), requiredText(args, 'field'), requiredText(args, 'val'))),
});

export const poolGetQuota = cephCommand({
  words: 'osd pool get-quota',
  summary: 'show the limits of a pool',
  signature: [POOL],
  answer: getQuota,
});

function getQuota(call: CephCall): CephAnswer {
  const name = requiredText(call.args, 'pool');
  const stat = call.stats().pools.find(({ pool }) => pool.name === name);
  if (stat === undefined) return answered(noSuchPool(name));
  const { quotaMaxObjects, quotaMaxBytes, id } = stat.pool;
  const now = { objects: countText(stat.objects), bytes: doubleText(stat.dataBytes) };
  const limit = (max: string, what: string, current: string): string =>
    `${max}  (current num ${what}: ${current} ${what})`;
  const objects =
    quotaMaxObjects === 0 ? 'N/A' : limit(`${countText(quotaMaxObjects)} objects`, 'objects', now.objects);
  const bytes = quotaMaxBytes === 0 ? 'N/A' : limit(byteText(quotaMaxBytes), 'bytes', now.bytes);
  return shown(
    call,
    () => `quotas for pool '${name}':\n  max objects: ${objects}\n  max bytes  : ${bytes}\n`,
    () =>
      nodeOf('pool_quotas', {
        pool_name: name,
        pool_id: id,
        quota_max_objects: quotaMaxObjects,
        current_num_objects: stat.objects,
        quota_max_bytes: quotaMaxBytes,
        current_num_bytes: stat.dataBytes,
      }),
    '\n',
  );
}
