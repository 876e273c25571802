import type { EngineEvent } from '../../engine/base/events.ts';
import { type Change, tableName } from '../../engine/base/records.ts';
import type { Cluster } from '../../engine/cluster/cluster.ts';
import { healthOf } from '../../engine/mon/health.ts';
import type { PgStat } from '../../engine/mon/pg-stat.ts';
import { clusterStats } from '../../engine/mon/stats.ts';
import { parseCollectionTable } from '../../engine/os/object-store.ts';
import type { Onode } from '../../engine/os/onode.ts';
import { PG_TABLE, type PgRecord, pgChanged } from '../../engine/osd/pg.ts';
import type { OsdMap } from '../../engine/osdmap/osd-map.ts';
import { parsePgId } from '../../engine/osdmap/pg-id.ts';
import type { ClusterView, DeviceView, HealthView, PgView } from '../../protocol/view.ts';
import type { MappedDevice } from '../../terminal/shell/devices.ts';
import { countedStats, pgStatOf } from './cluster-stats.ts';
import { CollectionCounts } from './collection-counts.ts';
import { ImageIndex } from './image-objects.ts';
import { ImagesView } from './images-view.ts';
import { osdViews, treeView } from './osds-view.ts';
import { poolViews } from './pools-view.ts';
import { PrimaryObjects } from './primary-objects.ts';

const OSDMAP = 'osdmap';
/** Health changes with time alone as well: pools grow old enough to be warned about. */
const HEALTH_US = 1_000_000;
const OSD_STOPPED = 'osd-stopped';
/** Which checks are raised, and which of them nobody wants to hear of. */
const HEALTH_TABLES = new Set(['config', 'health-mute']);
const SCRUBS = 'scrub';
const DEVICES = tableName<MappedDevice>('shell/devices');

/**
 * What the page sees of a cluster, told from its records alone and made anew only where they changed: it does not
 * matter whether a command, an undo or a travel changed them.
 */
export class Projection {
  readonly #cluster: Cluster;
  readonly #counts: CollectionCounts;
  readonly #images: ImagesView;
  #objects: PrimaryObjects;
  /** Pools with their pg_num, as `#objects` was made for. */
  #layout: string;
  readonly #pgs = new Map<string, PgView>();
  /** PGs whose objects changed. */
  #dirtyPgs = new Set<string>();
  #dirtyMap = true;
  #dirtyDevices = true;
  #dirtyProcesses = true;
  #map: OsdMap | null = null;
  /** What health was last told from. */
  #healthBasis = '';
  /** As last made, and as last taken. */
  #current: ClusterView | null = null;
  #taken: ClusterView | null = null;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#counts = new CollectionCounts(cluster.records);
    const index = new ImageIndex();
    this.#objects = new PrimaryObjects(cluster, index.change);
    this.#images = new ImagesView(index);
    this.#layout = layoutOf(cluster.monitor.map());
    cluster.records.onChange(this.#changed);
  }

  /** What an event tells of running operations; all else is read from the records. */
  note(event: EngineEvent): void {
    this.#images.note(event);
  }

  /** No command runs any more. */
  settle(): void {
    this.#images.settle();
  }

  /** The next `take` gives everything. */
  forget(): void {
    this.#taken = null;
  }

  /** The parts of the view that changed since the last `take`. */
  take(): Partial<ClusterView> {
    const now = this.view();
    const last = this.#taken;
    this.#taken = now;
    if (last === null) return now;
    const changed = Object.entries(now).filter(([key, value]) => last[key as keyof ClusterView] !== value);
    // Entries of a ClusterView are parts of one.
    return Object.fromEntries(changed) as Partial<ClusterView>;
  }

  /** The whole view as of now. Does not count as taken. */
  view(): ClusterView {
    this.#current = this.#now(this.#current);
    return this.#current;
  }

  readonly #changed = (change: Change): void => {
    const { table, from, to } = change;
    const collection = parseCollectionTable(table);
    if (collection !== undefined) {
      // Tables of that name hold onodes: they are made by collectionTable alone.
      this.#counts.change(table, collection.osd, from as Onode | undefined, to as Onode | undefined);
      this.#objects.change(change);
      this.#dirtyPgs.add(collection.pgid);
    } else if (table === OSDMAP) this.#mapChanged(change);
    else if (table === PG_TABLE) this.#pgChanged(change);
    else if (table === SCRUBS) this.#dirtyPgs.add(change.key);
    else if (table === DEVICES) this.#dirtyDevices = true;
    else if (table === OSD_STOPPED) this.#dirtyProcesses = true;
    else if (HEALTH_TABLES.has(table)) this.#healthBasis = '';
  };

  /** Where pg_num changes, objects change their PGs: even if it is changed back before the next view. */
  #mapChanged({ to }: Change): void {
    this.#dirtyMap = true;
    // The monitor's table holds maps.
    const map = to as OsdMap | undefined;
    if (map === undefined || layoutOf(map) !== this.#layout) this.#layout = '';
  }

  /** A PG's record changes with each write; where its holders did not, only its counts do. */
  #pgChanged({ key, from, to }: Change): void {
    // The PG table holds PG records.
    if (pgChanged(from as PgRecord | undefined, to as PgRecord | undefined)) this.#dirtyMap = true;
    this.#dirtyPgs.add(key);
  }

  #now(last: ClusterView | null): ClusterView {
    const cluster = this.#cluster;
    const map = cluster.monitor.map();
    if (this.#dirtyMap) this.#findObjects(map);
    const mapChanged = this.#map !== map;
    const pgsChanged = this.#refreshPgs();
    const pgs = last === null || pgsChanged ? this.#pgList() : last.pgs;
    const same = last !== null && !mapChanged && !pgsChanged;
    const view: ClusterView = {
      fsid: map.fsid,
      epoch: map.epoch,
      now_us: cluster.now_us(),
      health: this.#health(last, pgs),
      pools: same ? last.pools : poolViews(map, pgs),
      pgs,
      osds: same && !this.#dirtyProcesses ? last.osds : osdViews(cluster, this.#counts, pgs),
      tree: last !== null && this.#map?.crush === map.crush ? last.tree : treeView(map.crush),
      images: this.#images.take(map, mapChanged),
      devices: last === null || this.#dirtyDevices ? this.#devices() : last.devices,
      ...(cluster.spec.profile === undefined ? {} : { profile: cluster.spec.profile }),
    };
    this.#map = map;
    this.#dirtyMap = false;
    this.#dirtyDevices = false;
    this.#dirtyProcesses = false;
    return view;
  }

  #findObjects(map: OsdMap): void {
    const layout = layoutOf(map);
    if (layout === this.#layout) {
      this.#objects.findPrimaries();
      return;
    }
    const index = new ImageIndex();
    this.#objects = new PrimaryObjects(this.#cluster, index.change);
    this.#images.restart(index);
    this.#layout = layout;
  }

  /** Makes the views of changed PGs anew; true where there were any. */
  #refreshPgs(): boolean {
    if (this.#dirtyMap) {
      this.#pgs.clear();
      for (const stat of countedStats(this.#cluster, this.#counts).pgStats()) this.#putPg(stat);
      this.#dirtyPgs.clear();
      return true;
    }
    const changed = this.#dirtyPgs.size > 0;
    for (const pgid of this.#dirtyPgs) {
      const id = parsePgId(pgid);
      const stat = id === undefined ? null : pgStatOf(this.#cluster, this.#counts, id.pool, id.seed);
      if (stat === null) this.#pgs.delete(pgid);
      else this.#putPg(stat);
    }
    this.#dirtyPgs.clear();
    return changed;
  }

  #putPg(stat: PgStat): void {
    this.#pgs.set(stat.pgid, pgView(stat, this.#cluster.pgs.record(stat.pool, stat.seed)?.blockedBy ?? []));
  }

  /** Pools in the order of the map, seeds ascending. */
  #pgList(): PgView[] {
    return [...this.#pgs.values()].sort((a, b) => a.pool - b.pool || a.seed - b.seed);
  }

  /** Told anew only where what it is told from may have changed: while all is clean, counts of objects do not matter. */
  #health(last: ClusterView | null, pgs: readonly PgView[]): HealthView {
    const map = this.#cluster.monitor.map();
    const now_us = this.#cluster.now_us();
    const used = new Set(pgs.filter(({ objects }) => objects > 0).map(({ pool }) => pool));
    const unclean = pgs.some(({ state }) => state !== 'active+clean');
    const basis = [Math.floor(now_us / HEALTH_US), [...used].join(), unclean ? now_us : ''].join(' ');
    // The same epoch after an undo may be another map.
    if (last !== null && this.#map === map && basis === this.#healthBasis) return last.health;
    this.#healthBasis = basis;
    const stats = clusterStats(map, countedStats(this.#cluster, this.#counts));
    const { status, checks, mutes } = healthOf(map, stats, now_us, this.#cluster.records);
    const muted = new Set(mutes.map(({ code }) => code));
    const heard = checks.filter(({ code }) => !muted.has(code));
    const view: HealthView = {
      status,
      checks: heard.map(({ code, summary }) => ({ code, summary })),
      ...(muted.size > 0 ? { muted: [...muted] } : {}),
    };
    return last !== null && JSON.stringify(view) === JSON.stringify(last.health) ? last.health : view;
  }

  #devices(): DeviceView[] {
    const devices = [...this.#cluster.records.table(DEVICES).values()].sort((a, b) => a.index - b.index);
    return devices.map(({ type = 'rbd', index, pool, nspace, image, snap }) => ({
      path: `/dev/${type}${index}`,
      spec: nspace === '' ? `${pool}/${image}` : `${pool}/${nspace}/${image}`,
      snap,
    }));
  }
}

function pgView(stat: PgStat, blockedBy: readonly number[]): PgView {
  const { pgid, pool, seed, state, up, acting, upPrimary, actingPrimary, objects, bytes } = stat;
  const { degraded, misplaced, unfound = 0 } = stat;
  return {
    ...{ pgid, pool, seed, state, up, acting, upPrimary, actingPrimary, objects, bytes },
    ...(degraded > 0 ? { degraded } : {}),
    ...(misplaced > 0 ? { misplaced } : {}),
    ...(unfound > 0 ? { unfound } : {}),
    ...(blockedBy.length > 0 ? { blockedBy } : {}),
  };
}

function layoutOf(map: OsdMap): string {
  return [...map.pools.values()].map(({ id, pgNum }) => `${id}:${pgNum}`).join();
}
