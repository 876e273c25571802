import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { FEATURE } from '../../../engine/codec/rbd-types.ts';
import { FEATURE_NAMES } from '../../../engine/librbd/features.ts';
import type { CreateOptions } from '../../../engine/librbd/operation/create.ts';
import { optionValue, type ParsedArgs } from '../command.ts';
import type { RbdRun } from './command.ts';
import { DEFAULT_POOL } from './open.ts';
import { bytesOption, countOption, invalid } from './values.ts';

/** What must go when an image is shared: `RBD_FEATURES_SINGLE_CLIENT`. */
const SINGLE_CLIENT = FEATURE.EXCLUSIVE_LOCK | FEATURE.OBJECT_MAP | FEATURE.FAST_DIFF | FEATURE.JOURNALING;

/** Options of a new image, checked as the real tool checks them. @ceph src/tools/rbd/Utils.cc get_image_options */
export function createOptions(run: RbdRun): CreateOptions {
  const { args } = run;
  const format = optionValue(args, 'image-format');
  if (format !== undefined && !/^[12]$/.test(format)) invalid('image-format');
  const features = featuresOption(args);
  const order = orderOption(args);
  const stripeUnit = bytesOption(args, 'stripe-unit');
  const stripeCount = countOption(args, 'stripe-count');
  const dataPool = optionValue(args, 'data-pool');
  return {
    ...(order === undefined ? {} : { order }),
    ...(features === undefined ? {} : { features }),
    ...(args.options.has('image-shared') ? { featuresClear: SINGLE_CLIENT } : {}),
    ...(stripeUnit === undefined ? {} : { stripeUnit }),
    ...(stripeCount === undefined ? {} : { stripeCount }),
    ...(dataPool === undefined ? {} : { dataPool }),
  };
}

/** The object size as a power of two: of 3 MiB it is 22, the nearest one. */
function orderOption(args: ParsedArgs): number | undefined {
  const order = optionValue(args, 'order');
  if (order !== undefined) {
    if (!/^\d+$/.test(order) || Number(order) < 12 || Number(order) > 25) invalid('order');
    return Number(order);
  }
  const size = bytesOption(args, 'object-size');
  return size === undefined ? undefined : Math.round(Math.log2(size));
}

/** `--image-feature a,b`, once or several times. */
export function featuresOption(args: ParsedArgs): number | undefined {
  const texts = args.options.get('image-feature');
  if (texts === undefined) return undefined;
  const names = texts.flatMap((text) => text.split(','));
  return featureBits(names) ?? invalid('image-feature');
}

/** Bits of feature names; undefined where one of them is none. */
export function featureBits(names: readonly string[]): number | undefined {
  let bits = 0;
  for (const name of names) {
    const found = FEATURE_NAMES.find(([, known]) => known === name);
    if (found === undefined) return undefined;
    bits |= found[0];
  }
  return bits;
}

/** Images of format 1 can no longer be made: EINVAL, with a warning before `more`. */
export function* refuseFormat1(run: RbdRun, more = ''): Task<void> {
  if (optionValue(run.args, 'image-format') !== '1') return;
  yield* run.complain(`rbd: image format 1 is deprecated\n${more}`);
  throw new CephError('EINVAL', 'format 1 image creation unsupported');
}

/** The pool of a copy or clone: the one said, or the default one. */
export function destinationPool(pool: string): string {
  return pool === '' ? DEFAULT_POOL : pool;
}
