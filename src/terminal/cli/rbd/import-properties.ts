import type { Task } from '../../../engine/base/task.ts';
import { FEATURES_IMPLICIT } from '../../../engine/librbd/features.ts';
import type { CreateOptions } from '../../../engine/librbd/operation/create.ts';
import type { ByteSource } from './byte-source.ts';
import type { RbdRun } from './command.ts';
import { readBanner, readTag, readText, readU64, skip } from './diff-source.ts';
import { BANNER, IMAGE_TAG, MOST_NAME_BYTES } from './diff-tags.ts';

/** What an export of format 2 says of its image. */
export interface ImageProperties {
  readonly options: CreateOptions;
  readonly metadata: ReadonlyMap<string, string>;
}

export const NO_PROPERTIES: ImageProperties = { options: {}, metadata: new Map() };

const NUMBERS: Readonly<Record<string, 'order' | 'features' | 'stripeUnit' | 'stripeCount'>> = {
  [IMAGE_TAG.order]: 'order',
  [IMAGE_TAG.features]: 'features',
  [IMAGE_TAG.stripeUnit]: 'stripeUnit',
  [IMAGE_TAG.stripeCount]: 'stripeCount',
};

/** Metadata beyond this is refused, that a broken file cannot fill the memory. */
const MOST_VALUE_BYTES = 1024 * 1024;

/** @ceph src/tools/rbd/action/Import.cc do_import_header — exact */
export function* readProperties(run: RbdRun, source: ByteSource): Task<ImageProperties> {
  yield* readBanner(run, source, BANNER.image);
  let options: CreateOptions = {};
  const metadata = new Map<string, string>();
  for (;;) {
    const { tag, length } = yield* readTag(run, source, IMAGE_TAG.end, 2);
    if (tag === IMAGE_TAG.end) return { options: withoutImplicit(options), metadata };
    const number = NUMBERS[tag];
    if (number !== undefined) options = { ...options, [number]: yield* readU64(run, source, 'image option') };
    else if (tag === IMAGE_TAG.meta) {
      const most = Math.min(length, MOST_VALUE_BYTES);
      const key = yield* readText(run, source, Math.min(most, MOST_NAME_BYTES), 'metadata key');
      metadata.set(key, yield* readText(run, source, most, 'metadata value'));
    } else {
      yield* run.complain(`rbd: invalid tag in image properties zone: ${tag}Skip it.\n`);
      yield* skip(run, source, length);
    }
  }
}

/** Features that come by themselves, as with clones or a pool for data, are not taken over. */
function withoutImplicit(options: CreateOptions): CreateOptions {
  const { features } = options;
  return features === undefined ? options : { ...options, features: features - (features & FEATURES_IMPLICIT) };
}
