import type { PgStat } from '../../../../engine/mon/pg-stat.ts';
import type { OsdStat, RawUsage } from '../../../../engine/mon/stats.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import type { PlainObject } from '../../format/tree.ts';
import { logLength } from '../pg-table.ts';

/** What this cluster does not count is always 0. */
const UNCOUNTED = [
  'num_objects_recovered',
  'num_bytes_recovered',
  'num_keys_recovered',
  'num_objects_omap',
  'num_objects_hit_set_archive',
  'num_bytes_hit_set_archive',
  'num_flush',
  'num_flush_kb',
  'num_evict',
  'num_evict_kb',
  'num_promote',
  'num_flush_mode_high',
  'num_flush_mode_low',
  'num_evict_mode_some',
  'num_evict_mode_full',
  'num_objects_pinned',
  'num_legacy_snapsets',
];

/** Sums over PGs. @ceph src/osd/osd_types.cc object_stat_sum_t::dump — exact names and order; requests are not counted by PG */
export function statSum(map: OsdMap, pgs: readonly PgStat[]): PlainObject {
  const sum = (of: (pg: PgStat) => number): number => pgs.reduce((total, pg) => total + of(pg), 0);
  const objects = sum((pg) => pg.objects);
  const writes = sum(logLength);
  return {
    num_bytes: sum((pg) => pg.bytes),
    num_objects: objects,
    num_object_clones: 0,
    num_object_copies: sum((pg) => pg.objects * (map.pools.get(pg.pool)?.size ?? 0)),
    num_objects_missing_on_primary: 0,
    num_objects_missing: 0,
    num_objects_degraded: sum((pg) => pg.degraded),
    num_objects_misplaced: sum((pg) => pg.misplaced),
    num_objects_unfound: sum((pg) => pg.unfound ?? 0),
    num_objects_dirty: objects,
    num_whiteouts: 0,
    num_read: 0,
    num_read_kb: 0,
    num_write: writes,
    num_write_kb: 0,
    num_scrub_errors: sum(({ scrub }) => (scrub?.shallowErrors ?? 0) + (scrub?.deepErrors ?? 0)),
    num_shallow_scrub_errors: sum(({ scrub }) => scrub?.shallowErrors ?? 0),
    num_deep_scrub_errors: sum(({ scrub }) => scrub?.deepErrors ?? 0),
    ...Object.fromEntries(UNCOUNTED.map((name) => [name, 0])),
    num_large_omap_objects: sum(({ scrub }) => scrub?.largeOmaps ?? 0),
    num_objects_manifest: 0,
    num_omap_bytes: sum(({ scrub }) => scrub?.omapBytes ?? 0),
    num_omap_keys: sum(({ scrub }) => scrub?.omapKeys ?? 0),
    num_objects_repaired: sum(({ scrub }) => scrub?.repaired ?? 0),
  };
}

const STORE_STATS: PlainObject = {
  total: 0,
  available: 0,
  internally_reserved: 0,
  allocated: 0,
  data_stored: 0,
  data_compressed: 0,
  data_compressed_allocated: 0,
  data_compressed_original: 0,
  omap_allocated: 0,
  internal_metadata: 0,
};

/** Sums over PGs with what surrounds them. @ceph src/osd/osd_types.cc pool_stat_t::dump — exact names and order */
export function poolSum(map: OsdMap, pgs: readonly PgStat[]): PlainObject {
  const log = pgs.reduce((total, pg) => total + logLength(pg), 0);
  return {
    stat_sum: statSum(map, pgs),
    store_stats: STORE_STATS,
    log_size: log,
    ondisk_log_size: log,
    up: pgs.reduce((total, { up }) => total + up.length, 0),
    acting: pgs.reduce((total, { acting }) => total + acting.length, 0),
    num_store_stats: 0,
  };
}

const kb = (bytes: number): number => Math.floor(bytes / 1024);

function storeObject(usage: RawUsage): PlainObject {
  return {
    ...STORE_STATS,
    total: usage.totalBytes,
    available: usage.availBytes,
    allocated: usage.dataBytes,
    data_stored: usage.dataBytes,
    omap_allocated: usage.omapBytes,
    internal_metadata: usage.metaBytes,
  };
}

interface OsdHead {
  readonly upFrom: number;
  readonly pgs: number;
  readonly osds: number;
  readonly peers: readonly number[];
  readonly repaired: number;
}

/** @ceph src/osd/osd_types.cc osd_stat_t::dump — exact names and order */
export function osdStatObject(usage: RawUsage, { upFrom, pgs, osds, peers, repaired }: OsdHead): PlainObject {
  return {
    up_from: upFrom,
    seq: 0,
    num_pgs: pgs,
    num_osds: osds,
    num_per_pool_osds: osds,
    num_per_pool_omap_osds: osds,
    kb: kb(usage.totalBytes),
    kb_used: kb(usage.usedBytes),
    kb_used_data: kb(usage.dataBytes),
    kb_used_omap: kb(usage.omapBytes),
    kb_used_meta: kb(usage.metaBytes),
    kb_avail: kb(usage.availBytes),
    statfs: storeObject(usage),
    hb_peers: peers,
    snap_trim_queue_len: 0,
    num_snap_trimming: 0,
    num_shards_repaired: repaired,
    op_queue_age_hist: { histogram: [], upper_bound: 1 },
    perf_stat: { commit_latency_ms: 0, apply_latency_ms: 0, commit_latency_ns: 0, apply_latency_ns: 0 },
    alerts: [],
  };
}

/** OSDs that one exchanges heartbeats with: here all others. */
export function peersOf(osds: readonly OsdStat[], own: number): number[] {
  return osds.flatMap(({ id }) => (id === own ? [] : [id]));
}
