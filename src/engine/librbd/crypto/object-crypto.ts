import { concatData, type Data, denseData, sliceData } from '../../base/data.ts';
import type { Task } from '../../base/task.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { objectToImage } from '../io/striper.ts';
import { alignDown, alignUp, cryptData, cryptObject } from './data-crypto.ts';
import type { ImageCrypto } from './image-crypto.ts';

/** What reads a stretch of an object as it is stored; null where the object is not there. */
export type ObjectReader = (off: number, len: number) => Task<Data | null>;

/** The encryption of an object's data; null for one of the header, and for all of a plain image. */
export function cryptoOf(image: ImageCtx, objectNo: number): ImageCrypto | null {
  const { crypto, layout } = image;
  if (crypto === null) return null;
  const [first] = objectToImage(layout, objectNo, 0, 1);
  return first !== undefined && first.off >= crypto.dataOffset ? crypto : null;
}

/**
 * Reads a stretch of an object as whole sectors, and decrypts it. Null where the object is not there.
 *
 * @ceph src/librbd/crypto/CryptoObjectDispatch.cc C_UnalignedObjectReadRequest, C_AlignedObjectReadRequest — exact;
 * with stripe units smaller than objects each unit is decrypted by its own place in the image
 */
export function* readDecrypted(
  image: ImageCtx,
  crypto: ImageCrypto,
  extent: { readonly objectNo: number; readonly off: number; readonly len: number },
  read: ObjectReader,
): Task<Data | null> {
  const { objectNo, off, len } = extent;
  const from = alignDown(off, crypto.sectorBytes);
  const to = alignUp(off + len, crypto.sectorBytes);
  const stored = yield* read(from, to - from);
  if (stored === null) return null;
  const plain = cryptObject(image.layout, crypto, { objectNo, off: from }, stored, false);
  return sliceData(plain, off - from, len);
}

/** What the parent has of an object, as the image itself is to store it. */
export function sealCopy(image: ImageCtx, objectNo: number, data: Data): Data {
  const crypto = cryptoOf(image, objectNo);
  return crypto === null ? data : cryptObject(image.layout, crypto, { objectNo, off: 0 }, data, true);
}

/** What is to be written, as whole sectors and encrypted. */
export interface SealedWrite {
  /** In the image with its header. */
  readonly off: number;
  readonly data: Data;
}

/**
 * Fills a write up to whole sectors with what is there, and encrypts it. `off` counts from the image's very start.
 *
 * @ceph src/librbd/crypto/CryptoObjectDispatch.cc C_UnalignedObjectWriteRequest — exact in what is stored
 */
export function* sealWrite(
  crypto: ImageCrypto,
  off: number,
  data: Data,
  read: (off: number, len: number) => Task<Data>,
): Task<SealedWrite> {
  const from = alignDown(off, crypto.sectorBytes);
  const end = off + data.length;
  const to = alignUp(end, crypto.sectorBytes);
  const before = from < off ? [yield* read(from, off - from)] : [];
  const after = end < to ? [yield* read(end, to - end)] : [];
  const whole = denseData(concatData([...before, data, ...after]));
  return { off: from, data: cryptData(crypto, from, whole, true) };
}
