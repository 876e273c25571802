import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { JournalEvent, OpEvent } from '../../codec/journal-events.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { flushCommitPosition, markDone } from './commit.ts';
import { appendEvent, type OpenJournal } from './journal.ts';
import { openedJournal } from './journal-io.ts';

/** An operation without the number that its journal gives it. */
type Unnumbered<E> = E extends OpEvent ? Omit<E, 'opTid'> : never;
export type UnnumberedOp = Unnumbered<OpEvent>;

/** An image with a journal changes under its lock alone, also where the header is all that changes. */
export function* lockForOp(image: ImageCtx): Task<void> {
  if (image.has(FEATURE.JOURNALING) && !image.readOnly) yield* acquireLock(image);
}

/**
 * Runs an operation on an image; where the image has a journal, under the lock, between an entry that says what begins
 * and one that says how it ended. What an operation does on its way is not noted down for itself.
 *
 * @ceph src/librbd/operation/Request.cc append_op_event, commit_op_event; src/librbd/Journal.cc append_op_event,
 * C_OpEventSafe — exact
 */
export function* journaledOp<T>(image: ImageCtx, op: UnnumberedOp, body: () => Task<T>): Task<T> {
  if (!image.has(FEATURE.JOURNALING) || image.readOnly || image.replaying) return yield* body();
  yield* acquireLock(image);
  const journal = yield* openedJournal(image);
  if (journal === null || journal.opRunning) return yield* body();
  return yield* noted(image, journal, op, body);
}

function* noted<T>(image: ImageCtx, journal: OpenJournal, op: UnnumberedOp, body: () => Task<T>): Task<T> {
  const opTid = ++journal.opTid;
  const start = yield* appendEvent(image, journal, numbered(op, opTid));
  yield* flushCommitPosition(image, journal);
  journal.opRunning = true;
  let error: CephError | null = null;
  let value: T | undefined;
  try {
    value = yield* body();
  } catch (thrown) {
    if (!(thrown instanceof CephError)) throw thrown;
    error = thrown;
  }
  journal.opRunning = false;
  const result = error === null ? 0 : -error.errno;
  const end = yield* appendEvent(image, journal, { type: 'op-finish', opTid, result });
  yield* markDone(image, journal, [start, end]);
  yield* flushCommitPosition(image, journal);
  if (error !== null) throw error;
  // The body has ended without an error: what it answered is there, also where that is undefined.
  return value as T;
}

function numbered(op: UnnumberedOp, opTid: number): JournalEvent {
  return { ...op, opTid };
}
