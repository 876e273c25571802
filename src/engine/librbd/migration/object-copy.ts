import { type Data, isZeroData, NO_DATA, truncateData } from '../../base/data.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdObjectMap } from '../../codec/cls-rbd-methods.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { clsRbdAssert } from '../../codec/rbd-migration-methods.ts';
import { FEATURE, OBJECT_STATE } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { call } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectExists, readExtents } from '../io/object-read.ts';
import { type ImageExtent, imageToObjects, objectCount, objectToImage, pruneExtents } from '../io/striper.ts';
import { objectMapName } from '../object-names.ts';
import { changeOps } from './change-ops.ts';
import type { MigratedState, MigrationInfo } from './migration-info.ts';
import { openSourceState } from './source-states.ts';

/** What an object of the destination is at one state of the source; null where it is not there. */
interface ObjectState extends MigratedState {
  readonly data: Data | null;
  /** What makes it of the state before. */
  readonly ops: readonly OsdOp[];
}

/**
 * Copies an object of the destination from the source, state by state: under the snapshots that lie below each. What
 * was copied before is told by the snapshot that the object was last written under, and passed over. `isLeft` is false
 * where the copy is removed at once, but for the snapshots: the head's map then says that this is about to be.
 *
 * @ceph src/librbd/deep_copy/ObjectCopyRequest.cc — exact in what is stored; what differs between two states is told
 * from their data
 */
export function* copyObject(image: ImageCtx, info: MigrationInfo, objectNo: number, isLeft = true): Task<void> {
  const states = yield* readStates(image, info, objectNo);
  if (states.every(({ ops }) => ops.length === 0)) return;
  yield* updateMaps(image, states, objectNo, isLeft);
  for (const { below, ops } of states) {
    if (ops.length === 0) continue;
    const seq = below[0] ?? 0;
    const io = image.writeIo.withSnapContext({ seq, snaps: below });
    const guard = call(clsRbdAssert.snapcSeq, { seq, state: 'gt' } as const);
    yield* alreadyDone(io.operate(image.objectName(objectNo), [guard, ...ops]));
  }
  image.io.rados.port.cost.copyups++;
}

function* readStates(image: ImageCtx, info: MigrationInfo, objectNo: number): Task<ObjectState[]> {
  const area = objectToImage(image.layout, objectNo, 0, image.objectSize);
  const hides = image.header.parentSpec !== null && !info.flatten;
  const out: ObjectState[] = [];
  let before: Data | null = null;
  for (const state of info.states) {
    const source = yield* openSourceState(image, state.sourceSnapId);
    const data: Data | null = yield* readState(
      source,
      pruneExtents(area, Math.min(source.size, info.parents.get(state.destSnapId)?.overlap ?? 0)),
      info.flatten,
    );
    const ops = source.foreign?.dense === true ? wholeOps(before, data) : changeOps(before, data, hides);
    out.push({ ...state, data, ops });
    before = data;
  }
  return out;
}

/** Where the source does not tell what changed, all of it is written. */
function wholeOps(before: Data | null, data: Data | null): readonly OsdOp[] {
  if (data === null) return changeOps(before, data, false);
  const shrinks = before !== null && before.length > data.length;
  const write: OsdOp = { op: 'write', off: 0, data };
  return shrinks ? [write, { op: 'truncate', size: data.length }] : [write];
}

/** Null where the source has none of the objects that lie there. */
function* readState(source: ImageCtx, area: readonly ImageExtent[], flatten: boolean): Task<Data | null> {
  if (source.foreign !== null) return yield* readForeign(source, area);
  if (!flatten && !(yield* hasAny(source, area))) return null;
  const data = area.length === 0 ? NO_DATA : yield* readExtents(source, area, 1);
  const last = data.extents.at(-1);
  const stored = truncateData(data, last === undefined ? 0 : last.off + last.len);
  return flatten && isZeroData(stored) && !(yield* hasAny(source, area)) ? null : stored;
}

function* readForeign(source: ImageCtx, area: readonly ImageExtent[]): Task<Data | null> {
  const data = area.length === 0 ? NO_DATA : yield* readExtents(source, area, 1);
  const last = data.extents.at(-1);
  return last === undefined ? null : truncateData(data, last.off + last.len);
}

function* hasAny(source: ImageCtx, area: readonly ImageExtent[]): Task<boolean> {
  for (const { off, len } of area) {
    for (const { objectNo } of imageToObjects(source.layout, off, len)) {
      if (source.objectMap !== null && !source.objectMap.mayExist(objectNo)) continue;
      if (yield* objectExists(source, objectNo)) return true;
    }
  }
  return false;
}

/** Each state's map says that the object is there, and with fast-diff whether it is as in the one before. */
function* updateMaps(image: ImageCtx, states: readonly ObjectState[], objectNo: number, isLeft: boolean): Task<void> {
  if (!image.has(FEATURE.OBJECT_MAP)) return;
  const { EXISTS, EXISTS_CLEAN, PENDING } = OBJECT_STATE;
  const same = image.has(FEATURE.FAST_DIFF) ? EXISTS_CLEAN : EXISTS;
  const last = states.at(-1);
  for (const { destSnapId, data, ops } of states) {
    const isGoing = !isLeft && destSnapId === NOSNAP;
    if (data !== null)
      yield* markThere(image, destSnapId, objectNo, isGoing ? PENDING : ops.length > 0 ? EXISTS : same);
  }
  // Snapshots made since then, and the head behind them.
  if (last === undefined || last.destSnapId === NOSNAP || last.data === null) return;
  for (const { id } of image.header.snaps) if (id > last.destSnapId) yield* markThere(image, id, objectNo, same);
  yield* markThere(image, NOSNAP, objectNo, isLeft ? same : PENDING);
}

/** Where the map says more than nothing already, it stays. */
function* markThere(image: ImageCtx, snapId: number, objectNo: number, newState: number): Task<void> {
  const { NONEXISTENT } = OBJECT_STATE;
  if (snapId === NOSNAP) {
    if (image.objectMap !== null) yield* image.objectMap.update(objectNo, objectNo + 1, newState, NONEXISTENT);
    return;
  }
  const snap = image.snapById(snapId);
  if (snap === undefined || objectNo >= objectCount(image.layout, snap.size)) return;
  const input = { start: objectNo, end: objectNo + 1, newState, currentState: NONEXISTENT };
  yield* image.io.exec(objectMapName(image.id, snapId), clsRbdObjectMap.update, input);
}

/** A state that was written before. */
function* alreadyDone(task: Task<unknown>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!isErrno(error, 'ERANGE') && !isErrno(error, 'ENOENT')) throw error;
  }
}
