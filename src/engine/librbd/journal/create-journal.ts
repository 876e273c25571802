import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { encodeImageClientData, encodeTagData } from '../../codec/journal-codec.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { IMAGE_CLIENT, journalHeaderName, journalObjectName, LOCAL } from './journal-names.ts';

/** log2 of the size of a journal's objects, and over how many the entries go: `rbd_journal_order`, `rbd_journal_splay_width`. */
const ORDER = 24;
const SPLAY_WIDTH = 4;
const NO_PREDECESSOR = { mirrorUuid: '', commitValid: false, tagTid: 0, entryTid: 0 };

/** @ceph src/librbd/journal/CreateRequest.cc — exact, with the default sizes */
export function* createJournal(io: IoCtx, imageId: string): Task<void> {
  const header = journalHeaderName(imageId);
  yield* io.exec(header, clsJournal.create, { order: ORDER, splayWidth: SPLAY_WIDTH, poolId: -1 });
  const data = encodeTagData({ mirrorUuid: LOCAL, predecessor: NO_PREDECESSOR });
  yield* io.exec(header, clsJournal.createTag, { tid: 0, tagClass: null, data });
  yield* io.exec(header, clsJournal.registerClient, { id: IMAGE_CLIENT, data: encodeImageClientData(0) });
}

/** Entries and header; what is gone already is passed over. @ceph src/librbd/journal/RemoveRequest.cc — exact */
export function* removeJournal(io: IoCtx, imageId: string): Task<void> {
  const header = journalHeaderName(imageId);
  try {
    const splay = yield* io.exec(header, clsJournal.getSplayWidth, undefined);
    const first = yield* io.exec(header, clsJournal.getMinimumSet, undefined);
    const last = yield* io.exec(header, clsJournal.getActiveSet, undefined);
    for (let object = first * splay; object < (last + 1) * splay; object++) {
      yield* passMissing(io.remove(journalObjectName(io.poolId, imageId, object)));
    }
    yield* io.remove(header);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

function* passMissing(task: Task<unknown>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
