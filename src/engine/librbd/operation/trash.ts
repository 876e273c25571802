import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdDirectory, clsRbdId, clsRbdTrash } from '../../codec/cls-rbd-methods.ts';
import type { TrashImageSpec, TrashSource, TrashState } from '../../codec/rbd-types.ts';
import { logged, logging } from '../../librados/error-log.ts';
import { call, type IoCtx } from '../../librados/io-ctx.ts';
import { acquireLock } from '../exclusive-lock.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { imageIdOf } from '../image-names.ts';
import { leaveMirroring } from '../mirror/disable-image.ts';
import { mirrorNewImage } from '../mirror/new-image.ts';
import { idObjectName, RBD_DIRECTORY, RBD_TRASH } from '../object-names.ts';
import { hasOldImage } from '../old-format/detect.ts';
import { withImage } from '../open.ts';
import { NO_PROGRESS, type OnProgress } from '../progress.ts';
import { readHeader } from '../read-header.ts';
import { refuseTaken } from './create.ts';
import { ignoreMissing, removeContent } from './remove.ts';

const TRASH = 'librbd::api::Trash';

export interface TrashEntry {
  readonly id: string;
  readonly spec: TrashImageSpec;
}

const PAGE = 1024;

/**
 * Moves an image to the trash, where it may not be removed before `expires_us` (Unix epoch; 0 for now). ENOENT; EMLINK for
 * an image of a group. A move
 * that was stopped is ended by the next.
 *
 * @ceph src/librbd/api/Trash.cc move, src/librbd/trash/MoveRequest.cc — exact
 */
export function* moveToTrash(io: IoCtx, name: string, expires_us = 0, source: TrashSource = 'user'): Task<void> {
  const id = yield* idToMove(io, name, source);
  yield* ignoreMissing(withImage(io, { id }, { skipParent: true }, prepareMove));
  const deletion_us = io.rados.now_us();
  const defermentEnd_us = Math.max(deletion_us, expires_us);
  const spec: TrashImageSpec = { source, name, deletion_us, defermentEnd_us, state: 'moving' };
  yield* addToTrash(io, { id, spec });
  yield* ignoreMissing(io.remove(idObjectName(name)));
  yield* ignoreMissing(io.exec(RBD_DIRECTORY, clsRbdDirectory.removeImage, { name, id }));
  yield* setState(io, id, 'normal', 'moving');
}

function* prepareMove(image: ImageCtx): Task<void> {
  yield* acquireLock(image);
  if (image.header.migration != null)
    throw logged(image.io.rados, 'EBUSY', TRASH, 'move: cannot move migrating image to trash');
  if (image.header.group !== null)
    throw logged(image.io.rados, 'EMLINK', TRASH, 'move: image is in a group - not moving to trash');
  yield* leaveMirroring(image);
}

/** By the directory, or by the trash where a move was stopped after it had left the directory. */
function* idToMove(io: IoCtx, name: string, source: TrashSource): Task<string> {
  try {
    return yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.getId, { name });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  const isOfMove = ({ spec }: TrashEntry) => spec.source === source && spec.state === 'moving' && spec.name === name;
  const entry = (yield* listTrash(io)).find(isOfMove);
  if (entry !== undefined) return entry.id;
  if (yield* hasOldImage(io, name)) throw new CephError('EOPNOTSUPP', 'an image of format 1');
  throw new CephError('ENOENT', `image ${name}`);
}

/** An entry that is there already is that of a move that was stopped. */
function* addToTrash(io: IoCtx, entry: TrashEntry): Task<void> {
  try {
    yield* io.exec(RBD_TRASH, clsRbdTrash.add, entry);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
}

/** In order of ids. */
export function* listTrash(io: IoCtx): Task<TrashEntry[]> {
  const out: TrashEntry[] = [];
  for (;;) {
    const page = yield* listPage(io, out.at(-1)?.id ?? '');
    out.push(...page.map(([id, spec]) => ({ id, spec })));
    if (page.length < PAGE) return out;
  }
}

function* listPage(io: IoCtx, start: string): Task<readonly (readonly [id: string, spec: TrashImageSpec])[]> {
  try {
    return yield* io.exec(RBD_TRASH, clsRbdTrash.list, { start, max: PAGE });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

/** ENOENT where it is not in the trash. */
export function* getTrashEntry(io: IoCtx, id: string): Task<TrashEntry> {
  return { id, spec: yield* io.exec(RBD_TRASH, clsRbdTrash.get, { id }) };
}

function loggedEntry(io: IoCtx, id: string, what: string): Task<TrashEntry> {
  const words = `${what}: error getting image id ${id} info from trash`;
  return logging(io.rados, TRASH, words, getTrashEntry(io, id));
}

/**
 * Brings an image back, under its old name unless another is given. What was stopped in between goes on when it is run
 * again. ENOENT; EEXIST for a name in use.
 *
 * @ceph src/librbd/api/Trash.cc restore — exact
 */
export function* restoreFromTrash(io: IoCtx, id: string, newName?: string): Task<void> {
  const { spec } = yield* loggedEntry(io, id, 'restore');
  if (spec.state !== 'normal' && spec.state !== 'restoring')
    throw new CephError('EBUSY', `image ${id} is ${spec.state}`);
  const name = newName ?? spec.name;
  if (!(yield* hasNameAlready(io, name, id))) {
    yield* refuseTaken(io, name);
    yield* setState(io, id, 'restoring', 'normal');
    yield* io.operate(idObjectName(name), [{ op: 'create', exclusive: false }, call(clsRbdId.set, { id })]);
  }
  yield* addToDirectory(io, name, id);
  const { features } = yield* readHeader(io, id);
  yield* mirrorNewImage(io, id, features);
  yield* io.exec(RBD_TRASH, clsRbdTrash.remove, { id });
}

/** True where a restore was stopped when the name was the image's already. */
function* hasNameAlready(io: IoCtx, name: string, id: string): Task<boolean> {
  try {
    return (yield* imageIdOf(io, name)) === id;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

function* addToDirectory(io: IoCtx, name: string, id: string): Task<void> {
  try {
    yield* io.exec(RBD_DIRECTORY, clsRbdDirectory.addImage, { name, id });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
}

/**
 * ENOENT; EPERM before its time unless `force`; and as removeImage.
 *
 * @ceph src/librbd/api/Trash.cc remove, src/librbd/trash/RemoveRequest.cc — exact
 */
export function* removeFromTrash(
  io: IoCtx,
  id: string,
  force: boolean,
  onProgress: OnProgress = NO_PROGRESS,
): Task<void> {
  const { spec } = yield* loggedEntry(io, id, 'remove');
  if (!force && spec.defermentEnd_us > io.rados.now_us())
    throw logged(io.rados, 'EPERM', TRASH, 'remove: error: deferment time has not expired.');
  if (spec.state !== 'normal' && spec.state !== 'removing')
    throw new CephError('EBUSY', `image ${id} is ${spec.state}`);
  yield* setState(io, id, 'removing', 'normal');
  try {
    yield* removeContent(io, id, onProgress);
  } catch (error) {
    yield* setState(io, id, 'normal', 'removing');
    throw error;
  }
  yield* io.exec(RBD_TRASH, clsRbdTrash.remove, { id });
}

/** What is purged beside what has expired, told from what people put into the trash; null for nothing at all. */
type ChooseMore = (entries: readonly TrashEntry[]) => Task<ReadonlySet<string> | null>;

function* chooseNoMore(): Task<ReadonlySet<string>> {
  return new Set();
}

/**
 * Removes what has expired by `before_us`, and what is chosen, of what people put there. Each removal may make room for
 * another: it goes on as long as one succeeds. ENOTEMPTY, EBUSY or EMLINK where something is left.
 *
 * @ceph src/librbd/api/Trash.cc purge — exact
 */
export function* purgeTrash(
  io: IoCtx,
  before_us: number,
  onProgress: OnProgress = NO_PROGRESS,
  chooseMore: ChooseMore = chooseNoMore,
): Task<void> {
  const isMeant = ({ spec }: TrashEntry) => spec.source === 'user' || spec.source === 'user-parent';
  const entries = (yield* listTrash(io)).filter(isMeant);
  const more = yield* chooseMore(entries);
  if (more === null) return;
  const due = entries.filter(({ id, spec }) => more.has(id) || spec.defermentEnd_us <= before_us);
  let left = due.map(({ id }) => id);
  for (;;) {
    const { kept, refused } = yield* purgeRound(io, left, (removed) =>
      onProgress(due.length - left.length + removed, due.length),
    );
    if (kept.length > 0 && kept.length === left.length && refused !== null) throw refused;
    left = kept;
    if (left.length === 0) return;
  }
}

/** Tries each image once. */
function* purgeRound(
  io: IoCtx,
  ids: readonly string[],
  onRemoved: (count: number) => void,
): Task<{ kept: string[]; refused: CephError | null }> {
  const kept: string[] = [];
  let refused: CephError | null = null;
  for (const id of ids) {
    try {
      yield* ignoreMissing(removeFromTrash(io, id, true));
      onRemoved(ids.indexOf(id) + 1 - kept.length);
    } catch (error) {
      if (!(error instanceof CephError) || !IN_THE_WAY.some((name) => error.is(name))) throw error;
      kept.push(id);
      refused ??= error;
    }
  }
  return { kept, refused };
}

const IN_THE_WAY = ['ENOTEMPTY', 'EBUSY', 'EMLINK'] as const;

function* setState(io: IoCtx, id: string, state: TrashState, expected: TrashState): Task<void> {
  yield* io.exec(RBD_TRASH, clsRbdTrash.stateSet, { id, state, expected });
}
