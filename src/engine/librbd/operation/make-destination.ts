import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { type CloneOptions, cloneImage } from './clone.ts';
import { createImage } from './create.ts';
import { describeParent } from './parent-info.ts';

/**
 * Makes the image that another is copied or migrated into, without data: as a clone of the same parent, where there is one
 * and `flatten` does not want to do without. Answers its id. As {@link cloneImage} else: what format the source is does
 * not matter.
 *
 * @ceph src/librbd/api/Image.cc deep_copy, api/Migration.cc create_dst_image — exact
 */
export function* makeDestination(
  source: ImageCtx,
  io: IoCtx,
  name: string,
  flatten: boolean,
  options: CloneOptions,
): Task<string> {
  const parent = flatten ? null : yield* describeParent(source);
  if (parent === null) return yield* createImage(io, name, source.size, options);
  const parentIo = io.rados.ioCtx(parent.poolName, parent.nspace);
  const from = { io: parentIo, imageName: parent.imageName, snapId: parent.snapId };
  return yield* cloneImage(from, io, name, options);
}
