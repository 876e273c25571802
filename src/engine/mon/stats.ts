import { must } from '../base/assert.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import type { PgStat, StatsPort } from './pg-stat.ts';

/** Statistics of pools, PGs and OSDs, summed from what the OSDs report; `PGMap` of Ceph. */
export interface ClusterStats {
  readonly pgs: readonly PgStat[];
  /** Pools in order of id. */
  readonly pools: readonly PoolStat[];
  /** OSDs in order of id. */
  readonly osds: readonly OsdStat[];
  readonly objects: number;
  /** Object copies that there should be. */
  readonly copies: number;
  readonly bytes: number;
  readonly degraded: number;
  readonly misplaced: number;
  readonly raw: RawUsage;
}

export interface PoolStat {
  readonly pool: PgPool;
  /** Raw bytes for each byte that is stored. */
  readonly rate: number;
  readonly objects: number;
  readonly dataBytes: number;
  readonly omapBytes: number;
  readonly degraded: number;
  readonly misplaced: number;
  /** Raw bytes that the pool's copies take. */
  readonly usedBytes: number;
  readonly usedDataBytes: number;
  readonly usedOmapBytes: number;
  /** Bytes that can still be stored, by the fullest OSD that the pool would use. */
  readonly maxAvailBytes: number;
}

export interface RawUsage {
  readonly totalBytes: number;
  readonly dataBytes: number;
  readonly omapBytes: number;
  readonly metaBytes: number;
  readonly usedBytes: number;
  readonly availBytes: number;
}

export interface OsdStat extends RawUsage {
  readonly id: number;
  readonly pgs: number;
  readonly primaryPgs: number;
  /** PGs that it is to hold, whether it acts for them or not. */
  readonly upPgs: number;
}

const NO_USAGE: RawUsage = { totalBytes: 0, dataBytes: 0, omapBytes: 0, metaBytes: 0, usedBytes: 0, availBytes: 0 };

/** An OSD's device, where the cluster does not say. */
export const OSD_DEVICE_BYTES = 2 * 1024 ** 3;

/** BlueStore takes room in these steps. */
const ALLOC_BYTES = 4096;

/** Statistics of this moment. */
export function clusterStats(map: OsdMap, port: StatsPort): ClusterStats {
  const pgs = [...port.pgStats()];
  const osds = osdStats(map, port, pgs);
  const raw = sumUsage(osds.filter(({ id }) => (map.osds[id]?.weight ?? 0) > 0));
  const byPool = new Map<number, PgStat[]>([...map.pools.keys()].map((id) => [id, []]));
  for (const pg of pgs) byPool.get(pg.pool)?.push(pg);
  const ordered = [...map.pools.values()].sort((a, b) => a.id - b.id);
  const pools = ordered.map((pool) => poolStat(map, pool, byPool.get(pool.id) ?? [], raw));
  const sum = (of: (pg: PgStat) => number): number => pgs.reduce((total, pg) => total + of(pg), 0);
  return {
    pgs,
    pools,
    osds,
    objects: sum((pg) => pg.objects),
    copies: sum((pg) => pg.objects * must(map.pools.get(pg.pool), `pool ${pg.pool}`).size),
    bytes: sum((pg) => pg.bytes),
    degraded: sum((pg) => pg.degraded),
    misplaced: sum((pg) => pg.misplaced),
    raw,
  };
}

/** How many PGs there are on each OSD. */
interface PgCounts {
  pgs: number;
  primaryPgs: number;
  upPgs: number;
}

function countPgs(pgs: readonly PgStat[]): Map<number, PgCounts> {
  const counts = new Map<number, PgCounts>();
  const of = (osd: number): PgCounts => {
    let count = counts.get(osd);
    if (count === undefined) counts.set(osd, (count = { pgs: 0, primaryPgs: 0, upPgs: 0 }));
    return count;
  };
  for (const { up, acting, actingPrimary } of pgs) {
    for (const osd of up) {
      of(osd).pgs++;
      of(osd).upPgs++;
    }
    for (const osd of acting) if (!up.includes(osd)) of(osd).pgs++;
    of(actingPrimary).primaryPgs++;
  }
  return counts;
}

function osdStats(map: OsdMap, port: StatsPort, pgs: readonly PgStat[]): OsdStat[] {
  const out: OsdStat[] = [];
  const counts = countPgs(pgs);
  const usages = port.osdUsages();
  const totalBytes = port.deviceBytes ?? OSD_DEVICE_BYTES;
  for (const [id, osd] of map.osds.entries()) {
    if (osd === undefined) continue;
    const { dataBytes, omapBytes, metaBytes } = usages.get(id) ?? NO_USAGE;
    const usedBytes = dataBytes + omapBytes + metaBytes;
    out.push({
      id,
      totalBytes,
      dataBytes,
      omapBytes,
      metaBytes,
      usedBytes,
      availBytes: Math.max(0, totalBytes - usedBytes),
      ...(counts.get(id) ?? { pgs: 0, primaryPgs: 0, upPgs: 0 }),
    });
  }
  return out;
}

export function sumUsage(parts: readonly RawUsage[]): RawUsage {
  return parts.reduce(
    (a, b) => ({
      totalBytes: a.totalBytes + b.totalBytes,
      dataBytes: a.dataBytes + b.dataBytes,
      omapBytes: a.omapBytes + b.omapBytes,
      metaBytes: a.metaBytes + b.metaBytes,
      usedBytes: a.usedBytes + b.usedBytes,
      availBytes: a.availBytes + b.availBytes,
    }),
    NO_USAGE,
  );
}

/** Raw bytes for each byte that a pool stores: its copies, or k + m shards of a k-th each. @ceph src/mon/PGMap.cc get_rule_avail, pool_raw_used_rate — exact */
export function rawUsedRate(map: OsdMap, pool: PgPool): number {
  if (pool.type === 'replicated') return pool.size;
  const k = Number(map.erasureCodeProfiles.get(pool.erasureCodeProfile)?.get('k') ?? pool.size);
  return pool.size / k;
}

function poolStat(map: OsdMap, pool: PgPool, own: readonly PgStat[], raw: RawUsage): PoolStat {
  const rate = rawUsedRate(map, pool);
  const sum = (of: (pg: PgStat) => number): number => own.reduce((total, pg) => total + of(pg), 0);
  const dataBytes = sum((pg) => pg.bytes);
  const omapBytes = sum((pg) => pg.omapBytes);
  const usedDataBytes = Math.round(allocated(dataBytes) * rate);
  const usedOmapBytes = omapBytes * pool.size;
  return {
    pool,
    rate,
    objects: sum((pg) => pg.objects),
    dataBytes,
    omapBytes,
    degraded: sum((pg) => pg.degraded),
    misplaced: sum((pg) => pg.misplaced),
    usedBytes: usedDataBytes + usedOmapBytes,
    usedDataBytes,
    usedOmapBytes,
    maxAvailBytes: Math.max(0, Math.floor((raw.totalBytes * map.fullRatio - raw.usedBytes) / rate)),
  };
}

function allocated(bytes: number): number {
  return Math.ceil(bytes / ALLOC_BYTES) * ALLOC_BYTES;
}

/** Used of what can be used, 0 to 1: `percent_used` of `ceph df`. */
export function poolUsedRatio(stat: PoolStat): number {
  const all = stat.usedBytes + stat.maxAvailBytes * stat.rate;
  return all > 0 ? stat.usedBytes / all : 0;
}

/** How many PGs are in each state, most first. */
export function pgStates(pgs: readonly PgStat[]): (readonly [state: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { state } of pgs) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || stateOrder(a, b));
}

/** Ceph has these in a hash table; this is the order that it was seen to give: by name, the longer first. */
function stateOrder(a: string, b: string): number {
  if (a.startsWith(`${b}+`)) return -1;
  if (b.startsWith(`${a}+`)) return 1;
  return a < b ? -1 : 1;
}
