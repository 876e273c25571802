import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { encodeImageClientData, encodeTagData } from '../../codec/journal-codec.ts';
import { clsJournal } from '../../codec/journal-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { IMAGE_CLIENT, journalHeaderName, journalObjectName, LOCAL } from './journal-names.ts';
import { journalDataIo, readJournalMetadata } from './metadata.ts';

/** What a journal is made with. */
export interface JournalOptions {
  /** log2 of the size of its objects: `rbd_journal_order` (24) unless given. */
  readonly order?: number;
  /** Over how many objects entries go in turn: `rbd_journal_splay_width` (4) unless given. */
  readonly splayWidth?: number;
  /** Name of the pool of its objects: that of the image unless given. */
  readonly pool?: string;
}

const NO_PREDECESSOR = { mirrorUuid: '', commitValid: false, tagTid: 0, entryTid: 0 };

/**
 * EDOM for an order outside of [12, 64], EINVAL for no object, ENOENT for a pool that is not there.
 *
 * @ceph src/librbd/journal/CreateRequest.cc — exact
 */
export function* createJournal(io: IoCtx, imageId: string, options: JournalOptions = {}): Task<void> {
  const { order = 24, splayWidth = 4, pool = '' } = options;
  if (order < 12 || order > 64) throw new CephError('EDOM', 'order must be in the range [12, 64]');
  if (splayWidth === 0) throw new CephError('EINVAL', 'failed to create journal');
  const header = journalHeaderName(imageId);
  yield* io.exec(header, clsJournal.create, { order, splayWidth, poolId: pool === '' ? -1 : poolIdOf(io, pool) });
  const data = encodeTagData({ mirrorUuid: LOCAL, predecessor: NO_PREDECESSOR });
  yield* io.exec(header, clsJournal.createTag, { tid: 0, tagClass: null, data });
  yield* io.exec(header, clsJournal.registerClient, { id: IMAGE_CLIENT, data: encodeImageClientData(0) });
}

function poolIdOf(io: IoCtx, name: string): number {
  const pool = io.rados.findPool(name);
  if (pool === undefined) throw new CephError('ENOENT', `journal object pool ${name}`);
  return pool.id;
}

/** Entries and header; what is gone already is passed over. @ceph src/librbd/journal/RemoveRequest.cc — exact */
export function* removeJournal(io: IoCtx, imageId: string): Task<void> {
  const header = journalHeaderName(imageId);
  try {
    const metadata = yield* readJournalMetadata(io, imageId);
    const { minimumSet, activeSet, splayWidth } = metadata;
    const data = journalDataIo(io, metadata);
    for (let object = minimumSet * splayWidth; object < (activeSet + 1) * splayWidth; object++) {
      yield* passMissing(data.remove(journalObjectName(io.poolId, imageId, object)));
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
