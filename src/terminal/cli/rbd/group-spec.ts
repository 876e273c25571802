import { ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { RbdRun } from './command.ts';
import type { ImageSpec, SnapPresence } from './image-spec.ts';
import { RbdError } from './rbd-error.ts';

/** Reads a group, or a group's snapshot, and opens its pool. */
export function* openGroup(
  run: RbdRun,
  snap: SnapPresence = 'none',
): Task<{ readonly io: IoCtx; readonly group: string; readonly snap: string }> {
  const spec = run.specs.group({ snap });
  return { io: yield* run.open(spec), group: spec.image, snap: spec.snap };
}

/** Reads a group and an image, which are of one namespace, and opens their pools. */
export function* openGroupAndImage(
  run: RbdRun,
  imageRequired = true,
): Task<{ readonly io: IoCtx; readonly group: string; readonly imageIo: IoCtx; readonly image: string }> {
  const group = run.specs.named({ ...keysOf('group'), validation: 'full', what: 'group' });
  const keys = keysOf('image');
  const image = run.specs.named({ ...keys, validation: 'full', what: 'image', inOption: true, imageRequired });
  if (group.nspace !== image.nspace) throw new RbdError('group and image namespace must match.', ERRNO.EINVAL);
  const io = yield* run.open(group);
  return { io, group: group.image, imageIo: yield* run.open(image), image: image.image };
}

function keysOf(what: string): { readonly pool: string; readonly nspace: string; readonly name: string } {
  return { pool: `${what}-pool`, nspace: `${what}-namespace`, name: what };
}

/** The name of a pool that is perhaps gone. */
export function poolNameOf({ rados }: IoCtx, pool: number): string {
  return rados.findPool(pool)?.name ?? `<missing image pool ${pool}>`;
}

/** A part of a group, as the tool writes it. */
export function inPool({ pool, nspace }: Pick<ImageSpec, 'pool' | 'nspace'>, name: string): string {
  return `${pool}/${nspace === '' ? '' : `${nspace}/`}${name}`;
}
