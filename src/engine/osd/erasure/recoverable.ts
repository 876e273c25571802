import type { StripeCode } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { infoOf } from './shard-data.ts';

/**
 * True where all shards can be had back from these.
 * @ceph src/osd/ECBackend.h ECRecPred — exact
 */
export function isRecoverable(code: StripeCode, shards: Iterable<number>): boolean {
  const { codec } = infoOf(code);
  return canHave(code, codec.shardOf, shards);
}

/** True where an object's content can be had from these shards. */
export function isReadable(code: StripeCode, shards: Iterable<number>): boolean {
  const { codec } = infoOf(code);
  return canHave(code, codec.shardOf.slice(0, codec.k), shards);
}

/** True where these shards can be had from those. */
export function canHave(code: StripeCode, wanted: Iterable<number>, shards: Iterable<number>): boolean {
  try {
    infoOf(code).codec.minimumToDecode(new Set(wanted), new Set(shards));
    return true;
  } catch (error) {
    if (error instanceof CephError && error.is('EIO')) return false;
    throw error;
  }
}
