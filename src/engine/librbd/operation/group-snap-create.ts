import { CephError, cppStrerror, ERRNO } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdGroupSnaps } from '../../codec/cls-rbd-group-methods.ts';
import type { GroupSnapshot } from '../../codec/rbd-types.ts';
import { logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { acquireLock } from '../exclusive-lock.ts';
import {
  GROUP_API,
  groupIdOf,
  groupImages,
  groupSnapNamespace,
  groupSnapOf,
  groupSnaps,
  imageSnapName,
  withImages,
} from '../group.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { groupHeaderName } from '../object-names.ts';
import { NO_PROGRESS } from '../progress.ts';
import { createSnap } from './snap-create.ts';
import { removeSnapById } from './snap-remove.ts';

/**
 * Makes a snapshot of all images of a group at one time: while it is made this client holds all their locks. ENOENT;
 * EEXIST for a name in use, also by a snapshot that is incomplete because its making was stopped.
 *
 * @ceph src/librbd/api/Group.cc snap_create — exact, but that a name in use takes no id
 */
export function* createGroupSnap(io: IoCtx, groupName: string, name: string): Task<string> {
  const groupId = yield* groupIdOf(io, groupName, 'snap_create');
  const images = yield* groupImages(io, groupId);
  yield* refuseTakenSnap(io, groupId, name);
  const id = io.rados.port.newImageId(io.rados.clientId);
  const snaps = images.map(({ spec }) => ({ ...spec, snapId: 0 }));
  const record: GroupSnapshot = { id, name, state: 'incomplete', snaps };
  const header = groupHeaderName(groupId);
  yield* io.exec(header, clsRbdGroupSnaps.set, record);
  try {
    const snapIds = yield* withImages(io, snaps, (opened) => snapAll(io, groupId, id, opened));
    const made = snaps.map((snap, at) => ({ ...snap, snapId: snapIds[at] ?? 0 }));
    yield* io.exec(header, clsRbdGroupSnaps.set, { ...record, state: 'complete', snaps: made });
  } catch (error) {
    if (error instanceof CephError) yield* io.exec(header, clsRbdGroupSnaps.remove, { id });
    throw error;
  }
  return id;
}

function* refuseTakenSnap(io: IoCtx, groupId: string, name: string): Task<void> {
  const snaps = yield* groupSnaps(io, groupId);
  if (!snaps.some((snap) => snap.name === name)) return;
  const text = `snap_create: snapshot with this name already exists: ${cppStrerror(ERRNO.EEXIST)}`;
  throw logged(io.rados, 'EEXIST', GROUP_API, text);
}

/** Of all images or, where one fails, of none. */
function* snapAll(io: IoCtx, groupId: string, id: string, images: readonly ImageCtx[]): Task<number[]> {
  for (const image of images) yield* acquireLock(image);
  const namespace = groupSnapNamespace(io, groupId, id);
  const name = imageSnapName(io, groupId, id);
  const ids: number[] = [];
  try {
    for (const image of images) ids.push(yield* createSnap(image, name, NO_PROGRESS, namespace));
  } catch (error) {
    for (const image of images) {
      const snap = groupSnapOf(image, io, id);
      if (snap !== undefined) yield* removeSnapById(image, snap.id);
    }
    throw error;
  }
  return ids;
}
