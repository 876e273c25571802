import { bytesData, bytesOfData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { writeRaw } from '../io/image-io.ts';
import { readExtent } from '../io/object-read.ts';
import { magicOf, withOtherMagic } from './luks/magic.ts';

/**
 * The header of a clone that has no parent any more is one as all others: its key opens all of the image.
 *
 * @ceph src/librbd/crypto/luks/FlattenRequest.cc — exact
 */
export function* flattenHeader(image: ImageCtx): Task<void> {
  const { crypto } = image;
  if (crypto === null) return;
  const bytes = bytesOfData(yield* readExtent(image, 0, crypto.dataOffset));
  const header = magicOf(bytes) === 'rbd-clone' ? withOtherMagic(bytes) : bytes;
  if (header === null) throw new CephError('EILSEQ', 'unable to restore header magic');
  yield* writeRaw(image, 0, bytesData(header));
}
