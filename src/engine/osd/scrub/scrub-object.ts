import type { Onode } from '../../os/onode.ts';
import { osdOfShard, pgShardText, shardOf } from '../../os/shard-id.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { hashInfoOf } from '../erasure/shard-hashes.ts';
import { compareCopy } from './compare-copy.ts';
import {
  type FoundShard,
  hasDeepErrors,
  type InconsistentObject,
  OBJECT_ERRORS,
  type ObjectError,
  SHARD_ERRORS,
  type ShardError,
} from './found.ts';
import { hobjectText, objectInfoOf } from './object-text.ts';
import { digestOfCopy, omapDigestOfCopy, type ScannedCopy } from './scan-copy.ts';
import { type Selection, selectCopy } from './select-copy.ts';

/** An object's copies on all OSDs that act: those that are there, in order of OSD, and who has none. */
export interface Copies {
  readonly pool: PgPool;
  /** `2.1a`. */
  readonly pgid: string;
  readonly primary: number;
  readonly members: readonly number[];
  readonly copies: readonly ScannedCopy[];
}

/** What a scrub found of one object. */
export interface ScrubbedObject {
  /** The copy that counts for what is looked at further; null where none does. */
  readonly auth: Onode | null;
  readonly found: InconsistentObject | null;
  readonly shallowErrors: number;
  readonly deepErrors: number;
  /** OSDs whose copy is to be made anew; empty where nobody knows from what. */
  readonly missing: readonly number[];
  readonly inconsistent: readonly number[];
  /** The bytes of all copies agree, against what the object's info says of them: repair takes them as they are. */
  readonly fixesDigest: boolean;
  readonly lines: readonly string[];
}

/**
 * Compares the copies of one object. [SC3]
 * @ceph src/osd/scrubber/scrub_backend.cc compare_obj_in_maps, match_in_shards — exact, without optimized erasure pools' checksums
 */
export function scrubObject(all: Copies, isRepair: boolean): ScrubbedObject {
  const selection = selectCopy(all.pool, all.pgid, all.copies);
  return selection.auth === null ? withoutAuth(all, selection) : withAuth(all, selection, selection.auth, isRepair);
}

interface Tally {
  readonly errors: Map<number, Set<ShardError>>;
  readonly object: Set<ObjectError>;
  shallow: number;
  deep: number;
}

function count(tally: Tally, errors: Iterable<ShardError | ObjectError>): void {
  const all = [...errors];
  if (hasDeepErrors(all)) tally.deep++;
  else if (all.length > 0) tally.shallow++;
}

function withoutAuth(all: Copies, selection: Selection): ScrubbedObject {
  const tally = tallyOf(selection);
  for (const id of all.members) {
    const errors = tally.errors.get(id) ?? new Set<ShardError>(['missing']);
    tally.errors.set(id, errors);
    count(tally, errors);
  }
  const hoid = all.copies[0]?.onode.hoid;
  const text = hoid === undefined ? '' : hobjectText(all.pool.id, hoid);
  const lines = [...selection.lines, `${all.pgid} soid ${text} : failed to pick suitable object info`];
  const found = foundOf(all, null, tally);
  return { auth: null, found, ...totals(tally), missing: [], inconsistent: [], fixesDigest: false, lines };
}

function tallyOf({ errors }: Selection): Tally {
  return { errors: new Map(errors), object: new Set(), shallow: 0, deep: 0 };
}

function totals({ shallow, deep }: Tally) {
  return { shallowErrors: shallow, deepErrors: deep };
}

function withAuth(all: Copies, selection: Selection, auth: ScannedCopy, isRepair: boolean): ScrubbedObject {
  const match = new Match(all, selection, auth);
  for (const id of all.members) match.look(id, isRepair);
  const { tally, missing, inconsistent, unclear, good } = match;
  // Where no copy is without doubt right, the selected one is taken.
  const taken = good.length > 0 ? null : unclear.includes(auth.id) ? auth.id : unclear[0];
  count(tally, tally.object);
  const mends = good.length > 0 || unclear.length > 0;
  return {
    auth: auth.onode,
    found: isFaulty(tally) ? foundOf(all, auth, tally) : null,
    ...totals(tally),
    missing: mends ? missing : [],
    inconsistent: mends ? [...inconsistent, ...unclear.filter((id) => id !== taken)] : [],
    fixesDigest: match.fixesDigest,
    lines: [...selection.lines, ...match.lines],
  };
}

/** All copies of an object, held against the selected one. */
class Match {
  readonly tally: Tally;
  readonly missing: number[] = [];
  /** Copies that are wrong; that differ without it being known which one is; that are right. */
  readonly inconsistent: number[] = [];
  readonly unclear: number[] = [];
  readonly good: number[] = [];
  readonly lines: string[] = [];
  fixesDigest = false;
  readonly #all: Copies;
  readonly #selection: Selection;
  readonly #auth: ScannedCopy;
  readonly #soid: string;
  readonly #spg: string;

  constructor(all: Copies, selection: Selection, auth: ScannedCopy) {
    this.#all = all;
    this.#selection = selection;
    this.#auth = auth;
    this.tally = tallyOf(selection);
    this.#soid = hobjectText(all.pool.id, auth.onode.hoid);
    this.#spg = spgText(all);
  }

  look(id: number, isRepair: boolean): void {
    const copy = this.#all.copies.find((each) => each.id === id);
    if (copy === undefined) this.#noteMissing(id);
    else this.#compare(copy, isRepair);
  }

  #noteMissing(id: number): void {
    this.missing.push(id);
    this.tally.errors.set(id, new Set(['missing']));
    this.tally.shallow++;
    this.lines.push(`${this.#spg} shard ${pgShardText(id)} ${this.#soid} : missing`);
  }

  #compare(copy: ScannedCopy, isRepair: boolean): void {
    const { id } = copy;
    const { shard, object, texts } = compareCopy(this.#all.pool, this.#auth, copy);
    const errors = this.tally.errors.get(id) ?? new Set<ShardError>();
    for (const error of shard) errors.add(error);
    for (const error of object) this.tally.object.add(error);
    if (isRepair && copy === this.#auth && isOnlyDigest(this.#all, this.#selection, errors)) this.#fixDigest(errors);
    const text = texts.join(', ');
    if (errors.size > 0) {
      this.inconsistent.push(id);
      count(this.tally, errors);
      if (text !== '') this.lines.push(`${this.#all.pgid} shard ${pgShardText(id)} soid ${this.#soid} : ${text}`);
    } else if (text !== '' && !this.fixesDigest) {
      this.unclear.push(id);
      this.lines.push(`${this.#all.pgid} soid ${this.#soid} : ${text}`);
    } else this.good.push(id);
  }

  #fixDigest(errors: Set<ShardError>): void {
    this.fixesDigest = true;
    errors.clear();
    this.lines.push(`${this.#spg} soid ${this.#soid} : repairing object info data_digest`);
  }
}

/** `2.1a`, or in an erasure pool with the primary's shard. */
export function spgText({ pool, pgid, primary }: Pick<Copies, 'pool' | 'pgid' | 'primary'>): string {
  return pool.type === 'erasure' ? `${pgid}s${shardOf(primary)}` : pgid;
}

function isOnlyDigest({ pool, copies }: Copies, { digestsMatch }: Selection, errors: ReadonlySet<ShardError>): boolean {
  const isOnly = errors.size === 1 && errors.has('data_digest_mismatch_info');
  return pool.type === 'replicated' && isOnly && digestsMatch && copies.length > 1;
}

function isFaulty({ errors, object }: Tally): boolean {
  return object.size > 0 || [...errors.values()].some((each) => each.size > 0);
}

function foundOf(all: Copies, auth: ScannedCopy | null, { errors, object }: Tally): InconsistentObject {
  const union = SHARD_ERRORS.filter((error) => [...errors.values()].some((each) => each.has(error)));
  const [hoid] = all.copies.map(({ onode }) => onode.hoid);
  const info = auth === null ? {} : { selectedInfo: objectInfoOf(auth.onode, all.pool.id) };
  return {
    hoid: hoid ?? { nspace: '', oid: '', locator: '', hash: 0, snap: 0 },
    version: auth?.onode.info.userVersion ?? 0,
    errors: OBJECT_ERRORS.filter((error) => object.has(error)),
    union,
    ...info,
    shards: all.members.map((id) => foundShard(all, id, errors.get(id) ?? new Set())),
  };
}

function foundShard({ pool, primary, copies }: Copies, id: number, errors: ReadonlySet<ShardError>): FoundShard {
  const copy = copies.find((each) => each.id === id);
  const base = {
    osd: osdOfShard(id),
    shard: shardOf(id),
    primary: id === primary,
    errors: SHARD_ERRORS.filter((error) => errors.has(error)),
  };
  if (copy === undefined) return base;
  const { onode, size } = copy;
  const lacks = onode.damage?.lacks ?? [];
  const digests = copy.isDigested ? { dataDigest: digestOfCopy(pool, copy), omapDigest: omapDigestOfCopy(copy) } : {};
  const hashInfo = lacks.includes('hinfo_key') ? null : hashInfoOf(pool, onode);
  return {
    ...base,
    size,
    ...digests,
    ...(lacks.includes('_') ? {} : { info: objectInfoOf(onode, pool.id) }),
    ...(lacks.includes('snapset') || onode.snapSet === null ? {} : { snapSet: onode.snapSet }),
    ...(hashInfo === null ? {} : { hashInfo }),
    attrs: onode.xattrs,
  };
}
