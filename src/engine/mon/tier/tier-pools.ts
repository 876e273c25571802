import type { PgPool } from '../../osdmap/osd-map.ts';
import { type MonAnswer, noSuchPool } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';

/** A pool, and the one that is or becomes its cache. */
export interface TierPools {
  readonly base: PgPool;
  readonly tier: PgPool;
}

/** The two pools that a command names, or that one of them is not there. */
export function withTierPools(
  monitor: Monitor,
  baseName: string,
  tierName: string,
  answer: (pools: TierPools) => MonAnswer,
): MonAnswer {
  monitor.received();
  const base = monitor.findPool(baseName);
  if (base === undefined) return noSuchPool(baseName);
  const tier = monitor.findPool(tierName);
  return tier === undefined ? noSuchPool(tierName) : answer({ base, tier });
}

export type PoolChange = (pool: PgPool, epoch: number) => PgPool;

/** Changes pools in one epoch, one change after the other: a pool may be its own tier. */
export function publishPools(
  monitor: Monitor,
  summary: string,
  changes: readonly (readonly [id: number, change: PoolChange])[],
): void {
  monitor.publish((map) => {
    const epoch = map.epoch + 1;
    const pools = new Map(map.pools);
    for (const [id, change] of changes) {
      const pool = pools.get(id);
      if (pool !== undefined) pools.set(id, { ...change(pool, epoch), lastChange: epoch });
    }
    return { ...map, pools };
  }, summary);
}

/** Makes clients send again what they have sent to the pool. @ceph src/osd/osd_types.h pg_pool_t::set_last_force_op_resend — exact */
export function resent(pool: PgPool, epoch: number): PgPool {
  return {
    ...pool,
    lastForceResend: epoch,
    ...(pool.extra === undefined
      ? {}
      : { extra: { ...pool.extra, forceResend: epoch, forceResendPrenautilus: epoch } }),
  };
}
