import { bytesOfData, type Data } from '../../base/data.ts';
import type { Task } from '../../base/task.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { markDone } from './commit.ts';
import { appendEvent, type OpenJournal, openJournal, type PendingEntry } from './journal.ts';

/** A longer write is several entries: `rbd_journal_max_payload_bytes`, without what goes around the data. */
const MOST_WRITE_BYTES = 16_384 - 44;
const NO_ENTRIES: readonly PendingEntry[] = [];

/** A write is in the journal before it is in the image. @ceph src/librbd/Journal.cc append_write_event — exact */
export function* journalWrite(image: ImageCtx, offset: number, data: Data): Task<readonly PendingEntry[]> {
  const journal = yield* openedJournal(image);
  if (journal === null) return NO_ENTRIES;
  const entries: PendingEntry[] = [];
  for (let at = 0; at < data.length; at += MOST_WRITE_BYTES) {
    const bytes = bytesOfData(data, at, Math.min(MOST_WRITE_BYTES, data.length - at));
    const event = { type: 'write', offset: offset + at, length: bytes.length, data: bytes } as const;
    entries.push(yield* appendEvent(image, journal, event));
  }
  return entries;
}

/** Half of what a write may have, for there are two. */
const MOST_COMPARED_BYTES = (16_384 - 60) / 2;

/** @ceph src/librbd/Journal.cc append_compare_and_write_event — exact */
export function* journalCompareAndWrite(
  image: ImageCtx,
  offset: number,
  compare: Data,
  data: Data,
): Task<readonly PendingEntry[]> {
  const journal = yield* openedJournal(image);
  if (journal === null) return NO_ENTRIES;
  const entries: PendingEntry[] = [];
  for (let at = 0; at < data.length; at += MOST_COMPARED_BYTES) {
    const length = Math.min(MOST_COMPARED_BYTES, data.length - at);
    const [compared, written] = [bytesOfData(compare, at, length), bytesOfData(data, at, length)];
    const event = { type: 'compare-and-write', offset: offset + at, length, compared, data: written } as const;
    entries.push(yield* appendEvent(image, journal, event));
  }
  return entries;
}

/** A pattern that is written over and over is in the journal once. @ceph src/librbd/Journal.cc append_write_same_event — exact */
export function* journalWriteSame(
  image: ImageCtx,
  offset: number,
  length: number,
  pattern: Data,
): Task<readonly PendingEntry[]> {
  const journal = yield* openedJournal(image);
  if (journal === null) return NO_ENTRIES;
  const event = { type: 'write-same', offset, length, data: bytesOfData(pattern) } as const;
  return [yield* appendEvent(image, journal, event)];
}

interface DiscardedRange {
  readonly offset: number;
  readonly length: number;
  readonly granularity: number;
}

export function* journalDiscard(image: ImageCtx, range: DiscardedRange): Task<readonly PendingEntry[]> {
  const journal = yield* openedJournal(image);
  return journal === null ? NO_ENTRIES : [yield* appendEvent(image, journal, { type: 'discard', ...range })];
}

/** What was noted down is in the image. What fails stays in the journal, and is played back one day. */
export function* journalDone(image: ImageCtx, entries: readonly PendingEntry[]): Task<void> {
  if (image.journal !== null && entries.length > 0) yield* markDone(image, image.journal, entries);
}

/** A flush that somebody asked for: all is written, but the journal has it. @ceph src/librbd/io/ImageRequest.cc ImageFlushRequest — exact */
export function* flushImage(image: ImageCtx): Task<void> {
  if (image.readOnly || !image.locked) return;
  const journal = yield* openedJournal(image);
  if (journal !== null) yield* journalDone(image, [yield* appendEvent(image, journal, { type: 'flush' })]);
}

/**
 * The journal that changes go to; null where the image has none, or its journal is being played back. After a reload the
 * lock is there already, without its journal.
 */
export function* openedJournal(image: ImageCtx): Task<OpenJournal | null> {
  if (!image.has(FEATURE.JOURNALING) || image.replaying || image.forMirroring) return null;
  image.journal ??= yield* openJournal(image);
  return image.journal;
}
