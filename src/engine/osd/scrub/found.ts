import type { ObjectInfoValue } from '../../codec/object-info-codec.ts';
import type { HashInfo } from '../../erasure-code/hash-info.ts';
import type { HObject } from '../../os/hobject.ts';
import type { SnapSet } from '../../os/onode.ts';

/** What may be wrong with one copy, in the order in which it is told. @ceph src/tools/rados/rados.cc dump_errors — exact */
export const SHARD_ERRORS = [
  'missing',
  'stat_error',
  'read_error',
  'data_digest_mismatch_info',
  'omap_digest_mismatch_info',
  'size_mismatch_info',
  'ec_hash_error',
  'ec_size_error',
  'info_missing',
  'info_corrupted',
  'obj_size_info_mismatch',
  'snapset_missing',
  'snapset_corrupted',
  'hinfo_missing',
  'hinfo_corrupted',
] as const;
export type ShardError = (typeof SHARD_ERRORS)[number];

/** In what copies may differ, where nobody can tell which of them is wrong. */
export const OBJECT_ERRORS = [
  'object_info_inconsistency',
  'data_digest_mismatch',
  'omap_digest_mismatch',
  'size_mismatch',
  'attr_value_mismatch',
  'attr_name_mismatch',
  'snapset_inconsistency',
  'hinfo_inconsistency',
  'size_too_large',
] as const;
export type ObjectError = (typeof OBJECT_ERRORS)[number];

export const SNAPSET_ERRORS = [
  'snapset_missing',
  'snapset_corrupted',
  'info_missing',
  'info_corrupted',
  'snapset_error',
  'headless',
  'size_mismatch',
  'extra_clones',
  'clone_missing',
] as const;
export type SnapSetError = (typeof SNAPSET_ERRORS)[number];

/** Errors that only a look at the bytes finds. */
const DEEP: readonly string[] = [
  'read_error',
  'data_digest_mismatch_info',
  'omap_digest_mismatch_info',
  'ec_hash_error',
  'ec_size_error',
  'data_digest_mismatch',
  'omap_digest_mismatch',
] satisfies readonly (ShardError | ObjectError)[];

export function hasDeepErrors(errors: Iterable<ShardError | ObjectError>): boolean {
  return [...errors].some((error) => DEEP.includes(error));
}

/** One copy of an object in which a scrub found something: `shard_info_wrapper`. */
export interface FoundShard {
  readonly osd: number;
  /** NO_SHARD in replicated pools. */
  readonly shard: number;
  readonly primary: boolean;
  readonly errors: readonly ShardError[];
  /** None of what follows where the copy is missing. */
  readonly size?: number;
  /** As a deep scrub worked them out. */
  readonly dataDigest?: number;
  readonly omapDigest?: number;
  readonly info?: ObjectInfoValue;
  readonly snapSet?: SnapSet;
  readonly hashInfo?: HashInfo;
  readonly attrs?: ReadonlyMap<string, Uint8Array>;
}

/** An object whose copies differ: `inconsistent_obj_wrapper`. */
export interface InconsistentObject {
  readonly hoid: HObject;
  /** `user_version` of the copy that the others are held against; 0 where none is fit for it. */
  readonly version: number;
  readonly errors: readonly ObjectError[];
  /** Errors of all copies together. */
  readonly union: readonly ShardError[];
  readonly selectedInfo?: ObjectInfoValue;
  readonly shards: readonly FoundShard[];
}

/** A head or clone whose snapshots do not fit: `inconsistent_snapset_wrapper`. */
export interface InconsistentSnapSet {
  readonly hoid: HObject;
  readonly errors: readonly SnapSetError[];
  readonly snapSet?: SnapSet;
  /** Clones that should not be there, and that should. */
  readonly extraClones: readonly number[];
  readonly missingClones: readonly number[];
}

/** A line of the cluster log. */
export interface ScrubLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly text: string;
}
