import { must } from '../base/assert.ts';
import type { EngineContext } from '../base/context.ts';
import { intersection } from '../base/interval-set.ts';
import { type Task, waitUntil } from '../base/task.ts';
import { NOSNAP } from '../codec/snap.ts';
import { hobjectKey } from '../os/hobject.ts';
import type { Transaction } from '../os/object-store.ts';
import type { Onode, SnapSet, SnapSetClone } from '../os/onode.ts';
import { tracerOf } from './op-tracer.ts';
import { pgRecord } from './pg.ts';
import { logKey, type PgLogEntry } from './pg-log.ts';
import { type PgView, writePg } from './primary-log-pg.ts';
import { isDirty } from './tier/clean.ts';

/** Virtual time that an OSD takes to trim one clone. */
const TRIM_US = 2_000;

/**
 * Trims removed snapshots from one PG: each clone that served one of them stops serving it, and a clone that
 * serves none goes. `view` is asked again before each object, since the map may change under the work.
 * @ceph src/osd/PrimaryLogPG.cc trim_object — exact, without SnapMapper: the PG's objects are looked through
 */
export function* trimPg(
  engine: EngineContext,
  view: () => PgView | null,
  removed: (snap: number) => boolean,
): Task<void> {
  const first = yield* served(view);
  if (first === null) return;
  const heads = [...objectsOf(first).values()].filter((onode) => isToTrim(onode, removed));
  for (const { hoid } of heads) {
    const pg = yield* served(view);
    if (pg === null) return;
    const head = objectsOf(pg).get(hobjectKey(hoid));
    if (head === undefined) continue;
    trimObject(engine, pg, head, removed);
    yield TRIM_US;
  }
}

/** The PG once it is clean, as trimming asks; null once it is gone. @ceph src/osd/PrimaryLogPG.cc NotTrimming::react(KickTrim) */
function* served(view: () => PgView | null): Task<PgView | null> {
  yield* waitUntil('a clean PG', () => isReady(view()));
  return view();
}

function isReady(pg: PgView | null): boolean {
  return pg === null || isTrimmable(pg);
}

/** True where a PG may trim: it is clean, and its OSDs answer. */
export function isTrimmable(pg: PgView | null): boolean {
  return pg?.clean === true && pg.silent.length === 0;
}

/** True where a PG has clones that serve removed snapshots. */
export function hasClonesOf(pg: PgView, removed: (snap: number) => boolean): boolean {
  for (const onode of objectsOf(pg).values()) if (isToTrim(onode, removed)) return true;
  return false;
}

function isToTrim({ hoid, snapSet }: Onode, removed: (snap: number) => boolean): boolean {
  return hoid.snap === NOSNAP && snapSet?.clones.some(({ snaps }) => snaps.some(removed)) === true;
}

function objectsOf({ acting, pool, seed }: PgView) {
  return must(acting[0], 'primary').collection(pool.id, seed);
}

function trimObject(engine: EngineContext, pg: PgView, head: Onode, removed: (snap: number) => boolean): void {
  const before = must(head.snapSet, 'SnapSet of a head');
  const snapSet = trimSnapSet(before, removed);
  const gone = before.clones.filter(({ id }) => !snapSet.clones.some((clone) => clone.id === id));
  const removes = gone.map(({ id }) => hobjectKey({ ...head.hoid, snap: id }));
  const record = must(pgRecord(engine.records, pg.pool.id, pg.seed), 'PG record');
  const version = { epoch: pg.epoch, version: record.version + 1 };
  // A whiteout is there for its clones only, or in a tier until its base knows of it.
  const isAwaited = (pg.pool.extra?.tierOf ?? -1) >= 0 && isDirty(head);
  const stays = snapSet.clones.length > 0 || !head.info.whiteout || isAwaited;
  if (!stays) removes.push(hobjectKey(head.hoid));
  const info = { ...head.info, version, priorVersion: head.info.version };
  const keeps = { key: hobjectKey(head.hoid), version: head.info.version };
  const transaction: Transaction = {
    puts: stays ? [{ key: hobjectKey(head.hoid), onode: { ...head, snapSet, info }, keeps }] : [],
    removes,
    bytes: 0,
  };
  // The OSD asks for it itself, and removes a head that was there for its clones only.
  const byItself = { version, priorVersion: head.info.version, mtime_us: engine.now_us(), lastClient: 0 };
  const entry: PgLogEntry = { op: stays ? 'modify' : 'delete', hoid: head.hoid, info: stays ? info : byItself };
  writePg(engine, pg, [entry], transaction);
  const ids = gone.map(({ id }) => id);
  tracerOf(engine)?.trimmed(engine, pg, head, ids, logKey(version));
}

/** [SN7] A removed clone leaves to the next older one only the overlap that both had. */
export function trimSnapSet(snapSet: SnapSet, removed: (snap: number) => boolean): SnapSet {
  const clones: SnapSetClone[] = [];
  for (const clone of snapSet.clones) {
    const snaps = clone.snaps.filter((snap) => !removed(snap));
    const older = clones.at(-1);
    if (snaps.length > 0) clones.push(snaps.length === clone.snaps.length ? clone : { ...clone, snaps });
    else if (older !== undefined) {
      clones[clones.length - 1] = { ...older, overlap: intersection(older.overlap, clone.overlap) };
    }
  }
  return { seq: snapSet.seq, clones };
}
