import type { EVersion } from '../../os/onode.ts';
import { osdOfShard, shardOf } from '../../os/shard-id.ts';
import { membersOf } from '../../osd/past-intervals.ts';
import { lastUpdateOf, type PgRecord } from '../../osd/pg.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';

/** What one OSD has of a PG, for those who ask. */
export interface PgPeer {
  readonly osd: number;
  /** In erasure pools; else -1. */
  readonly shard: number;
  readonly acting: boolean;
  readonly filled: boolean;
  readonly lastUpdate: EVersion;
  /** Objects up to this key are there; null where all are. */
  readonly lastBackfill: string | null;
}

/** All OSDs that hold something of a PG, in order. */
export function pgPeers(record: PgRecord, pool: PgPool): PgPeer[] {
  const acting = new Set(membersOf(record.interval.acting, pool));
  return [...record.peers]
    .map(([id, info]) => ({
      osd: osdOfShard(id),
      shard: shardOf(id),
      acting: acting.has(id),
      filled: record.backfill.includes(id),
      lastUpdate: lastUpdateOf(record, info),
      lastBackfill: info.lastBackfill,
    }))
    .sort((a, b) => a.osd - b.osd || a.shard - b.shard);
}
