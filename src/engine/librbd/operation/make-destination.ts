import type { Task } from '../../base/task.ts';
import { OP_FEATURE } from '../../codec/rbd-types.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { cloneImage } from './clone.ts';
import { createImage } from './create.ts';
import type { CreateOptions } from './create-plan.ts';
import { describeParent } from './parent-info.ts';

/**
 * Makes the image that another is copied or migrated into, without data: as a clone of the same parent, where there is one
 * and `flatten` does not want to do without. Answers its id.
 */
export function* makeDestination(
  source: ImageCtx,
  io: IoCtx,
  name: string,
  flatten: boolean,
  options: CreateOptions,
): Task<string> {
  const parent = flatten ? null : yield* describeParent(source);
  if (parent === null) return yield* createImage(io, name, source.size, options);
  const parentIo = io.rados.ioCtx(parent.poolName, parent.nspace);
  const cloneFormat = (source.header.opFeatures & OP_FEATURE.CLONE_CHILD) === 0 ? 1 : 2;
  const from = { io: parentIo, imageName: parent.imageName, snapId: parent.snapId };
  return yield* cloneImage(from, io, name, { ...options, cloneFormat });
}
