import type { EngineContext } from '../base/context.ts';
import { type Change, type Table, tableName } from '../base/records.ts';
import type { Task } from '../base/task.ts';
import type { Monitor } from '../mon/monitor.ts';
import { snapsPurged } from '../mon/snaps.ts';
import { ObjectStore } from '../os/object-store.ts';
import { backfillPg } from '../osd/backfill.ts';
import { PG_TABLE, type PgRecord, type PgServing, pgTable, setPgRecord } from '../osd/pg.ts';
import type { PgView } from '../osd/primary-log-pg.ts';
import { trimPg } from '../osd/snap-trim.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { parsePgId, pgIdText } from '../osdmap/pg-id.ts';
import { mapperOf } from '../osdmap/pg-mapper.ts';
import { pgSeedOfHash } from '../osdmap/placement.ts';

/** The map that the PGs were last brought in line with. */
const SYNCED = tableName<OsdMap>('pg-synced-map');

/** Parts of a map that say where PGs are. */
const PLACING = ['crush', 'osds', 'pgTemp', 'primaryTemp', 'pgUpmap', 'pgUpmapItems', 'pgUpmapPrimaries'] as const;

/**
 * The OSDs' stores and who serves what: brings PGs in line with each new map (made, split, merged, removed, moved)
 * and starts the work that follows.
 */
export class PlacementGroups {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  readonly #records: Table<PgRecord>;
  readonly #synced: Table<OsdMap>;
  readonly #stores: ObjectStore[];
  /** What {@link view} made; forgotten when the map or a PG's holders change. */
  #views = new Map<string, PgView>();

  constructor(engine: EngineContext, monitor: Monitor) {
    this.#engine = engine;
    this.#monitor = monitor;
    this.#records = pgTable(engine.records);
    this.#synced = engine.records.table(SYNCED);
    this.#stores = monitor.map().osds.map((_, osd) => new ObjectStore(engine.records, osd));
    engine.records.onChange((change) => {
      if (change.table === 'osdmap' || (change.table === PG_TABLE && movesPg(change))) this.#views = new Map();
    });
  }

  store(osd: number): ObjectStore {
    let store = this.#stores[osd];
    if (store === undefined) this.#stores[osd] = store = new ObjectStore(this.#engine.records, osd);
    return store;
  }

  /** Brings PGs in line with the map of now. Cheap when the map is the one of last time. */
  sync(): void {
    const map = this.#monitor.map();
    const before = this.#synced.get('map');
    if (before === map) return;
    for (const pool of before?.pools.values() ?? []) if (!map.pools.has(pool.id)) this.#removePool(pool);
    for (const pool of map.pools.values()) this.#syncPool(pool, before);
    this.#synced.set('map', map);
    this.startWork();
  }

  /** Starts what is left to do: after a new map, and after records were brought back. */
  startWork(): void {
    const map = this.#monitor.map();
    for (const record of this.#records.values()) {
      const { pool, seed } = record;
      const view = this.view(pool, seed);
      if (view === null) continue;
      if (view.backfill.length > 0) this.#engine.spawn(`backfill/${pgIdText(pool, seed)}`, this.#backfill(pool, seed));
      else if (record.complete.length > view.acting.length) this.#dropStrays(record, view);
    }
    for (const pool of map.removedSnapsQueue.keys()) this.#engine.spawn(`snaptrim/${pool}`, this.#trimPool(pool));
  }

  /** A PG as it can be served now; null where it does not exist. `acting` is empty where nobody up holds it. */
  view(pool: number, seed: number): PgView | null {
    const pgid = pgIdText(pool, seed);
    let view = this.#views.get(pgid);
    if (view === undefined) {
      const made = this.#makeView(this.#monitor.map(), pool, seed);
      if (made === null) return null;
      this.#views.set(pgid, (view = made));
    }
    return view;
  }

  serving(view: PgView): PgServing {
    const { up } = mapperOf(this.#monitor.map()).get(view.pool, view.seed);
    return { up, acting: view.acting.map(({ osd }) => osd), backfill: view.backfill.map(({ osd }) => osd) };
  }

  record(pool: number, seed: number): PgRecord | undefined {
    return this.#records.get(pgIdText(pool, seed));
  }

  /**
   * Who serves: the acting set of the map where all of it holds the PG; else, as with a pg_temp, OSDs that do hold
   * it, those of the up set first, while the others are filled.
   * @ceph src/osd/PeeringState.cc calc_replicated_acting — the order of choice, without log-based recovery
   */
  #makeView(map: OsdMap, poolId: number, seed: number): PgView | null {
    const pool = map.pools.get(poolId);
    const record = this.record(poolId, seed);
    if (pool === undefined || record === undefined) return null;
    const { up, acting } = mapperOf(map).get(pool, seed);
    const holders = record.complete.filter((osd) => map.osds[osd]?.up === true);
    const stores = (osds: readonly number[]) => osds.map((osd) => this.store(osd));
    const base = { pgid: pgIdText(poolId, seed), pool, seed, epoch: map.epoch };
    if (acting.every((osd) => holders.includes(osd))) return { ...base, acting: stores(acting), backfill: [] };
    const chosen = [...up.filter((osd) => holders.includes(osd)), ...holders.filter((osd) => !up.includes(osd))];
    return {
      ...base,
      acting: stores(chosen.slice(0, pool.size)),
      backfill: stores(up.filter((osd) => !holders.includes(osd))),
    };
  }

  #syncPool(pool: PgPool, before: OsdMap | undefined): void {
    const old = before?.pools.get(pool.id);
    const mapper = mapperOf(this.#monitor.map());
    if (old !== undefined && old.pgNum !== pool.pgNum) this.#rehash(old, pool);
    for (let seed = 0; seed < pool.pgNum; seed++) {
      const record = this.record(pool.id, seed);
      if (record !== undefined && record.complete.length > 0) continue;
      // A PG that CRUSH finds no OSD for is made once it does.
      const { acting } = mapper.get(pool, seed);
      const created_us = record?.created_us ?? this.#engine.now_us();
      if (record !== undefined && acting.length === 0) continue;
      this.#put({ pool: pool.id, seed, version: 0, epoch: 0, complete: acting, created_us });
    }
    if (before !== undefined && old !== undefined) this.#noteRemapped(pool, old, before);
  }

  #noteRemapped(pool: PgPool, old: PgPool, before: OsdMap): void {
    const map = this.#monitor.map();
    if (PLACING.every((part) => map[part] === before[part]) && old.pgpNum === pool.pgpNum && old.size === pool.size)
      return;
    for (let seed = 0; seed < Math.min(pool.pgNum, old.pgNum); seed++) {
      const from = mapperOf(before).get(old, seed).acting;
      const to = mapperOf(map).get(pool, seed).acting;
      if (from.join() !== to.join())
        this.#engine.emit({ type: 'osd/pg-remapped', pgid: pgIdText(pool.id, seed), from, to });
    }
  }

  /** Splits or merges a pool's PGs where they lie: objects stay on their OSDs and change their PG by their hash. */
  #rehash(old: PgPool, pool: PgPool): void {
    const parents = new Map<number, PgRecord>();
    for (let seed = 0; seed < Math.min(old.pgNum, pool.pgNum); seed++) {
      const record = this.record(pool.id, seed);
      if (record !== undefined) parents.set(seed, record);
      for (const store of this.#stores) this.#rehashCollection(store, pool, seed);
    }
    for (let seed = old.pgNum; seed < pool.pgNum; seed++) {
      const parent = parents.get(pgSeedOfHash(old, seed));
      if (parent !== undefined) this.#put({ ...parent, seed });
    }
    for (let seed = pool.pgNum; seed < old.pgNum; seed++) this.#merge(pool, seed);
  }

  /**
   * Takes a PG beyond the new pg_num into the one that its objects now belong to. In Ceph pgp_num falls first and
   * data moves before PGs merge; here what the other one's OSDs lack is copied at once.
   */
  #merge(pool: PgPool, seed: number): void {
    const child = this.record(pool.id, seed);
    const target = this.record(pool.id, pgSeedOfHash(pool, seed));
    this.#records.delete(pgIdText(pool.id, seed));
    if (child === undefined || target === undefined) return;
    const complete = target.complete.length > 0 ? target.complete : child.complete;
    const [source] = child.complete;
    for (const store of this.#stores) {
      const holds = complete.includes(store.osd) && source !== undefined;
      if (holds && store.osd !== source) this.#copyAll(this.store(source), store, pool.id, seed);
    }
    for (const store of this.#stores) {
      if (complete.includes(store.osd)) this.#rehashCollection(store, pool, seed);
      else store.removeCollection(pool.id, seed);
    }
    this.#put({ ...target, complete, version: Math.max(target.version, child.version) });
  }

  #copyAll(from: ObjectStore, to: ObjectStore, pool: number, seed: number): void {
    const target = to.collection(pool, seed);
    for (const [key, onode] of from.collection(pool, seed).entries()) target.set(key, onode);
  }

  #rehashCollection(store: ObjectStore, pool: PgPool, seed: number): void {
    const table = store.collection(pool.id, seed);
    for (const [key, onode] of [...table.entries()]) {
      const home = pgSeedOfHash(pool, onode.hoid.hash);
      if (home === seed) continue;
      store.collection(pool.id, home).set(key, onode);
      table.delete(key);
    }
  }

  #removePool(pool: PgPool): void {
    for (const pgid of [...this.#records.keys()]) {
      const id = parsePgId(pgid);
      if (id?.pool !== pool.id) continue;
      for (const store of this.#stores) store.removeCollection(id.pool, id.seed);
      this.#records.delete(pgid);
    }
  }

  *#backfill(pool: number, seed: number): Task<void> {
    yield* backfillPg(this.#engine, () => this.view(pool, seed));
    const record = this.record(pool, seed);
    const view = this.view(pool, seed);
    if (record !== undefined && view !== null) this.#dropStrays(record, view);
  }

  /** OSDs that hold a PG and no longer serve it drop it, once a primary tells them to: without one they keep it. */
  #dropStrays(record: PgRecord, view: PgView): void {
    if (view.acting.length === 0) return;
    const serving = view.acting.map(({ osd }) => osd);
    const isUp = (osd: number) => this.#monitor.map().osds[osd]?.up === true;
    const strays = record.complete.filter((osd) => !serving.includes(osd) && isUp(osd));
    if (strays.length === 0) return;
    for (const osd of strays) this.store(osd).removeCollection(record.pool, record.seed);
    this.#put({ ...record, complete: record.complete.filter((osd) => !strays.includes(osd)) });
  }

  *#trimPool(pool: number): Task<void> {
    for (let queue = this.#queue(pool); queue.length > 0; queue = this.#queue(pool)) {
      const removed = (snap: number) => queue.some(({ off, len }) => snap >= off && snap < off + len);
      const pgNum = this.#monitor.map().pools.get(pool)?.pgNum ?? 0;
      yield TRIM_START_US;
      for (let seed = 0; seed < pgNum; seed++) yield* trimPg(this.#engine, () => this.view(pool, seed), removed);
      snapsPurged(this.#monitor, pool, queue);
    }
  }

  #queue(pool: number) {
    return this.#monitor.map().removedSnapsQueue.get(pool) ?? [];
  }

  #put(record: PgRecord): void {
    setPgRecord(this.#engine.records, record);
  }
}

/** Writes change a PG's version all the time; only who holds it changes who serves it. */
function movesPg({ from, to }: Change): boolean {
  // Records of the PG table, as that table's type has it.
  return (from as PgRecord | undefined)?.complete !== (to as PgRecord | undefined)?.complete;
}

/** Virtual time between the map that removes a snapshot and the first clone trimmed for it. */
const TRIM_START_US = 500_000;
