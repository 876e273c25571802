import { CephError } from '../base/errno.ts';

/**
 * How many straws one mapping may draw: some thousand times what the largest real maps need for a place that cannot be
 * filled, and still no more than a second or two. Ceph has no such bound; a map that comes to it has absurd tries.
 */
export const MAX_STRAWS = 2 ** 26;

/** Throws ELOOP: a mapping has drawn more than {@link MAX_STRAWS} straws. */
export function refuseEndlessMapping(): never {
  throw new CephError('ELOOP', `CRUSH: a mapping needs more than ${MAX_STRAWS} straws; the rule tries too often`);
}
