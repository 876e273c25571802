import { readJson } from '../codec/json-value.ts';

const [MAX_POOLS_ID, MAX_BYTES] = [2 ** 40, Number.MAX_SAFE_INTEGER] as const;

/**
 * Bytes that pools store, of one copy, by pool id: what `ceph df -f json` (or `ceph df detail -f json`) tells.
 * Errors: DecodeError.
 */
export function poolBytesOfDf(json: Uint8Array): ReadonlyMap<number, number> {
  return new Map(
    readJson(json)
      .at('pools')
      .list()
      .map((pool) => [pool.at('id').int(0, MAX_POOLS_ID), pool.at('stats').at('stored').int(0, MAX_BYTES)]),
  );
}

/**
 * The same out of `ceph pg dump -f json` (whole, or `ceph pg dump pools`):
 * bytes of objects, so that a pool of erasure codes has what its users wrote. Errors: DecodeError.
 */
export function poolBytesOfPgDump(json: Uint8Array): ReadonlyMap<number, number> {
  const whole = readJson(json);
  const stats = whole.maybe('pg_map') ?? whole;
  const pools = stats.at('pool_stats').list();
  return new Map(
    pools.map((pool) => [
      pool.at('poolid').int(0, MAX_POOLS_ID),
      Math.max(0, pool.at('stat_sum').at('num_bytes').int(-MAX_BYTES, MAX_BYTES)),
    ]),
  );
}
