import { bytesData } from '../../base/data.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { encodeJournalEntry, type ObjectPosition } from '../../codec/journal-codec.ts';
import { encodeEventEntry, type JournalEvent } from '../../codec/journal-events.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { IMAGE_CLIENT, journalHeaderName, journalObjectName } from './journal-names.ts';
import { type JournalMetadata, journalDataIo, readJournalMetadata } from './metadata.ts';
import { allocateTag } from './tags.ts';

/** An entry that was appended, and whether what it says is done. */
export interface PendingEntry {
  readonly position: ObjectPosition;
  done: boolean;
}

/** The journal of an image as its writer has it open. */
export interface OpenJournal {
  readonly tagTid: number;
  readonly objectSize: number;
  readonly splayWidth: number;
  readonly dataIo: IoCtx;
  minimumSet: number;
  activeSet: number;
  nextEntry: number;
  /** The last operation's number. */
  opTid: number;
  /** An operation is under way: what it does in between is not noted down for itself. */
  opRunning: boolean;
  /** Bytes that this writer appended to each object of the active set. */
  readonly bytes: Map<number, number>;
  /** In the order in which they were appended. */
  pending: PendingEntry[];
  /** Up to where all is done: of each object of a set the last entry, newest first. */
  positions: readonly ObjectPosition[];
  /** What of `positions` is not in the header yet, and since when. */
  unsavedSince_us: number | null;
}

/** Begins to write, with a tag of its own (allocated unless given). */
export function* openJournal(image: ImageCtx, tag?: number): Task<OpenJournal> {
  const { io, id } = image;
  const tagTid = tag ?? (yield* allocateTag(image));
  const metadata = yield* readJournalMetadata(io, id);
  const { commitPosition } = yield* io.exec(journalHeaderName(id), clsJournal.getClient, { id: IMAGE_CLIENT });
  return newWriter(io, metadata, tagTid, commitPosition);
}

/** A journal in which nothing was written yet by whoever opens it. */
export function newWriter(
  io: IoCtx,
  metadata: JournalMetadata,
  tagTid: number,
  positions: readonly ObjectPosition[],
): OpenJournal {
  return {
    tagTid,
    objectSize: 2 ** metadata.order,
    splayWidth: metadata.splayWidth,
    dataIo: journalDataIo(io, metadata),
    minimumSet: metadata.minimumSet,
    activeSet: metadata.activeSet,
    nextEntry: 0,
    opTid: 0,
    opRunning: false,
    bytes: new Map(),
    pending: [],
    positions,
    unsavedSince_us: null,
  };
}

/** Appends what is about to be done. Whoever does it says with {@link markDone} that it is done. */
export function* appendEvent(
  image: ImageCtx,
  journal: OpenJournal,
  event: JournalEvent,
  at_us = image.io.rados.now_us(),
): Task<PendingEntry> {
  return yield* appendEncoded(image.io, image.id, journal, encodeEventEntry(event, at_us));
}

/**
 * Entries go round the objects of the active set, which moves on when one is full.
 *
 * @ceph src/journal/JournalRecorder.cc append, ObjectRecorder.cc send_appends — exact for entries one after the other
 */
export function* appendEncoded(
  io: IoCtx,
  id: string,
  journal: OpenJournal,
  event: Uint8Array,
  tag = journal.tagTid,
): Task<PendingEntry> {
  const entryTid = journal.nextEntry++;
  const bytes = encodeJournalEntry(tag, entryTid, event);
  const offset = entryTid % journal.splayWidth;
  if (yield* isFull(io, id, journal, offset, bytes.length)) yield* advanceSet(io, id, journal);
  const object = journal.activeSet * journal.splayWidth + offset;
  const entry: PendingEntry = { position: { object, tagTid: tag, entryTid }, done: false };
  journal.pending.push(entry);
  const length = (journal.bytes.get(object) ?? 0) + bytes.length;
  journal.bytes.set(object, length);
  yield* journal.dataIo.operate(journalObjectName(io.poolId, id, object), [{ op: 'append', data: bytesData(bytes) }]);
  if (length === journal.objectSize) yield* advanceSet(io, id, journal);
  return entry;
}

/** A writer counts what it appended itself; what was there before counts only where the object is full by it alone. */
function* isFull(io: IoCtx, id: string, journal: OpenJournal, offset: number, length: number): Task<boolean> {
  const object = journal.activeSet * journal.splayWidth + offset;
  const own = journal.bytes.get(object);
  if (own !== undefined) return own + length > journal.objectSize;
  return (yield* sizeOf(journal.dataIo, journalObjectName(io.poolId, id, object))) >= journal.objectSize;
}

function* advanceSet(io: IoCtx, id: string, journal: OpenJournal): Task<void> {
  const set = journal.activeSet + 1;
  yield* io.exec(journalHeaderName(id), clsJournal.setActiveSet, { set });
  journal.activeSet = set;
  journal.bytes.clear();
}

function* sizeOf(io: IoCtx, oid: string): Task<number> {
  try {
    return (yield* io.stat(oid)).size;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 0;
    throw error;
  }
}
