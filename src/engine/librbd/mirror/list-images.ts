import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MirrorImage } from '../../codec/rbd-mirror-codec.ts';
import { clsRbdMirrorImages } from '../../codec/rbd-mirror-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { RBD_MIRRORING } from '../object-names.ts';

const PAGE = 1024;

/** The images of a pool that are mirrored, in order of ids. */
export function* listMirrorImages(io: IoCtx): Task<(readonly [id: string, image: MirrorImage])[]> {
  const out: (readonly [string, MirrorImage])[] = [];
  for (;;) {
    const page = yield* listPage(io, out.at(-1)?.[0] ?? '');
    out.push(...page);
    if (page.length < PAGE) return out;
  }
}

function* listPage(io: IoCtx, start: string): Task<readonly (readonly [string, MirrorImage])[]> {
  try {
    return yield* io.exec(RBD_MIRRORING, clsRbdMirrorImages.list, { start, max: PAGE });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Null for an image that is not mirrored. */
export function* getMirrorImage(io: IoCtx, id: string): Task<MirrorImage | null> {
  try {
    return yield* io.exec(RBD_MIRRORING, clsRbdMirrorImages.get, { id });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}
