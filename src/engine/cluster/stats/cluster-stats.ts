import { coverage } from '../../base/interval-set.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { Monitor } from '../../mon/monitor.ts';
import type { OsdUsage, PgStat, StatsPort } from '../../mon/pg-stat.ts';
import { type Onode, objectSize, type SnapSet } from '../../os/onode.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import { missingCopies } from '../../osd/degraded.ts';
import { shardShare } from '../../osd/erasure/shard-data.ts';
import { isCurrent, missingTable } from '../../osd/missing.ts';
import { membersOf } from '../../osd/past-intervals.ts';
import { isPeered, lacksUnfound, type PgRecord } from '../../osd/pg.ts';
import { pgState } from '../../osd/pg-state.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { pgPlugins } from '../pgs/pg-plugins.ts';
import { pgTimes } from '../pgs/pg-times.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';
import { trimState } from '../pgs/trim-states.ts';
import { scrubStat, scrubWords } from '../scrub/records.ts';
import { CountCache } from './count-cache.ts';
import { isLaggy } from './laggy.ts';

/** What BlueStore keeps for itself on an empty device, in bytes, as the recorded clusters show it. */
export const STORE_META_BYTES = 26 * 1024 * 1024;

/** Counts what the stores hold. @ceph src/osd/osd_types.h object_stat_sum_t — objects, bytes, degraded, misplaced */
export function statsPort(monitor: Monitor, pgs: PlacementGroups): StatsPort {
  const cache = new CountCache(pgs.engine.records, noCounts, countObject);
  const counts = (id: number, pool: number, seed: number) => cache.of(pgs.store(id), pool, seed);
  return {
    *pgStats() {
      for (const pool of monitor.map().pools.values()) {
        for (let seed = 0; seed < pool.pgNum; seed++) {
          const stat = pgStat(pgs, pool, seed, counts);
          if (stat !== null) yield stat;
        }
      }
    },
    osdUsages: () => osdUsages(pgs, counts),
  };
}

/** What one OSD holds of a PG. */
export interface PgCounts {
  readonly objects: number;
  readonly bytes: number;
  readonly omapBytes: number;
}

/** The same, with the room that it takes, whiteouts too. */
interface StoreCounts extends PgCounts {
  readonly storedBytes: number;
  readonly storedOmapBytes: number;
}

type Tally = { -readonly [K in keyof StoreCounts]: number };

/** @ceph src/osd/PeeringState.cc update_calc_stats — only PGs that have peered say what is missing */
const NONE_MISSING = { degraded: 0, misplaced: 0 };

const NOTHING: PgCounts = { objects: 0, bytes: 0, omapBytes: 0 };

/** A PG as it was last reported to the monitor; null where it does not exist. `countOn` counts what an OSD (`pgShard`) holds of it. */
export function pgStat(
  pgs: PlacementGroups,
  pool: PgPool,
  seed: number,
  countOn: (id: number, pool: number, seed: number) => PgCounts,
): PgStat | null {
  const record = pgs.record(pool.id, seed);
  if (record === undefined) return null;
  const osd = reportedBy(pgs, record, pool);
  const counts = osd < 0 ? NOTHING : withMissing(pgs, record, osd, countOn(osd, pool.id, seed));
  const { up, upPrimary, acting, actingPrimary } = record.interval;
  const objectsOn = (id: number): number => countOn(id, pool.id, seed).objects;
  const copies = isPeered(record)
    ? missingCopies(pgs.engine.records, record, pool, counts.objects, objectsOn)
    : NONE_MISSING;
  const times = pgTimes(pgs.engine.records, pool.id, seed);
  return {
    pgid: pgIdText(pool.id, seed),
    pool: pool.id,
    seed,
    state: pgState(
      record,
      pool,
      isFirstWrite(pgs, record, osd, counts) || pgPlugins()?.hasJustGivenUp(pgs, record) === true ? 0 : copies.degraded,
      wordsOf(pgs, record),
      isPeered(record) ? trimState(pgs.engine.records, pgIdText(pool.id, seed)) : null,
    ),
    up,
    upPrimary,
    acting,
    actingPrimary,
    objects: counts.objects,
    bytes: counts.bytes,
    omapBytes: counts.omapBytes,
    ...copies,
    version: `${record.epoch}'${record.version}`,
    ...(times === undefined ? {} : { times }),
    made_us: record.created_us,
    ...scrubOf(pgs, record),
    ...(lacksUnfound(record) ? { unfound: unfoundObjects(pgs, pool.id, seed) } : {}),
  };
}

/** What scrubs and silent OSDs add to the state. */
function wordsOf(pgs: PlacementGroups, record: PgRecord): ReadonlySet<string> {
  const words = scrubWords(pgs.engine.records, pgIdText(record.pool, record.seed));
  return isLaggy(pgs, record) ? new Set([...words, 'laggy']) : words;
}

function scrubOf({ engine }: PlacementGroups, record: PgRecord): Pick<PgStat, 'scrub'> {
  const scrub = scrubStat(engine.records, record);
  return scrub === undefined ? {} : { scrub };
}

/** Whose count a PG's is; a PG that cannot peer knows only what its primary has, which may be nothing. */
function reportedBy(pgs: PlacementGroups, record: PgRecord, pool: PgPool): number {
  const { phase, stale, interval, peers } = record;
  if (stale || (phase !== 'down' && phase !== 'incomplete')) return pgs.countedOn(record);
  const primary = membersOf(interval.acting, pool).find((id) => osdOfShard(id) === interval.actingPrimary);
  return primary !== undefined && peers.has(primary) ? primary : -1;
}

/** What an OSD lacks counts as the PG's log has it, not as the old copy that the OSD may still hold. */
function withMissing(pgs: PlacementGroups, record: PgRecord, osd: number, counts: PgCounts): PgCounts {
  const { pool, seed, peers } = record;
  const rows = missingTable(pgs.engine.records, pgIdText(pool, seed));
  if (rows.size === 0) return counts;
  const sum = { ...counts };
  for (const { id, key, need } of rows.values()) {
    if (id !== osd) continue;
    const newest = [...peers.keys()]
      .map((peer) => pgs.store(peer).collection(pool, seed).get(key))
      .find((onode) => isCurrent(onode, need));
    if (newest === undefined) continue;
    const old = pgs.store(osd).collection(pool, seed).get(key);
    sum.objects += isCounted(newest) - isCounted(old);
    sum.bytes += countedBytes(newest) - countedBytes(old);
  }
  return sum;
}

function isCounted(onode: Onode | undefined): number {
  return onode === undefined || onode.info.whiteout ? 0 : 1;
}

function countedBytes(onode: Onode | undefined): number {
  return onode === undefined || onode.info.whiteout ? 0 : objectBytes(onode);
}

/**
 * True after the first write to an empty PG: what is reported then tells the state from before it, until something else
 * happens to the PG.
 *
 * @ceph src/osd/PeeringState.cc prepare_stats_for_publish — exact: `degraded` is told from counts after the state was taken
 */
function isFirstWrite(pgs: PlacementGroups, record: PgRecord, osd: number, { objects }: PgCounts): boolean {
  if (objects !== 1 || record.phase !== 'active' || record.work !== 'none') return false;
  const [only] = pgs.store(osd).collection(record.pool, record.seed).values();
  if (only === undefined) return false;
  const { version, priorVersion, mtime_us } = only.info;
  // What waited until the PG was active is followed by reports of that.
  const activeSince_us = pgTimes(pgs.engine.records, record.pool, record.seed)?.changed_us ?? 0;
  const isFirst = priorVersion.version === 0 && version.version === record.version;
  return isFirst && version.epoch >= record.interval.since && mtime_us > activeSince_us;
}

/** What recovery has left over: objects that no OSD up has. */
function unfoundObjects(pgs: PlacementGroups, pool: number, seed: number): number {
  const rows = missingTable(pgs.engine.records, pgIdText(pool, seed));
  return new Set([...rows.values()].map(({ key }) => key)).size;
}

function noCounts(): Tally {
  return { objects: 0, bytes: 0, omapBytes: 0, storedBytes: 0, storedOmapBytes: 0 };
}

function countObject(tally: Tally, onode: Onode, times: 1 | -1): void {
  const omap = times * omapBytes(onode);
  tally.storedBytes += times * storedBytes(onode);
  tally.storedOmapBytes += omap;
  if (onode.info.whiteout) return;
  tally.objects += times;
  tally.bytes += times * objectBytes(onode);
  tally.omapBytes += omap;
}

/** Bytes of an object and its clones, told from the head alone: a head counts its size; a clone only what it does not share with the next newer one, which is counted there. */
export function objectBytes(onode: Onode): number {
  if (onode.hoid.snap !== NOSNAP) return 0;
  let bytes = objectSize(onode);
  for (const { size, overlap } of onode.snapSet?.clones ?? NO_CLONES) bytes += size - coverage(overlap);
  return bytes;
}

const NO_CLONES: SnapSet['clones'] = [];

/** Room that a head and its clones take on one OSD: of an erasure pool's objects it has a part. */
export function storedBytes(onode: Onode): number {
  const size = objectSize(onode);
  const share = onode.written === undefined ? 1 : shardShare(onode.written.code);
  return onode.hoid.snap === NOSNAP ? onode.data.length + (objectBytes(onode) - size) * share : 0;
}

export function omapBytes({ omap }: Onode): number {
  if (omap.size === 0) return 0;
  let bytes = OMAP_BYTES.get(omap);
  if (bytes === undefined) {
    bytes = 0;
    for (const [key, value] of omap) bytes += key.length + value.length;
    OMAP_BYTES.set(omap, bytes);
  }
  return bytes;
}

/** A directory of images has many keys, and three replicas share it. */
const OMAP_BYTES = new WeakMap<Onode['omap'], number>();

type Sums = { -readonly [K in keyof OsdUsage]: number };

function osdUsages(
  pgs: PlacementGroups,
  countOn: (id: number, pool: number, seed: number) => StoreCounts,
): ReadonlyMap<number, OsdUsage> {
  const usages = new Map<number, Sums>();
  for (const osd of pgs.monitor.map().osds.keys())
    usages.set(osd, { dataBytes: 0, omapBytes: 0, metaBytes: STORE_META_BYTES });
  for (const { pool, seed, peers } of pgs.records()) {
    for (const id of peers.keys()) {
      const usage = usages.get(osdOfShard(id));
      if (usage === undefined) continue;
      const { storedBytes: stored, storedOmapBytes } = countOn(id, pool, seed);
      usage.dataBytes += stored;
      usage.omapBytes += storedOmapBytes;
    }
  }
  return usages;
}
