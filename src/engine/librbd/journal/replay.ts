import { equalBytes } from '../../base/bytes.ts';
import { bytesData, bytesOfData, concatData, sliceData } from '../../base/data.ts';
import type { Task } from '../../base/task.ts';
import { Decoder } from '../../codec/denc.ts';
import { decodeEventEntry, type IoEvent, type JournalEvent, type OpEvent } from '../../codec/journal-events.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { discardRange, readImage, writeImage } from '../io/image-io.ts';
import { nextPosition } from './commit.ts';
import { type ReplayEntry, readSoundEntries } from './entries.ts';
import { IMAGE_CLIENT, journalHeaderName } from './journal-names.ts';
import { readJournalMetadata } from './metadata.ts';
import { replayOp } from './replay-op.ts';

/**
 * Does what the journal says and is not committed, as whoever takes the lock does first: its writer may have died over
 * it. An operation is done when its end is noted down; one that never ended, after all else. Then all is committed.
 *
 * @ceph src/librbd/Journal.cc handle_replay_ready, src/librbd/journal/Replay.cc — exact, but that an operation which
 * failed is passed over
 */
export function* replayJournal(image: ImageCtx): Task<void> {
  const header = journalHeaderName(image.id);
  const client = yield* image.io.exec(header, clsJournal.getClient, { id: IMAGE_CLIENT });
  const entries = yield* readSoundEntries(image.io, image.id, client.commitPosition);
  if (entries.length === 0) return;
  image.replaying = true;
  try {
    yield* replayEntries(image, entries);
  } finally {
    image.replaying = false;
  }
  const { splayWidth } = yield* readJournalMetadata(image.io, image.id);
  const position = entries.reduce((before, entry) => nextPosition(before, entry, splayWidth), client.commitPosition);
  yield* image.io.exec(header, clsJournal.commit, { id: IMAGE_CLIENT, position });
}

function* replayEntries(image: ImageCtx, entries: readonly ReplayEntry[]): Task<void> {
  const begun = new Map<number, OpEvent>();
  for (const { data } of entries) yield* replayEvent(image, decodeEventEntry(new Decoder(data)).event, begun);
  for (const op of begun.values()) yield* replayOp(image, op);
}

function* replayEvent(image: ImageCtx, event: JournalEvent, begun: Map<number, OpEvent>): Task<void> {
  if (event.type === 'op-finish') {
    const op = begun.get(event.opTid);
    begun.delete(event.opTid);
    if (op !== undefined && event.result >= 0) yield* replayOp(image, op);
  } else if ('opTid' in event) begun.set(event.opTid, event);
  else if ('offset' in event && event.offset < image.size) yield* replayIo(image, event);
}

type RangeEvent = Extract<IoEvent, { readonly offset: number }>;

function* replayIo(image: ImageCtx, event: RangeEvent): Task<void> {
  switch (event.type) {
    case 'discard':
      yield* discardRange(image, event.offset, event.length, event.granularity);
      return;
    case 'compare-and-write':
      if (yield* holds(image, event.offset, event.compared))
        yield* writeImage(image, event.offset, bytesData(event.data));
      return;
    case 'write-same':
      yield* writeImage(image, event.offset, repeated(event));
      return;
    case 'write':
      yield* writeImage(image, event.offset, bytesData(event.data));
  }
}

function* holds(image: ImageCtx, offset: number, compared: Uint8Array): Task<boolean> {
  const there = yield* readImage(image, offset, compared.length);
  return equalBytes(bytesOfData(there, 0, there.length), compared);
}

function repeated({ data, length }: { readonly data: Uint8Array; readonly length: number }) {
  if (data.length === 0) return bytesData(data);
  const times = Math.ceil(length / data.length);
  return sliceData(concatData(Array.from({ length: times }, () => bytesData(data))), 0, length);
}
