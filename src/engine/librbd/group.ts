import type { Task } from '../base/task.ts';
import { clsRbdGroupImages, clsRbdGroupSnaps } from '../codec/cls-rbd-group-methods.ts';
import { clsRbdDirectory } from '../codec/cls-rbd-methods.ts';
import type { GroupImageStatus, GroupSnapshot, SnapshotNamespace } from '../codec/rbd-types.ts';
import { logging } from '../librados/error-log.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import type { ImageCtx, ImageSnap } from './image-ctx.ts';
import { groupHeaderName, RBD_GROUP_DIRECTORY } from './object-names.ts';
import { withImage } from './open.ts';

/** What the operations on groups share. */

const PAGE = 1024;

/** ENOENT where there is none of that name; noted down for the call `logs`. @ceph src/librbd/api/Group.cc get_id — exact */
export function groupIdOf(io: IoCtx, name: string, logs?: string): Task<string> {
  const id = io.exec(RBD_GROUP_DIRECTORY, clsRbdDirectory.getId, { name });
  return logs === undefined ? id : logging(io.rados, GROUP_API, `${logs}: error reading group id object`, id);
}

/** Who notes down what goes wrong with groups. */
export const GROUP_API = 'librbd::api::Group';

/** Images in the order of pools and ids. ENOENT where the group's header is missing. */
export function* groupImages(io: IoCtx, groupId: string): Task<GroupImageStatus[]> {
  const out: GroupImageStatus[] = [];
  for (;;) {
    const after = out.at(-1)?.spec ?? null;
    const page = yield* io.exec(groupHeaderName(groupId), clsRbdGroupImages.list, { after, max: PAGE });
    out.push(...page);
    if (page.length < PAGE) return out;
  }
}

/** Snapshots in the order of their ids. ENOENT where the group's header is missing. */
export function* groupSnaps(io: IoCtx, groupId: string): Task<GroupSnapshot[]> {
  const out: GroupSnapshot[] = [];
  for (;;) {
    const start = out.at(-1)?.id ?? '';
    const page = yield* io.exec(groupHeaderName(groupId), clsRbdGroupSnaps.list, { start, max: PAGE });
    out.push(...page);
    if (page.length < PAGE) return out;
  }
}

/** The namespace of an image's part of a group snapshot. */
export function groupSnapNamespace(io: IoCtx, groupId: string, groupSnapId: string): SnapshotNamespace {
  return { type: 'group', pool: io.poolId, groupId, groupSnapId };
}

/** The name of an image's part of a group snapshot. @ceph src/librbd/api/Group.cc calc_ind_image_snap_name — exact */
export function imageSnapName(io: IoCtx, groupId: string, groupSnapId: string): string {
  return `.group.${io.poolId.toString(16)}_${groupId}_${groupSnapId}`;
}

/** An image's part of a group snapshot; undefined where it has none. */
export function groupSnapOf(image: ImageCtx, { poolId }: IoCtx, groupSnapId: string): ImageSnap | undefined {
  return image.header.snaps.find(
    ({ namespace }) => namespace.type === 'group' && namespace.pool === poolId && namespace.groupSnapId === groupSnapId,
  );
}

/** Opens images by pool and id, in the group's namespace, runs `body`, and closes them. */
export function* withImages<T>(
  io: IoCtx,
  specs: readonly { readonly pool: number; readonly imageId: string }[],
  body: (images: readonly ImageCtx[]) => Task<T>,
  opened: readonly ImageCtx[] = [],
): Task<T> {
  const [first, ...rest] = specs;
  if (first === undefined) return yield* body(opened);
  const imageIo = io.rados.ioCtx(first.pool, io.nspace);
  return yield* withImage(imageIo, { id: first.imageId }, {}, (image) =>
    withImages(io, rest, body, [...opened, image]),
  );
}
