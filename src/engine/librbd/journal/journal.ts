import { bytesData } from '../../base/data.ts';
import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { Decoder } from '../../codec/denc.ts';
import {
  decodeTagData,
  encodeEventEntry,
  encodeJournalEntry,
  encodeTagData,
  type JournalEvent,
  type ObjectPosition,
} from '../../codec/journal-codec.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { IMAGE_CLIENT, journalHeaderName, journalObjectName, LOCAL } from './journal-names.ts';

/** The journal of an image as its writer has it open. */
export interface OpenJournal {
  readonly tagTid: number;
  readonly objectSize: number;
  readonly splayWidth: number;
  activeSet: number;
  nextEntry: number;
  /** Of each object the last entry, newest first. */
  positions: readonly ObjectPosition[];
}

/** Whose the image is by its journal's last tag: `''` for its own. */
export function* journalOwner(image: ImageCtx): Task<string> {
  const last = (yield* image.io.exec(journalHeaderName(image.id), clsJournal.tags, undefined)).at(-1);
  return last === undefined ? LOCAL : decodeTagData(new Decoder(last.data)).mirrorUuid;
}

/** A new time begins: of the image itself, or of nobody. @ceph src/librbd/Journal.cc allocate_tag — exact */
export function* allocateTag(image: ImageCtx, mirrorUuid: string): Task<number> {
  const header = journalHeaderName(image.id);
  const tid = yield* image.io.exec(header, clsJournal.getNextTagTid, undefined);
  const before = yield* journalOwner(image);
  const { commitPosition } = yield* image.io.exec(header, clsJournal.getClient, { id: IMAGE_CLIENT });
  const last = commitPosition[0];
  const predecessor = {
    mirrorUuid: before,
    commitValid: last !== undefined,
    tagTid: last?.tagTid ?? 0,
    entryTid: last?.entryTid ?? 0,
  };
  const data = encodeTagData({ mirrorUuid, predecessor });
  yield* image.io.exec(header, clsJournal.createTag, { tid, tagClass: 0, data });
  return tid;
}

/** Begins to write, with a tag of its own. */
export function* openJournal(image: ImageCtx): Task<OpenJournal> {
  const header = journalHeaderName(image.id);
  const tagTid = yield* allocateTag(image, LOCAL);
  return {
    tagTid,
    objectSize: 2 ** (yield* image.io.exec(header, clsJournal.getOrder, undefined)),
    splayWidth: yield* image.io.exec(header, clsJournal.getSplayWidth, undefined),
    activeSet: yield* image.io.exec(header, clsJournal.getActiveSet, undefined),
    nextEntry: 0,
    positions: [],
  };
}

/** Appends what is about to be done: entries go round the objects of the active set, which moves on when one is full. */
export function* appendEvent(image: ImageCtx, journal: OpenJournal, event: JournalEvent): Task<void> {
  const entryTid = journal.nextEntry++;
  const entry = encodeEventEntry(event, image.io.rados.now_us());
  const bytes = encodeJournalEntry(journal.tagTid, entryTid, entry);
  const offset = entryTid % journal.splayWidth;
  if ((yield* sizeOf(image, journal.activeSet * journal.splayWidth + offset)) + bytes.length > journal.objectSize) {
    journal.activeSet++;
    yield* image.io.exec(journalHeaderName(image.id), clsJournal.setActiveSet, { set: journal.activeSet });
  }
  const object = journal.activeSet * journal.splayWidth + offset;
  const name = journalObjectName(image.io.poolId, image.id, object);
  yield* image.io.operate(name, [{ op: 'append', data: bytesData(bytes) }]);
  const others = journal.positions.filter((each) => each.object % journal.splayWidth !== offset);
  journal.positions = [{ object, tagTid: journal.tagTid, entryTid }, ...others];
}

function* sizeOf(image: ImageCtx, object: number): Task<number> {
  try {
    return (yield* image.io.stat(journalObjectName(image.io.poolId, image.id, object))).size;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 0;
    throw error;
  }
}

/** All that was appended is done. */
export function* commitJournal(image: ImageCtx, journal: OpenJournal): Task<void> {
  if (journal.positions.length === 0) return;
  const position = journal.positions;
  yield* image.io.exec(journalHeaderName(image.id), clsJournal.commit, { id: IMAGE_CLIENT, position });
}
