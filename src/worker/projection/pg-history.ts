import type { Cluster } from '../../engine/cluster/cluster.ts';
import { scrubFound } from '../../engine/cluster/scrub/records.ts';
import { NOSNAP } from '../../engine/codec/snap.ts';
import type { EVersion } from '../../engine/os/onode.ts';
import { NO_SHARD, osdOfShard, shardOf } from '../../engine/os/shard-id.ts';
import { missingOf, missingTable } from '../../engine/osd/missing.ts';
import { membersOf } from '../../engine/osd/past-intervals.ts';
import { lastUpdateOf, type PgRecord } from '../../engine/osd/pg.ts';
import { newestEntries, pgLog } from '../../engine/osd/pg-log.ts';
import type { PgPool } from '../../engine/osdmap/osd-map.ts';
import type { FoundObjectView, PgInspection, PgPeerView } from '../../protocol/calls.ts';
import type { PgView } from '../../protocol/view.ts';

/** Entries of the log that are told. */
const LOG_ENTRIES = 8;

type PgHistory = Omit<
  PgInspection,
  'kind' | 'pgid' | 'state' | 'up' | 'acting' | 'version' | 'objects' | 'objectCount'
>;

/** What a PG is about, what each OSD has of it, and how it came to be so. */
export function pgHistory(cluster: Cluster, shown: PgView, pool: PgPool, record: PgRecord | undefined): PgHistory {
  const { degraded = 0, misplaced = 0, unfound = 0, blockedBy = [] } = shown;
  return {
    work: record?.work ?? 'none',
    blockedBy,
    size: pool.size,
    minSize: pool.minSize,
    erasure: pool.type === 'erasure',
    ...{ degraded, misplaced, unfound },
    peers: record === undefined ? [] : peersOf(cluster, record, pool, shown.pgid),
    pastIntervals: (record?.pastIntervals ?? []).map(({ first, last, acting, maybeWentRw }) => ({
      ...{ first, last, acting, maybeWentRw },
    })),
    found: record === undefined ? [] : foundObjects(cluster, record),
    log: newestWrites(cluster, shown.pgid),
  };
}

function peersOf(cluster: Cluster, record: PgRecord, pool: PgPool, pgid: string): PgPeerView[] {
  const members = membersOf(record.interval.acting, pool);
  const rows = missingOf(missingTable(cluster.records, pgid), [...record.peers.keys()]);
  const whole = cluster.pgs.countedOn(record);
  const objectsOn = (id: number): number => cluster.pgs.store(id).collection(record.pool, record.seed).size;
  const all = whole < 0 ? 0 : objectsOn(whole);
  const peers = [...record.peers].map(([id, info]): PgPeerView => {
    const osd = osdOfShard(id);
    const role = roleOf(id, osd, members, record);
    const objects = objectsOn(id);
    const lacks = role === 'backfill' ? Math.max(0, all - objects) : rows.filter((row) => row.id === id).length;
    return {
      osd,
      shard: shardOf(id) === NO_SHARD ? null : shardOf(id),
      up: cluster.monitor.map().osds[osd]?.up === true,
      role,
      lastUpdate: versionText(lastUpdateOf(record, info)),
      objects,
      missing: lacks,
    };
  });
  return peers.sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
}

/** At most so many objects are told. */
const MOST_FOUND = 100;

function foundObjects(cluster: Cluster, record: PgRecord): FoundObjectView[] {
  const { objects = [] } = scrubFound(cluster.records, record) ?? {};
  return objects.slice(0, MOST_FOUND).map(({ hoid, errors, shards }) => ({
    nspace: hoid.nspace,
    oid: hoid.oid,
    snap: hoid.snap === NOSNAP ? null : hoid.snap,
    errors,
    copies: shards
      .filter((shard) => shard.errors.length > 0)
      .map((shard) => ({ osd: shard.osd, errors: shard.errors })),
  }));
}

const ROLES: readonly PgPeerView['role'][] = ['primary', 'acting', 'backfill', 'stray'];

function roleOf(id: number, osd: number, members: readonly number[], record: PgRecord): PgPeerView['role'] {
  if (record.backfill.includes(id) && record.work.startsWith('backfill')) return 'backfill';
  if (!members.includes(id)) return 'stray';
  return osd === record.interval.actingPrimary ? 'primary' : 'acting';
}

function newestWrites(cluster: Cluster, pgid: string): PgInspection['log'] {
  const entries = newestEntries(pgLog(cluster.records, pgid), LOG_ENTRIES);
  return entries.map(({ op, hoid, info }) => ({ op, version: versionText(info.version), oid: hoid.oid }));
}

function versionText({ epoch, version }: EVersion): string {
  return `${epoch}'${version}`;
}
