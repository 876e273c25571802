import { isTier, tiering, withTiering } from '../../osdmap/cache-modes.ts';
import type { OsdMap, PgPool } from '../../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { type PoolChange, publishPools, type TierPools, withTierPools } from './tier-pools.ts';

export interface AddTier {
  readonly pool: string;
  readonly tier: string;
  /** How many objects a pool holds. */
  objectsIn(pool: PgPool): number;
  /** Though it holds some. */
  readonly forced?: boolean;
}

/** `ceph osd tier add`. @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd tier add" — exact */
export function addTier(monitor: Monitor, wanted: AddTier): MonAnswer {
  return withTierPools(monitor, wanted.pool, wanted.tier, (pools) => {
    const { base, tier } = pools;
    const refusal = refusalToBecomeTier(monitor.map(), pools) ?? unfit(tier, wanted);
    if (refusal !== undefined) return refusal;
    publishPools(monitor, `pool ${tier.name} is a tier of ${base.name}`, [
      [base.id, withTierAdded(tier)],
      [tier.id, (pool) => withTiering(pool, { tierOf: base.id })],
    ]);
    return done(`pool '${tier.name}' is now (or already was) a tier of '${base.name}'`);
  });
}

function unfit(tier: PgPool, { objectsIn, forced }: AddTier): MonAnswer | undefined {
  if (objectsIn(tier) > 0 && forced !== true)
    return refused('ENOTEMPTY', `tier pool '${tier.name}' is not empty; --force-nonempty to force`);
  if (tier.type === 'erasure')
    return refused('EOPNOTSUPP', `tier pool '${tier.name}' is an ec pool, which cannot be a tier`);
  if (tier.snaps.length === 0 && tier.removedSnaps.length === 0) return undefined;
  return refused(
    'ENOTEMPTY',
    `tier pool '${tier.name}' has snapshot state; it cannot be added as a tier without breaking the pool`,
  );
}

/** Its tiers take over its snapshots with the epoch in which they change. */
export function withTierAdded(tier: PgPool): PoolChange {
  return (base, epoch) => {
    const tiers = [...tiering(base).tiers, tier.id].sort((a, b) => a - b);
    return { ...withTiering(base, { tiers }), snapEpoch: epoch };
  };
}

/** Why a pool cannot be another's tier; undefined where it can. @ceph src/mon/OSDMonitor.cc _check_become_tier — exact */
export function refusalToBecomeTier(map: OsdMap, { base, tier }: TierPools): MonAnswer | undefined {
  const nameOf = (id: number) => map.pools.get(id)?.name ?? '';
  const { tiers } = tiering(base);
  if (tiers.includes(tier.id)) return done(`pool '${tier.name}' is now (or already was) a tier of '${base.name}'`);
  if (isTier(base)) {
    const of = nameOf(tiering(base).tierOf);
    return refused('EINVAL', `pool '${base.name}' is already a tier of '${of}', multiple tiers are not yet supported.`);
  }
  const own = tiering(tier).tiers.map((id) => `'${nameOf(id)}',`);
  if (own.length > 0)
    return refused(
      'EINVAL',
      `pool '${tier.name}' has following tier(s) already:${own.join('')} multiple tiers are not yet supported.`,
    );
  if (!isTier(tier)) return undefined;
  return refused('EINVAL', `tier pool '${tier.name}' is already a tier of '${nameOf(tiering(tier).tierOf)}'`);
}
