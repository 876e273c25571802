import { CephError } from '../base/errno.ts';

/**
 * How many straws one mapping may draw, given the items of the map's largest bucket: millions, and in any case some
 * thousand draws from that bucket. Real rules that cannot be met give up after some hundred tries for a place; Ceph has
 * no such bound, and a map that comes to it tries for minutes or for ever.
 */
export function maxStraws(largestBucket: number): number {
  return Math.min(2 ** 22 + 2 ** 12 * largestBucket, 2 ** 30);
}

/** How many straws many mappings may draw together. */
export function maxStrawsOfBatch(mappings: number, largestBucket: number): number {
  return maxStraws(largestBucket) + mappings * (2 ** 16 + 2 ** 7 * largestBucket);
}

/** Throws ELOOP: mapping needs more straws than it may have. */
export function refuseEndlessMapping(): never {
  throw new CephError('ELOOP', 'CRUSH: a rule tries so often that mapping would take for ever');
}
