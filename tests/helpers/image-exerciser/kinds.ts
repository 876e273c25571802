import { FEATURE } from '../../../src/engine/codec/rbd-types.ts';
import { FEATURES_DEFAULT } from '../../../src/engine/librbd/features.ts';

/** How an image's bytes lie in objects. */
export interface Shape {
  readonly order: number;
  readonly stripeUnit: number;
  readonly stripeCount: number;
}

/** How an image is made. */
export interface Kind extends Shape {
  readonly format: 1 | 2;
  readonly features: number;
  readonly dataPool?: string;
}

const { LAYERING, EXCLUSIVE_LOCK, OBJECT_MAP, FAST_DIFF, DEEP_FLATTEN, JOURNALING } = FEATURE;

const FEATURES = [
  FEATURES_DEFAULT,
  FEATURES_DEFAULT,
  LAYERING,
  FEATURES_DEFAULT & ~DEEP_FLATTEN,
  LAYERING | EXCLUSIVE_LOCK,
  LAYERING | DEEP_FLATTEN,
  LAYERING | EXCLUSIVE_LOCK | OBJECT_MAP | FAST_DIFF,
  FEATURES_DEFAULT | JOURNALING,
  LAYERING | EXCLUSIVE_LOCK | JOURNALING,
];

/** Small objects mostly, of which an image has several; all orders from 12 to 25; units as small as they go. */
const SHAPES: readonly Shape[] = [
  ...Array.from({ length: 8 }, () => plain(12)),
  { order: 12, stripeUnit: 1024, stripeCount: 3 },
  { order: 12, stripeUnit: 4096, stripeCount: 2 },
  { order: 12, stripeUnit: 512, stripeCount: 5 },
  plain(13),
  { order: 13, stripeUnit: 2048, stripeCount: 2 },
  plain(14),
  plain(15),
  plain(16),
  { order: 16, stripeUnit: 8192, stripeCount: 4 },
  plain(17),
  plain(18),
  { order: 19, stripeUnit: 4096, stripeCount: 1 },
  plain(20),
  plain(21),
  plain(22),
  { order: 22, stripeUnit: 4096, stripeCount: 3 },
  plain(23),
  plain(24),
  { order: 24, stripeUnit: 65_536, stripeCount: 2 },
  plain(25),
  { order: 25, stripeUnit: 512, stripeCount: 7 },
];

/** Beside the header, in a replicated pool of its own, or in an erasure pool that can be overwritten. */
const DATA_POOLS = [undefined, undefined, undefined, undefined, 'd', 'e', 'e'];

/** One image in so many is of format 1. */
const ONE_OLD_IN = 12;
const MOST_SMALL_OBJECTS = 6;
const SMALL_ORDER = 16;
const LARGE_ORDER = 22;
/** Each is a read of its own where an object of a clone is copied from a parent that is striped as finely. */
const MOST_UNITS = 300;
const SMALL_BYTES = 96 * 1024;

function plain(order: number): Shape {
  return { order, stripeUnit: 2 ** order, stripeCount: 1 };
}

/** One of many kinds by a number. */
export function kindOf(choice: number): Kind {
  const features = pick(FEATURES, choice);
  const shape = pick(SHAPES, choice >>> 4);
  const dataPool = pick(DATA_POOLS, choice >>> 9);
  const old = (choice >>> 12) % ONE_OLD_IN === 0;
  if (old) return { format: 1, features: 0, ...plain(shape.order) };
  return { format: 2, features, ...shape, ...(dataPool === undefined ? {} : { dataPool }) };
}

/** The same for an image that cannot be of format 1 and has its size already. */
export function newKindOf(choice: number, size: number): Kind {
  const kind = { ...kindOf(choice), format: 2 as const };
  const shape = size > MOST_UNITS * kind.stripeUnit ? plain(LARGE_ORDER) : {};
  return { ...kind, ...shape, features: kind.features | LAYERING };
}

/** A size that goes with a shape: on the border of an object as often as off it; of large objects few. */
export function sizeOf({ order, stripeUnit }: Shape, choice: number): number {
  const object = 2 ** order;
  const few = choice % 2 === 0 ? SMALL_BYTES : Math.floor(2.5 * object);
  const most = Math.min(order <= SMALL_ORDER ? MOST_SMALL_OBJECTS * object : few, MOST_UNITS * stripeUnit);
  const any = 1 + ((choice >>> 2) % most);
  return (choice >>> 1) % 2 === 0 ? any : Math.max(Math.min(object, most), any - (any % object));
}

export function pick<T>(from: readonly T[], choice: number): T {
  const found = from[choice % from.length];
  // Only an undefined that stands in the list itself comes out undefined.
  return found as T;
}

/** The pieces of a stretch within stripe units: which object, and where in it. */
export function* piecesOf(
  { order, stripeUnit, stripeCount }: Shape,
  off: number,
  length: number,
): Generator<{ readonly objectNo: number; readonly within: number; readonly at: number; readonly len: number }> {
  const period = 2 ** order * stripeCount;
  for (let at = off; at < off + length; ) {
    const inPeriod = at % period;
    const stripe = Math.floor(inPeriod / (stripeUnit * stripeCount));
    const inStripe = inPeriod % (stripeUnit * stripeCount);
    const inUnit = inStripe % stripeUnit;
    const objectNo = Math.floor(at / period) * stripeCount + Math.floor(inStripe / stripeUnit);
    const len = Math.min(stripeUnit - inUnit, off + length - at);
    yield { objectNo, within: stripe * stripeUnit + inUnit, at, len };
    at += len;
  }
}
