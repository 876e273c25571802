import { ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { FEATURE } from '../../../engine/codec/rbd-types.ts';
import { logError, logged } from '../../../engine/librados/error-log.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import { FEATURE_NAMES } from '../../../engine/librbd/features.ts';
import { createOldImage } from '../../../engine/librbd/old-format/create.ts';
import { type CreateOptions, createImage } from '../../../engine/librbd/operation/create.ts';
import { type OptionRecord, optionValue, type ParsedArgs } from '../command.ts';
import type { RbdRun } from './command.ts';
import { journalOptions } from './journal-options.ts';
import { RbdError } from './rbd-error.ts';
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
  const journal = journalOptions(args);
  const mirrorMode = mirrorModeOption(args);
  return {
    ...(order === undefined ? {} : { order }),
    ...(features === undefined ? {} : { features }),
    ...(args.options.has('image-shared') ? { featuresClear: SINGLE_CLIENT } : {}),
    ...(stripeUnit === undefined ? {} : { stripeUnit }),
    ...(stripeCount === undefined ? {} : { stripeCount }),
    ...(dataPool === undefined ? {} : { dataPool }),
    ...(journal === undefined ? {} : { journal }),
    ...(mirrorMode === undefined ? {} : { mirrorMode }),
  };
}

function mirrorModeOption(args: ParsedArgs): 'journal' | 'snapshot' | undefined {
  const mode = optionValue(args, 'mirror-image-mode');
  return mode === undefined || mode === 'journal' || mode === 'snapshot' ? mode : invalid('mirror-image-mode');
}

/** The tool checks it as it reads its options. */
export function checkOrder(order: string): void {
  if (!/^\d+$/.test(order) || Number(order) < 12 || Number(order) > 25) invalid('order');
}

/** The object size as a power of two: of 3 MiB it is 22, the nearest one. */
function orderOption(args: ParsedArgs): number | undefined {
  const order = optionValue(args, 'order');
  if (order !== undefined) {
    checkOrder(order);
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

/** The format of a new image: what is asked for, or that of the cluster's time. */
export function imageFormat({ args, process }: RbdRun): 1 | 2 {
  const format = optionValue(args, 'image-format') ?? oldFormatOption(args);
  return format === undefined ? process.cluster.context.era.defaultFormat : format === '1' ? 1 : 2;
}

/** `rbd create --format 2`, as it was written then. */
export const OLD_FORMAT: OptionRecord = {
  long: 'format',
  unlisted: true,
  type: 'string',
  summary: 'Of tools of then: as --image-format',
  hidden: true,
};

function oldFormatOption(args: ParsedArgs): string | undefined {
  const format = optionValue(args, 'format');
  if (format !== undefined && !/^[12]$/.test(format)) invalid('format');
  return format;
}

/** Warns of format 1 and of the old word for format 2, and refuses what it cannot have. @ceph src/tools/rbd/Utils.cc get_image_options — exact */
export function* checkFormat1(run: RbdRun): Task<void> {
  if (run.has('new-format')) yield* run.complain('rbd: --new-format is deprecated, use --image-format 2\n');
  if (imageFormat(run) !== 1) return;
  if (!run.process.cluster.context.era.allowsFormat1) yield* run.complain('rbd: image format 1 is deprecated\n');
  const refused = FORMAT_2_ONLY.find(([option]) => run.has(option));
  if (refused !== undefined)
    throw new RbdError(`${refused[1]} not allowed with format 1; use --image-format 2`, ERRNO.EINVAL);
}

const FORMAT_2_ONLY: readonly (readonly [option: string, what: string])[] = [
  ['image-feature', 'features'],
  ['image-shared', 'features'],
  ['stripe-unit', 'non-default striping'],
  ['stripe-count', 'non-default striping'],
  ['data-pool', 'data pool'],
];

/** Makes an image of the format that is asked for. EINVAL for format 1, unless it is forced or of the cluster's time. */
export function* createOfFormat(
  run: RbdRun,
  io: IoCtx,
  name: string,
  size: number,
  options: CreateOptions,
): Task<void> {
  if (imageFormat(run) === 2) {
    yield* createImage(io, name, size, options);
    return;
  }
  const { cluster, env } = run.process;
  if (!cluster.context.era.allowsFormat1) {
    if (env.get('RBD_FORCE_ALLOW_V1') !== '1')
      throw logged(run.rados, 'EINVAL', 'librbd', 'Format 1 image creation unsupported.');
    logError(run.rados, 'librbd', 'Forced V1 image creation.');
  }
  yield* createOldImage(io, name, size, options);
}
