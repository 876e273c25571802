/** The shard of OSDs that hold whole copies: those of replicated pools. @ceph src/osd/osd_types.h shard_id_t::NO_SHARD */
export const NO_SHARD = -1;

/** More than the highest OSD id. */
const SHARD_UNIT = 2 ** 24;

/**
 * An OSD in one of its roles for a PG, as one number (`pg_shard_t`): an OSD may hold several shards of a PG over time. In
 * replicated pools it is the OSD's id.
 */
export function pgShard(osd: number, shard: number): number {
  return osd + (shard + 1) * SHARD_UNIT;
}

export function osdOfShard(id: number): number {
  return id % SHARD_UNIT;
}

export function shardOf(id: number): number {
  return Math.floor(id / SHARD_UNIT) - 1;
}

/** `3`, or `3(1)` for shard 1 on osd.3. @ceph src/osd/osd_types.cc operator<<(pg_shard_t) — exact */
export function pgShardText(id: number): string {
  return id < SHARD_UNIT ? String(id) : `${osdOfShard(id)}(${shardOf(id)})`;
}
