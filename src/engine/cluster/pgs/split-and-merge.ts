import type { StripeCode } from '../../base/data.ts';
import { reverseBits } from '../../os/hobject.ts';
import type { ObjectStore } from '../../os/object-store.ts';
import type { Onode } from '../../os/onode.ts';
import { osdOfShard, shardOf } from '../../os/shard-id.ts';
import { copyOf } from '../../osd/copy-of.ts';
import { isRecoverable } from '../../osd/erasure/recoverable.ts';
import { stripeCodeOf } from '../../osd/erasure/stripe-code.ts';
import { authoritativeVersions, missingKey, missingTable } from '../../osd/missing.ts';
import { compareVersions, headOf, lastUpdateOf, type PeerInfo, type PgRecord } from '../../osd/pg.ts';
import { appendLog, filterLog, logSize, type PgLogEntry, pgLog } from '../../osd/pg-log.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { pgSeedOfHash } from '../../osdmap/placement.ts';
import type { PlacementGroups } from './placement-groups.ts';
import { forgetTrims } from './trim-states.ts';

/**
 * Splits or merges a pool's PGs where they lie: objects stay on their OSDs and change their PG by their hash. The new
 * intervals that follow move what has to move.
 */
export function splitAndMerge(pgs: PlacementGroups, old: PgPool, pool: PgPool): void {
  for (let seed = 0; seed < old.pgNum; seed++) forgetTrims(pgs.engine.records, pgIdText(pool.id, seed));
  const parents = new Map<number, PgRecord>();
  for (let seed = 0; seed < Math.min(old.pgNum, pool.pgNum); seed++) {
    const record = pgs.record(pool.id, seed);
    if (record !== undefined) parents.set(seed, record);
    if (record !== undefined && pool.pgNum > old.pgNum) {
      rehash(pgs, record, pool);
      pgs.put({ ...record, logSize: sizeOfLog(pgs, pool, seed) });
    }
  }
  for (let seed = old.pgNum; seed < pool.pgNum; seed++) {
    const parent = parents.get(pgSeedOfHash(old, seed));
    if (parent !== undefined) pgs.put({ ...parent, seed, logSize: sizeOfLog(pgs, pool, seed) });
  }
  for (let seed = pool.pgNum; seed < old.pgNum; seed++) merge(pgs, pool, seed);
}

/** @ceph src/osd/PG.cc split_into, src/osd/PGLog.h split_into — objects, log and missing sets go to the child by hash */
function rehash(pgs: PlacementGroups, { seed, peers }: PgRecord, pool: PgPool): void {
  for (const id of peers.keys()) rehashCollection(pgs.store(id), pool, seed);
  const { records } = pgs.engine;
  const pgid = pgIdText(pool.id, seed);
  const [log, missing] = [pgLog(records, pgid), missingTable(records, pgid)];
  const home = (entry: PgLogEntry) => pgSeedOfHash(pool, entry.hoid.hash);
  for (const entry of filterLog(log, (each) => home(each) === seed))
    appendLog(pgLog(records, pgIdText(pool.id, home(entry))), [entry]);
  for (const row of [...missing.values()]) {
    const at = homeOf(pool, row.key);
    if (at === seed) continue;
    missingTable(records, pgIdText(pool.id, at)).set(missingKey(row.id, row.key), row);
    missing.delete(missingKey(row.id, row.key));
  }
}

function sizeOfLog({ engine }: PlacementGroups, pool: PgPool, seed: number): number {
  return logSize(pgLog(engine.records, pgIdText(pool.id, seed)));
}

/** Keys begin with the hash, its bits reversed. */
function homeOf(pool: PgPool, key: string): number {
  return pgSeedOfHash(pool, reverseBits(Number.parseInt(key.slice(0, 8), 16)));
}

function rehashCollection(store: ObjectStore, pool: PgPool, seed: number): void {
  const table = store.collection(pool.id, seed);
  for (const [key, onode] of [...table.entries()]) {
    const home = pgSeedOfHash(pool, onode.hoid.hash);
    if (home === seed) continue;
    store.collection(pool.id, home).set(key, onode);
    table.delete(key);
  }
}

/**
 * Takes a PG beyond the new pg_num into the one that its objects now belong to. The manager lets two PGs merge only when
 * both are clean on the same OSDs (see pg-num-steps.ts); for a map that merges others all the same, what an OSD lacks is
 * copied at once. Who of them is down is not told, and has to be filled when it is back.
 */
function merge(pgs: PlacementGroups, pool: PgPool, seed: number): void {
  const child = pgs.record(pool.id, seed);
  const target = pgs.record(pool.id, pgSeedOfHash(pool, seed));
  if (child === undefined || target === undefined) return;
  const code = stripeCodeOf(pgs.monitor.map(), pool);
  const kept = currentHolders(pgs, target, code);
  const objects = kept.map((id) => objectsFor(pgs, child, pool, code, id));
  for (const id of new Set([...child.peers.keys(), ...target.peers.keys()])) {
    pgs.store(id).removeCollection(pool.id, seed);
    if (!kept.includes(id)) pgs.store(id).removeCollection(pool.id, target.seed);
  }
  for (const [i, id] of kept.entries()) {
    const table = pgs.store(id).collection(pool.id, target.seed);
    for (const [key, onode] of objects[i] ?? []) table.set(key, onode);
  }
  pgs.forget(pool.id, seed);
  const version = Math.max(target.version, child.version);
  const merged = { ...target, version, epoch: Math.max(target.epoch, child.epoch) };
  const log = pgLog(pgs.engine.records, pgIdText(pool.id, target.seed));
  for (const key of [...log.keys()]) log.delete(key);
  // Those that hold it go on from the same point: the log begins anew.
  const peers = new Map(
    [...target.peers].filter(([id]) => kept.includes(id)).map(([id, info]) => [id, { ...info, lastUpdate: null }]),
  );
  pgs.put({ ...merged, logTail: headOf(merged), logSize: 0, peers });
}

/**
 * OSDs that are up and have every write of a PG; where there are none, or too few for an erasure pool, whoever has the
 * newest.
 */
function currentHolders(pgs: PlacementGroups, record: PgRecord, code: StripeCode | null): number[] {
  const map = pgs.monitor.map();
  const current = [...record.peers].filter(([, info]) => isCurrent(record, info)).map(([id]) => id);
  const up = current.filter((id) => map.osds[osdOfShard(id)]?.up === true);
  if (code !== null) return isRecoverable(code, up.map(shardOf)) ? up : current;
  if (up.length > 0) return up;
  return current.length > 0 ? current : [...record.peers.keys()].slice(0, 1);
}

function isCurrent(record: PgRecord, info: PeerInfo): boolean {
  return info.lastBackfill === null && compareVersions(lastUpdateOf(record, info), headOf(record)) === 0;
}

/** Every object of a PG in its newest version, from whoever has it, as it is to be on one OSD. */
function objectsFor(
  pgs: PlacementGroups,
  record: PgRecord,
  pool: PgPool,
  code: StripeCode | null,
  id: number,
): (readonly [string, Onode])[] {
  const { seed, peers } = record;
  const rows = [...missingTable(pgs.engine.records, pgIdText(pool.id, seed)).values()];
  const [holder] = currentHolders(pgs, record, code);
  if (holder === undefined) return [];
  const stores = [...peers.keys()].map((each) => pgs.store(each));
  return [...authoritativeVersions(pgs.store(holder), rows, pool.id, seed)].flatMap(([key, need]) => {
    const copy = copyOf(stores, { pool, seed, code }, { id, key, need });
    return copy === undefined ? [] : [[key, copy.onode] as const];
  });
}
