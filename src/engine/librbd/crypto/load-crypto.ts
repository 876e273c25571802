import { bytesOfData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { readExtent } from '../io/object-read.ts';
import { tellProgress } from '../operation/tell-progress.ts';
import { NO_PROGRESS } from '../progress.ts';
import { stripePeriod } from './format-image.ts';
import { type ImageCrypto, setCrypto } from './image-crypto.ts';
import { magicOf, withOtherMagic } from './luks/magic.ts';
import { type HeaderReader, type LuksHeader, parseLuks, unlock } from './luks/open-luks.ts';

/** What opens an image, or one of its ancestors. */
export interface EncryptionSpec {
  readonly format: 'luks' | 'luks1' | 'luks2';
  readonly passphrase: Uint8Array;
}

/** Two headers of LUKS2 as usual, and one keyslot. */
const FIRST_READ_BYTES = 288 * 1024;
/** More than that no header takes, keyslots aside. */
const MOST_HEADER_BYTES = 4 * 1024 * 1024;

/** One layer: without what is of ancestors. */
type Layer = Omit<ImageCrypto, 'parent'>;

/**
 * Unlocks an open image, and its ancestors with the further specs; where these end, the last one is tried for the next
 * ancestor, which may be plain. EINVAL for an image without a header of that format, and for more specs than images;
 * EPERM for a wrong passphrase; EOPNOTSUPP with a journal or an unknown cipher; EEXIST where it is open already.
 *
 * @ceph src/librbd/crypto/LoadRequest.cc, luks/LoadRequest.cc — exact
 */
export function* loadEncryption(image: ImageCtx, specs: readonly EncryptionSpec[]): Task<void> {
  if (image.crypto !== null) throw new CephError('EEXIST', 'encryption already loaded');
  for (let each: ImageCtx | null = image; each !== null; each = each.parent) {
    if (each.has(FEATURE.JOURNALING))
      throw new CephError('EOPNOTSUPP', `cannot use encryption with journal: ${each.name}`);
  }
  const layers = yield* loadLayers(image, specs);
  setCrypto(image, chained(layers));
}

function chained(layers: readonly Layer[]): ImageCrypto | null {
  return layers.reduceRight<ImageCrypto | null>((parent, layer) => ({ ...layer, parent }), null);
}

function* loadLayers(image: ImageCtx, specs: readonly EncryptionSpec[]): Task<Layer[]> {
  const layers: Layer[] = [];
  let used = 0;
  for (let each: ImageCtx | null = image; each !== null; each = each.parent) {
    const spec = specs[used] ?? specs.at(-1);
    if (spec === undefined) throw new CephError('EINVAL', 'no encryption formats were specified');
    const layer = yield* loadLayer(each, spec);
    if (layer === null) {
      if (used >= specs.length) return layers;
      throw new CephError('EINVAL', `failed to load encryption. image name: ${each.name}`);
    }
    layers.push(layer);
    // The source of a migration is unlocked with what unlocks its destination.
    if (each.header.migration == null) used++;
  }
  if (used < specs.length) throw new CephError('EINVAL', `got ${specs.length} encryption specs to load`);
  return layers;
}

/** Null for an image that begins with no header at all. */
function* loadLayer(image: ImageCtx, spec: EncryptionSpec): Task<Layer | null> {
  const read: HeaderReader = function* (off, len) {
    const length = Math.max(0, Math.min(len, image.size - off));
    return length === 0 ? new Uint8Array(0) : bytesOfData(yield* readExtent(image, off, length));
  };
  const first = yield* read(0, FIRST_READ_BYTES);
  if (magicOf(first) === null) return null;
  const header = headerOf(image, first) ?? headerOf(image, yield* read(0, MOST_HEADER_BYTES));
  if (header === undefined || (spec.format !== 'luks' && spec.format !== `luks${header.version}`)) {
    throw new CephError('EINVAL', `failed to load encryption. image name: ${image.name}`);
  }
  const { dataOffset, sectorBytes } = header;
  if (dataOffset > image.header.size) throw new CephError('EINVAL', `image is too small, data offset ${dataOffset}`);
  if (dataOffset % stripePeriod(image) !== 0 || image.layout.stripeUnit % sectorBytes !== 0) {
    throw new CephError('EINVAL', `incompatible stripe pattern, data offset ${dataOffset}`);
  }
  const tell = tellProgress(image, 'deriving key', NO_PROGRESS);
  return { key: yield* unlock(header, spec.passphrase, read, tell), sectorBytes, dataOffset };
}

/** A clone's header has a magic of its own as long as there is the parent. */
function headerOf(image: ImageCtx, bytes: Uint8Array): LuksHeader | undefined {
  const turned = image.parent !== null && magicOf(bytes) === 'rbd-clone' ? withOtherMagic(bytes) : bytes;
  return turned === null || magicOf(turned) !== 'luks' ? undefined : parseLuks(turned);
}
