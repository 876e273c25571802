import { NOSNAP } from '../codec/snap.ts';
import type { Monitor } from '../mon/monitor.ts';
import type { OsdUsage, PgStat, StatsPort } from '../mon/pg-stat.ts';
import type { Onode } from '../os/onode.ts';
import { pgState } from '../osd/pg.ts';
import type { PgView } from '../osd/primary-log-pg.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { mapperOf } from '../osdmap/pg-mapper.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** What BlueStore keeps for itself on an empty device, in bytes, as the recorded clusters show it. */
const STORE_META_BYTES = 26 * 1024 * 1024;

/** Counts what the stores hold. @ceph src/osd/osd_types.h object_stat_sum_t — objects, bytes, degraded, misplaced */
export function statsPort(monitor: Monitor, pgs: PlacementGroups): StatsPort {
  return {
    *pgStats() {
      pgs.sync();
      for (const pool of monitor.map().pools.values()) {
        for (let seed = 0; seed < pool.pgNum; seed++) {
          const view = pgs.view(pool.id, seed);
          if (view !== null) yield pgStat(monitor, pgs, view);
        }
      }
    },
    osdUsage: (osd) => osdUsage(pgs, osd, monitor),
  };
}

function pgStat(monitor: Monitor, pgs: PlacementGroups, view: PgView): PgStat {
  const { pool, seed } = view;
  const mapping = mapperOf(monitor.map()).get(pool, seed);
  const serving = pgs.serving(view);
  const counts = countObjects(view);
  const record = pgs.record(pool.id, seed);
  const missing = Math.max(0, pool.size - serving.acting.length);
  return {
    pgid: pgIdText(pool.id, seed),
    pool: pool.id,
    seed,
    state: pgState(serving, pool.size, pool.minSize, counts.objects),
    up: mapping.up,
    upPrimary: mapping.upPrimary,
    acting: serving.acting,
    actingPrimary: serving.acting[0] ?? -1,
    objects: counts.objects,
    bytes: counts.bytes,
    omapBytes: counts.omapBytes,
    degraded: missing * counts.objects,
    misplaced: Math.max(0, serving.backfill.length - missing) * counts.objects,
    version: `${record?.epoch ?? 0}'${record?.version ?? 0}`,
  };
}

interface Counts {
  objects: number;
  bytes: number;
  omapBytes: number;
}

function countObjects(view: PgView): Counts {
  const counts: Counts = { objects: 0, bytes: 0, omapBytes: 0 };
  for (const onode of view.acting[0]?.collection(view.pool.id, view.seed).values() ?? []) {
    if (onode.info.whiteout) continue;
    counts.objects++;
    counts.bytes += objectBytes(onode);
    counts.omapBytes += omapBytes(onode);
  }
  return counts;
}

/** A head counts its size; a clone only what it does not share with the next newer one, which is counted there. */
function objectBytes(onode: Onode): number {
  const clones = onode.snapSet?.clones ?? [];
  const unshared = clones.reduce(
    (sum, { size, overlap }) => sum + size - overlap.reduce((shared, { len }) => shared + len, 0),
    0,
  );
  return onode.hoid.snap === NOSNAP ? onode.data.length + unshared : 0;
}

function omapBytes(onode: Onode): number {
  let bytes = 0;
  for (const [key, value] of onode.omap) bytes += key.length + value.length;
  return bytes;
}

function osdUsage(pgs: PlacementGroups, osd: number, monitor: Monitor): OsdUsage {
  let dataBytes = 0;
  let omap = 0;
  for (const pool of monitor.map().pools.values()) {
    for (let seed = 0; seed < pool.pgNum; seed++) {
      const view = pgs.view(pool.id, seed);
      if (view === null || ![...view.acting, ...view.backfill].some((store) => store.osd === osd)) continue;
      for (const onode of pgs.store(osd).collection(pool.id, seed).values()) {
        dataBytes += objectBytes(onode);
        omap += omapBytes(onode);
      }
    }
  }
  return { dataBytes, omapBytes: omap, metaBytes: STORE_META_BYTES };
}
