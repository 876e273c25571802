import { bytesData, bytesOfData, concatData, type Data, denseData, sliceData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { writeImage } from '../io/image-io.ts';
import { LUKS2_BYTES } from './luks/luks2-codec.ts';
import { withOtherMagic } from './luks/magic.ts';
import { chanceOf, type LuksPlan, luks1DataOffset, luks2DataOffset, makeLuks1, makeLuks2 } from './luks/make-luks.ts';

export type FormatName = 'luks1' | 'luks2';
export type CipherAlg = 'aes-128' | 'aes-256';

/**
 * `rbd encryption format`: writes a header over the image's beginning, with one keyslot for the passphrase. What the image
 * held reads as noise from then on. EOPNOTSUPP with a journal; ENOSPC for an image that is smaller than the header.
 *
 * @ceph src/librbd/crypto/FormatRequest.cc, luks/FormatRequest.cc — exact but for what key derivation costs (see
 * make-luks.ts); the header fills whole stripe periods, so that nothing of a parent is copied up under it
 */
export function* formatImage(
  image: ImageCtx,
  format: FormatName,
  passphrase: Uint8Array,
  cipher: CipherAlg = 'aes-256',
): Task<void> {
  if (image.has(FEATURE.JOURNALING)) throw new CephError('EOPNOTSUPP', 'cannot use encryption with journal');
  const { port } = image.io.rados;
  const chance = chanceOf(() => port.random_u32('crypto'));
  const keyBytes = cipher === 'aes-128' ? 32 : 64;
  const align = stripePeriod(image);
  const needed = format === 'luks1' ? luks1DataOffset(keyBytes, align) : luks2DataOffset(align);
  if (needed > image.size) throw new CephError('ENOSPC', `image is too small, format requires ${needed} bytes`);
  const plan: LuksPlan = { key: chance.bytes(keyBytes), passphrase, uuid: port.newUuid(), align, chance };
  const { header } = yield* format === 'luks1' ? makeLuks1(plan) : makeLuks2(plan);
  yield* writeImage(image, 0, denseData(image.parent === null ? header : asClone(header)));
}

/** Bytes after which a stripe pattern begins anew. */
export function stripePeriod({ layout }: ImageCtx): number {
  return layout.objectSize * layout.stripeCount;
}

/** With the magic of a clone, whose parent's data another key opens. */
function asClone(header: Data): Data {
  const changed = 2 * LUKS2_BYTES;
  const bytes = withOtherMagic(bytesOfData(header, 0, changed));
  if (bytes === null) throw new CephError('EILSEQ', 'error replacing LUKS magic');
  return concatData([bytesData(bytes), sliceData(header, changed, header.length - changed)]);
}
