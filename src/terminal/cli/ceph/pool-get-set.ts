import { ERRNO } from '../../../engine/base/errno.ts';
import { noSuchPool } from '../../../engine/mon/mon-answer.ts';
import { allPoolValues, type PoolValue, poolValue } from '../../../engine/mon/pool-get.ts';
import { setQuota } from '../../../engine/mon/pool-quota.ts';
import { isSettable, setPool } from '../../../engine/mon/pool-set.ts';
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
    pool.type !== 'erasure' && ERASURE_ONLY.includes(key) ? 'erasure' : isTierOnly(key) ? 'tier' : undefined;
  if (foreign !== undefined)
    return { code: ERRNO.EACCES, text: `pool '${name}' is not a ${foreign} pool: variable not applicable` };
  const one = poolValue(map, pool, key);
  const values = key === 'all' ? allPoolValues(map, pool) : one === undefined ? [] : [[key, one] as const];
  if (values.length === 0) return { code: ERRNO.ENOENT, text: `option '${key}' is not set on pool '${name}'` };
  return shown(
    call,
    () => values.map(([each, value]) => `${each}: ${valueText(value)}\n`).join(''),
    () =>
      objectNode('pool', [
        valueNode('pool', name),
        valueNode('pool_id', pool.id),
        ...values.map(([each, value]) => valueNode(each, value)),
      ]),
  );
}

/** @ceph src/mon/OSDMonitor.cc ONLY_ERASURE_CHOICES, ONLY_TIER_CHOICES — exact; no pool here is a tier */
const ERASURE_ONLY = ['erasure_code_profile', 'allow_ec_overwrites', 'allow_ec_optimizations'];

function isTierOnly(key: string): boolean {
  if (key === 'use_gmt_hitset') return false;
  return /^(hit_set_|target_max_|cache_|min_read_recency|min_write_recency)/.test(key);
}

function valueText(value: PoolValue): string {
  return typeof value === 'number' ? generalText(value, 6) : String(value);
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
