import type { Data } from '../../base/data.ts';
import { type Onode, objectSize } from '../../os/onode.ts';
import { shardOf } from '../../os/shard-id.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { isSound } from '../erasure/gather.ts';
import { sameData } from '../erasure/same-stripes.ts';
import { infoOf, shardData } from '../erasure/shard-data.ts';
import { onlyAppends } from '../erasure/stripe-code.ts';
import { dataDigest, omapDigest } from './digests.ts';
import type { ShardError } from './found.ts';

/** What an OSD reports of one of its copies: `ScrubMap::object`. */
export interface ScannedCopy {
  /** The OSD; in erasure pools with its shard. */
  readonly id: number;
  readonly onode: Onode;
  readonly isPrimary: boolean;
  /** What is wrong with it as such, before it is held against others. */
  readonly faults: readonly ShardError[];
  /** Bytes that are there, and that should be by its object info. */
  readonly size: number;
  readonly toldSize: number;
  /** The bytes were read, and are summed when someone asks. */
  readonly isDigested: boolean;
}

/** True where each shard has checksums of all of them in `hinfo_key`. */
export function hasHashInfo(pool: PgPool): boolean {
  return onlyAppends(pool) && !pool.flags.includes('ec_optimizations');
}

/**
 * One OSD's part of a scrub.
 * @ceph src/osd/PGBackend.cc be_scan_list, src/osd/ReplicatedBackend.cc and src/osd/ECBackend.cc be_deep_scrub — exact: of
 *   shards that may be overwritten no bytes are compared
 */
export function scanCopy(pool: PgPool, onode: Onode, id: number, isPrimary: boolean, isDeep: boolean): ScannedCopy {
  const toldSize = onode.written === undefined ? objectSize(onode) : shardData(onode.written, shardOf(id)).length;
  const size = onode.data.length;
  const faults = isDeep && pool.type === 'erasure' ? shardFaults(pool, onode, shardOf(id), toldSize) : [];
  return { id, onode, isPrimary, faults, size, toldSize, isDigested: isDeep && faults.length === 0 };
}

function shardFaults(pool: PgPool, onode: Onode, shard: number, toldSize: number): ShardError[] {
  const { written, data, damage } = onode;
  if (written === undefined) return [];
  const isCut = data.length % infoOf(written.code).chunk_bytes !== 0;
  if (isCut) return data.length === toldSize ? [] : ['read_error'];
  if (!hasHashInfo(pool)) return [];
  if (damage?.lacks.includes('hinfo_key') === true) return ['read_error'];
  if (data.length !== toldSize) return ['ec_size_error'];
  return isSound(onode, shard) ? [] : ['ec_hash_error'];
}

/** The checksum that an OSD reports of a copy's bytes. @ceph src/osd/ECBackend.cc be_deep_scrub — that of shard 0, or none */
export function digestOfCopy(pool: PgPool, { onode }: ScannedCopy): number {
  if (pool.type !== 'erasure') return dataDigest(onode.data);
  return hasHashInfo(pool) && onode.written !== undefined ? dataDigest(shardData(onode.written, 0)) : 0;
}

export function omapDigestOfCopy({ onode }: ScannedCopy): number {
  return omapDigest(onode);
}

/** True where two copies have the same bytes; they are summed only where that cannot be told otherwise. */
export function sameBytes(a: Data, b: Data): boolean {
  return a === b || (a.length === b.length && (sameData(a, b) || dataDigest(a) === dataDigest(b)));
}

/** Copies that are one record, or pieces of one: nothing can differ. */
export function areOne(onodes: readonly (Onode | undefined)[]): boolean {
  const [first] = onodes;
  if (first === undefined || first.damage !== undefined) return false;
  if (first.written === undefined) return onodes.every((onode) => onode === first);
  return onodes.every((onode) => onode !== undefined && isPieceOf(onode, first));
}

function isPieceOf(onode: Onode, first: Onode): boolean {
  const { written, info, damage, data, xattrs, omap, snapSet } = onode;
  if (damage !== undefined || written !== first.written) return false;
  const [extent] = data.extents;
  const isWhole = extent === undefined || (extent.source.kind === 'shard' && extent.source.stripes === written);
  return isWhole && info === first.info && xattrs === first.xattrs && omap === first.omap && snapSet === first.snapSet;
}

/** The copy that an OSD finds under a key. */
export function foundCopy(onode: Onode | undefined): Onode | undefined {
  return onode?.damage?.lost === true ? undefined : onode;
}
