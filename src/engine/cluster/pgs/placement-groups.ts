import { must } from '../../base/assert.ts';
import type { EngineContext } from '../../base/context.ts';
import { type Change, type Table, tableName } from '../../base/records.ts';
import type { Monitor } from '../../mon/monitor.ts';
import { ObjectStore } from '../../os/object-store.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import { stripeCodeOf } from '../../osd/erasure/stripe-code.ts';
import { dropRows, missingTable } from '../../osd/missing.ts';
import { closeInterval, isNewInterval, membersOf, osdsOf, sameOsds } from '../../osd/past-intervals.ts';
import {
  asyncOf,
  isPeered,
  lacksUnfound,
  PG_TABLE,
  type PgRecord,
  pgChanged,
  pgTable,
  setPgRecord,
} from '../../osd/pg.ts';
import { pgLog } from '../../osd/pg-log.ts';
import { isClean } from '../../osd/pg-state.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import type { OsdMap, PgMapping, PgPool } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { mapperOf } from '../../osdmap/pg-mapper.ts';
import { reshapedSeeds } from '../../osdmap/pg-merge.ts';
import { answers, CUT_OFF, STOPPED, silentOf } from '../osd-reach.ts';
import { startScrubs } from '../scrub/hook.ts';
import { forgetScrubs } from '../scrub/records.ts';
import { OsdRoom } from '../stats/osd-room.ts';
import { peerAll } from './peering-rounds.ts';
import { PgLogLimits } from './pg-log-limits.ts';
import { pgPlugins } from './pg-plugins.ts';
import { forgetPgTimes, notePgTimes } from './pg-times.ts';
import { forgetTrims } from './trim-states.ts';

/** The map that the PGs were last brought in line with. */
const SYNCED = tableName<OsdMap>('pg-synced-map');

/** Parts of a map that say where PGs are. */
const PLACING = ['crush', 'pgTemp', 'primaryTemp', 'pgUpmap', 'pgUpmapItems', 'pgUpmapPrimaries'] as const;

/** Tables whose changes may change every {@link PgView}. */
const RESETTING: ReadonlySet<string> = new Set(['osdmap', 'config', STOPPED, CUT_OFF]);

/**
 * The OSDs' stores and the PGs on them: brings PGs in line with each new map (made, split, merged, removed, a new interval)
 * and starts the work that follows (peering, recovery, backfill, trimming).
 */
export class PlacementGroups {
  readonly engine: EngineContext;
  readonly monitor: Monitor;
  readonly #records: Table<PgRecord>;
  readonly #synced: Table<OsdMap>;
  readonly #stores = new Map<number, ObjectStore>();
  /** What {@link view} made; forgotten when the map or more of a PG than its version changes. */
  #views = new Map<string, PgView>();
  readonly #logLimits: PgLogLimits;
  readonly room: OsdRoom;
  /** The map by which PGs that were refused for want of room were last looked at. */
  roomSeen: OsdMap | null = null;

  constructor(engine: EngineContext, monitor: Monitor, deviceBytes?: number) {
    this.engine = engine;
    this.monitor = monitor;
    this.room = new OsdRoom(this, deviceBytes);
    this.#records = pgTable(engine.records);
    this.#synced = engine.records.table(SYNCED);
    this.#logLimits = new PgLogLimits(engine.records);
    engine.records.onChange(
      (change) => {
        if (change.table !== PG_TABLE) this.#views = new Map();
        else if (isMoreThanWrite(change)) this.#views.delete(change.key);
      },
      (table) => table === PG_TABLE || RESETTING.has(table),
    );
  }

  /** The store of an OSD; of an erasure pool's PG that of an OSD with its shard (`pgShard`). */
  store(id: number): ObjectStore {
    let store = this.#stores.get(id);
    if (store === undefined) this.#stores.set(id, (store = new ObjectStore(this.engine.records, id)));
    return store;
  }

  /** Brings PGs in line with the map of now: called for every epoch. Cheap when the map is the one of last time. */
  sync(): void {
    const map = this.monitor.map();
    const before = this.#synced.get('map');
    if (before === map) return;
    for (const pool of before?.pools.values() ?? []) if (!map.pools.has(pool.id)) this.#removePool(pool);
    if (before !== undefined) this.#dropGoneOsds(before, map);
    for (const pool of map.pools.values()) this.#syncPool(pool, before);
    if (before !== undefined && before.osds !== map.osds) this.#peerStopped(before, map);
    this.#synced.set('map', map);
    this.startWork();
  }

  /** Starts what is left to do: after a new map, when a PG has come further, and after records were brought back. */
  startWork(): void {
    this.engine.spawn('peering', peerAll(this));
    pgPlugins()?.startRecovery(this);
    const map = this.monitor.map();
    for (const record of [...this.#records.values()]) {
      const pool = map.pools.get(record.pool);
      if (pool !== undefined && isClean(record, pool)) this.#markClean(record, pool);
    }
    pgPlugins()?.startTrims(this);
    pgPlugins()?.dropBlocklistedWatches(this);
    startScrubs(this);
  }

  /** A PG as it can be served now; null where it does not exist. `acting` is empty where nobody serves. */
  view(pool: number, seed: number): PgView | null {
    const pgid = pgIdText(pool, seed);
    let view = this.#views.get(pgid);
    if (view === undefined) {
      const made = this.#makeView(pool, seed);
      if (made === null) return null;
      this.#views.set(pgid, (view = made));
    }
    return view;
  }

  record(pool: number, seed: number): PgRecord | undefined {
    return this.#records.get(pgIdText(pool, seed));
  }

  records(): PgRecord[] {
    return [...this.#records.values()];
  }

  put(record: PgRecord): void {
    const pool = this.monitor.map().pools.get(record.pool);
    if (pool !== undefined) notePgTimes(this.engine, this.record(record.pool, record.seed), record, pool);
    setPgRecord(this.engine.records, record);
  }

  /** Stores of a PG's OSDs that are up and answer. */
  upStores(record: PgRecord): ObjectStore[] {
    const { osds } = this.monitor.map();
    const isThere = (osd: number) => osds[osd]?.up === true && answers(this.engine.records, osd);
    return [...record.peers.keys()].filter((id) => isThere(osdOfShard(id))).map((id) => this.store(id));
  }

  /**
   * The OSD (in an erasure pool with its shard) by whose store a PG is counted: its primary, or whoever holds it while
   * nobody serves. -1 where nobody does.
   */
  countedOn(record: PgRecord): number {
    const { peers, interval } = record;
    const pool = this.monitor.map().pools.get(record.pool);
    const holds = (id: number) => peers.get(id)?.lastBackfill === null;
    const members = pool === undefined ? [] : membersOf(interval.acting, pool);
    return members.find(holds) ?? [...peers.keys()].find(holds) ?? -1;
  }

  #makeView(poolId: number, seed: number): PgView | null {
    const map = this.monitor.map();
    const pool = map.pools.get(poolId);
    const record = this.record(poolId, seed);
    if (pool === undefined || record === undefined) return null;
    const serves = isPeered(record) && !record.stale;
    const stores = (ids: readonly number[]) => (serves ? ids.map((id) => this.store(id)) : []);
    const { acting, actingPrimary } = record.interval;
    const members = membersOf(acting, pool);
    const primary = members.find((id) => osdOfShard(id) === actingPrimary);
    return {
      pgid: pgIdText(poolId, seed),
      pool,
      seed,
      epoch: map.epoch,
      phase: record.stale ? 'unknown' : record.phase,
      work: record.work,
      clean: !record.stale && record.phase === 'active' && isClean(record, pool),
      since: record.interval.since,
      acting: stores(primary === undefined ? members : [primary, ...members.filter((id) => id !== primary)]),
      backfill: stores(record.backfill),
      asyncRecovery: stores(asyncOf(record)),
      silent: serves ? silentOf(this.engine.records, map, [...osdsOf(acting), ...besides(record)]) : [],
      logLimits: this.#logLimits.of(actingPrimary),
      code: stripeCodeOf(map, pool),
    };
  }

  #syncPool(pool: PgPool, before: OsdMap | undefined): void {
    const map = this.monitor.map();
    const old = before?.pools.get(pool.id);
    if (before !== undefined && old !== undefined && !movesPgs(before, map, old, pool)) return;
    if (before !== undefined && old !== undefined && old.pgNum !== pool.pgNum)
      must(pgPlugins(), 'what splits PGs').splitAndMerge(this, old, pool);
    const mapper = mapperOf(map);
    const reshaped = old === undefined ? NO_SEEDS : reshapedSeeds(old, pool);
    for (let seed = 0; seed < pool.pgNum; seed++) {
      const record = this.record(pool.id, seed);
      const mapping = mapper.get(pool, seed);
      if (record === undefined) this.#create(pool, seed, mapping);
      else if (record.phase === 'unknown' && record.peers.size === 0)
        this.#create(pool, seed, mapping, record.created_us);
      else if (
        before !== undefined &&
        old !== undefined &&
        (reshaped.has(seed) || changesInterval(record, mapping, old, pool))
      )
        this.#follow(record, mapping, before, old);
    }
  }

  /** A PG that CRUSH finds no OSD for is made once it does. */
  #create(pool: PgPool, seed: number, mapping: PgMapping, created_us = this.engine.now_us()): void {
    const since = this.monitor.map().epoch;
    const acting = membersOf(mapping.acting, pool);
    const fresh = { lastUpdate: null, lastBackfill: null, startedEpoch: since };
    this.put({
      pool: pool.id,
      seed,
      created_us,
      version: 0,
      epoch: 0,
      logTail: { epoch: 0, version: 0 },
      phase: acting.length === 0 ? 'unknown' : 'peering',
      interval: { ...mapping, since },
      pastIntervals: [],
      startedEpoch: since,
      cleanEpoch: 0,
      peers: new Map(acting.map((id) => [id, fresh])),
      backfill: [],
      work: 'none',
      blockedBy: [],
      stale: false,
    });
  }

  /** Takes a PG into the new interval that the map makes. */
  #follow(record: PgRecord, mapping: PgMapping, before: OsdMap, old: PgPool): void {
    if (record.stale && mapping.actingPrimary < 0) return;
    const last = this.monitor.map().epoch - 1;
    const ended = record.stale ? undefined : closeInterval(record.interval, last, before, old, record.cleanEpoch);
    const pastIntervals = ended?.maybeWentRw === true ? [...record.pastIntervals, ended] : record.pastIntervals;
    // Nobody is there to report: what was heard last stays, and is stale.
    if (mapping.actingPrimary < 0) this.put({ ...record, pastIntervals, stale: true });
    else this.put(this.#startInterval(record, mapping, pastIntervals));
    const [from, to] = [record.interval.acting, mapping.acting];
    if (this.engine.isTraced() && !sameOsds(from, to))
      this.engine.emit({ type: 'osd/pg-remapped', pgid: pgIdText(record.pool, record.seed), from, to });
  }

  #startInterval(record: PgRecord, mapping: PgMapping, pastIntervals: PgRecord['pastIntervals']): PgRecord {
    return {
      ...(record.asyncRecovery === undefined ? record : withoutAsync(record)),
      interval: { ...mapping, since: this.monitor.map().epoch },
      pastIntervals,
      phase: 'peering',
      work: 'none',
      stale: false,
      backfill: NOBODY,
      blockedBy: NOBODY,
    };
  }

  /**
   * PGs that wait for an OSD look again when one comes or goes: to peer, or for objects that nobody had.
   * @ceph src/osd/osd_types.h PriorSet::affected_by_map — exact: that an OSD is lost is not looked at before the PG peers again
   */
  #peerStopped(before: OsdMap, map: OsdMap): void {
    const isOther = (osd: number) => before.osds[osd]?.up !== map.osds[osd]?.up;
    if (!map.osds.some((_, osd) => isOther(osd))) return;
    for (const record of this.records()) {
      if (record.phase === 'down' || record.phase === 'incomplete') {
        if (askedOsds(record).some(isOther)) this.put({ ...record, phase: 'peering', blockedBy: [] });
      } else if (lacksUnfound(record)) this.put({ ...record, work: 'recovery_wait' });
    }
  }

  /** An OSD that is taken out of the map, or destroyed, takes its data along. */
  #dropGoneOsds(before: OsdMap, map: OsdMap): void {
    if (before.osds === map.osds) return;
    for (const [osd, was] of before.osds.entries()) {
      const now = map.osds[osd];
      const gone = was !== undefined && (now === undefined || (now.destroyed && !was.destroyed));
      if (!gone) continue;
      for (const record of this.records()) {
        const ids = [...record.peers.keys()].filter((id) => osdOfShard(id) === osd);
        for (const id of ids) this.#dropPeer(this.record(record.pool, record.seed) ?? record, id);
      }
    }
  }

  #removePool(pool: PgPool): void {
    for (const record of this.records()) {
      if (record.pool !== pool.id) continue;
      for (const id of record.peers.keys()) this.store(id).removeCollection(pool.id, record.seed);
      this.forget(pool.id, record.seed);
    }
  }

  /** Removes what is known of a PG beside its objects. */
  forget(pool: number, seed: number): void {
    const pgid = pgIdText(pool, seed);
    const log = pgLog(this.engine.records, pgid);
    for (const key of [...log.keys()]) log.delete(key);
    dropRows(missingTable(this.engine.records, pgid), () => true);
    this.#records.delete(pgid);
    forgetTrims(this.engine.records, pgid);
    forgetPgTimes(this.engine.records, pool, seed);
    forgetScrubs(this.engine.records, pgid);
  }

  /** A clean PG needs no history, and OSDs that neither serve it nor are to drop it once they are up to be told. */
  #markClean(record: PgRecord, pool: PgPool): void {
    const { forced, ...rest } = record;
    const { cleanEpoch, interval, pastIntervals } = rest;
    if (cleanEpoch < interval.since || pastIntervals.length > 0 || forced !== undefined)
      this.put({ ...rest, cleanEpoch: this.monitor.map().epoch, pastIntervals: [] });
    const isUp = (id: number) => this.monitor.map().osds[osdOfShard(id)]?.up === true;
    const members = new Set([...membersOf(interval.acting, pool), ...membersOf(interval.up, pool)]);
    const strays = [...record.peers.keys()].filter((id) => !members.has(id) && isUp(id));
    for (const id of strays) this.#dropPeer(this.record(record.pool, record.seed) ?? record, id);
  }

  #dropPeer(record: PgRecord, peer: number): void {
    this.store(peer).removeCollection(record.pool, record.seed);
    dropRows(missingTable(this.engine.records, pgIdText(record.pool, record.seed)), ({ id }) => id === peer);
    this.put({ ...record, peers: new Map([...record.peers].filter(([id]) => id !== peer)) });
  }
}

function withoutAsync({ asyncRecovery: _, ...rest }: PgRecord): PgRecord {
  return rest;
}

/** OSDs that get writes beside those that act. */
function besides(record: PgRecord): number[] {
  return [...record.backfill, ...asyncOf(record)].map(osdOfShard);
}

const NOBODY: readonly number[] = [];
const NO_SEEDS: ReadonlySet<number> = new Set();

function changesInterval(record: PgRecord, mapping: PgMapping, old: PgPool, pool: PgPool): boolean {
  return record.stale || isNewInterval(record.interval, mapping, old, pool);
}

/** OSDs that a PG asks while it peers, or would. */
function askedOsds({ peers, interval, pastIntervals }: PgRecord): number[] {
  return [
    ...[...peers.keys()].map(osdOfShard),
    ...interval.up,
    ...interval.acting,
    ...pastIntervals.flatMap(({ acting }) => acting),
  ];
}

/** Writes change a PG's version all the time. */
function isMoreThanWrite({ from, to }: Change): boolean {
  // Records of the PG table, as that table's type has it.
  return pgChanged(from as PgRecord | undefined, to as PgRecord | undefined);
}

/** True where OSDs differ in nothing that placement goes by: when they were up before is none of it. */
function placeAlike(a: OsdMap['osds'], b: OsdMap['osds']): boolean {
  if (a === b) return true;
  const fields = ['up', 'weight', 'primaryAffinity'] as const;
  return a.length === b.length && a.every((osd, id) => fields.every((field) => osd?.[field] === b[id]?.[field]));
}

function movesPgs(before: OsdMap, map: OsdMap, old: PgPool, pool: PgPool): boolean {
  if (PLACING.some((part) => map[part] !== before[part]) || !placeAlike(before.osds, map.osds)) return true;
  const same = ['size', 'minSize', 'pgNum', 'pgNumPending', 'pgpNum', 'crushRule', 'type'] as const;
  return same.some((field) => old[field] !== pool[field]);
}
