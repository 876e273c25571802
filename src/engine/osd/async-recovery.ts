import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import { osdOfShard, pgShard, shardOf } from '../os/shard-id.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import type { ActingChoice, ShardInfo } from './choose-acting.ts';

/** Counts of writes and objects from which on an OSD that is behind is treated otherwise. */
export interface RecoveryLimits {
  /** Further behind it recovers without acting. @ceph osd_async_recovery_min_cost */
  readonly asyncMinCost: number;
  /** Further behind it does not lead. @ceph osd_force_auth_primary_missing_objects */
  readonly forceAuthMissing: number;
}

/** How far an OSD's log is from the best: writes that it lacks or has too many, and objects that it lacked before. */
export function distance(info: ShardInfo, best: ShardInfo): number {
  return info.missing + Math.abs(best.lastUpdate.version - info.lastUpdate.version);
}

/** In an erasure pool what a shard has too many is taken back before. */
function shardDistance(info: ShardInfo, best: ShardInfo): number {
  return info.missing + Math.max(0, best.lastUpdate.version - info.lastUpdate.version);
}

/**
 * Leaves those out of the acting set that are far behind, as long as enough are left to write to: they recover while the
 * others serve, and act once they have all.
 *
 * @ceph src/osd/PeeringState.cc choose_async_recovery_replicated — exact, without stretch mode
 */
export function withAsyncRecovery(
  choice: ActingChoice,
  infos: readonly ShardInfo[],
  best: ShardInfo,
  { minSize }: PgPool,
  up: readonly number[],
  { asyncMinCost }: RecoveryLimits,
): ActingChoice {
  if (choice.acting.length <= minSize || infos.every((info) => distance(info, best) <= asyncMinCost)) return choice;
  const cost = costs(infos, best, distance);
  const isFar = (osd: number) => up.includes(osd) && cost(osd) > asyncMinCost;
  const far = choice.acting.filter(isFar).sort((a, b) => cost(b) - cost(a) || b - a);
  const asyncRecovery = far.slice(0, Math.max(0, choice.acting.length - minSize));
  const acting = choice.acting.filter((osd) => !asyncRecovery.includes(osd));
  return { ...choice, acting, members: acting, asyncRecovery };
}

/**
 * The same shard by shard: one that is left out leaves a hole, and the rest must suffice to read.
 *
 * @ceph src/osd/PeeringState.cc choose_async_recovery_ec — exact: a shard that may not be left out counts as one less all the same
 */
export function withAsyncShards(
  choice: ActingChoice,
  infos: readonly ShardInfo[],
  best: ShardInfo,
  { minSize }: PgPool,
  up: readonly number[],
  { asyncMinCost }: RecoveryLimits,
  suffice: (shards: readonly number[]) => boolean,
): ActingChoice {
  const wanted = new Set([...up.entries()].map(([shard, osd]) => pgShard(osd, shard)));
  const cost = costs(infos, best, shardDistance);
  const far = choice.members.filter((id) => wanted.has(id) && cost(id) > asyncMinCost);
  far.sort((a, b) => cost(b) - cost(a) || osdOfShard(b) - osdOfShard(a) || shardOf(b) - shardOf(a));
  let [members, left] = [choice.members, choice.members.length];
  const asyncRecovery: number[] = [];
  for (const id of far) {
    left--;
    const without = members.filter((other) => other !== id);
    if (left < minSize || !suffice(without.map(shardOf))) continue;
    members = without;
    asyncRecovery.push(id);
  }
  const acting = choice.acting.map((osd, shard) => (members.includes(pgShard(osd, shard)) ? osd : CRUSH_ITEM_NONE));
  return { ...choice, acting, members, asyncRecovery };
}

/** 0 for those that nothing is known of. */
function costs(infos: readonly ShardInfo[], best: ShardInfo, of: typeof distance): (id: number) => number {
  const byId = new Map(infos.map((info) => [info.id, of(info, best)]));
  return (id) => byId.get(id) ?? 0;
}
