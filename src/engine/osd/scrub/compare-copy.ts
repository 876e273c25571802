import { NOSNAP } from '../../codec/snap.ts';
import type { ObjectInfo, Onode, SnapSet } from '../../os/onode.ts';
import { toldData } from '../../os/onode.ts';
import { pgShardText } from '../../os/shard-id.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import { dataDigest } from './digests.ts';
import type { ObjectError, ShardError } from './found.ts';
import { objectInfoOf, objectInfoText } from './object-text.ts';
import { digestOfCopy, omapDigestOfCopy, type ScannedCopy, sameBytes } from './scan-copy.ts';

/** How one copy differs from the selected one: its own errors, those of the object, and what is said of them. */
export interface Differences {
  readonly shard: readonly ShardError[];
  readonly object: readonly ObjectError[];
  readonly texts: readonly string[];
}

class Found {
  readonly shard: ShardError[] = [];
  readonly object: ObjectError[] = [];
  readonly texts: string[] = [];

  shardError(error: ShardError, text: string): void {
    this.shard.push(error);
    this.texts.push(text);
  }

  objectError(error: ObjectError, text: string): void {
    this.object.push(error);
    this.texts.push(text);
  }
}

/** Bytes that an object may have: `osd_max_object_size`. */
const MOST_BYTES = 128 * 1024 * 1024;

/**
 * Holds a copy against the selected one. [SC3]
 * @ceph src/osd/scrubber/scrub_backend.cc compare_obj_details — exact
 */
export function compareCopy(pool: PgPool, auth: ScannedCopy, copy: ScannedCopy): Differences {
  const found = new Found();
  if (pool.type === 'replicated') compareDigests(pool, auth, copy, found);
  compareSystemAttrs(pool, auth, copy, found);
  compareSizes(pool, auth, copy, found);
  compareAttrs(auth.onode.xattrs, copy.onode.xattrs, found);
  return found;
}

function compareDigests(pool: PgPool, auth: ScannedCopy, copy: ScannedCopy, found: Found): void {
  if (!auth.isDigested || !copy.isDigested) return;
  const told = toldData(auth.onode);
  const from = `from shard ${pgShardText(auth.id)}`;
  if (!sameBytes(auth.onode.data, copy.onode.data)) {
    const [is, was] = [hex(digestOfCopy(pool, copy)), hex(digestOfCopy(pool, auth))];
    found.objectError('data_digest_mismatch', `data_digest ${is} != data_digest ${was} ${from}`);
  }
  if (!sameOmap(auth.onode, copy.onode)) {
    const [is, was] = [omapDigestOfCopy(copy), omapDigestOfCopy(auth)];
    if (is !== was)
      found.objectError('omap_digest_mismatch', `omap_digest ${hex(is)} != omap_digest ${hex(was)} ${from}`);
  }
  if (auth.onode.info.dataDigest !== true || sameBytes(told, copy.onode.data)) return;
  const is = hex(digestOfCopy(pool, copy));
  const oi = objectInfoText(objectInfoOf(auth.onode, pool.id));
  found.shardError(
    'data_digest_mismatch_info',
    `data_digest ${is} != data_digest ${hex(dataDigest(told))} from auth oi ${oi}`,
  );
}

function sameOmap(a: Onode, b: Onode): boolean {
  return a.omap === b.omap && a.omapHeader === b.omapHeader;
}

function compareSystemAttrs(pool: PgPool, auth: ScannedCopy, copy: ScannedCopy, found: Found): void {
  const lacks = copy.onode.damage?.lacks ?? [];
  if (!lacks.includes('_') && !sameInfo(auth.onode, copy.onode)) {
    const [is, was] = [copy, auth].map(({ onode }) => objectInfoText(objectInfoOf(onode, pool.id)));
    found.objectError('object_info_inconsistency', `object info inconsistent auth_oi=${was} candidate_oi=${is}`);
  }
  const isHead = copy.onode.hoid.snap === NOSNAP;
  if (isHead && !lacks.includes('snapset') && !sameSnapSet(auth.onode.snapSet, copy.onode.snapSet))
    found.objectError('snapset_inconsistency', 'snapset inconsistent ');
}

function sameInfo(a: Onode, b: Onode): boolean {
  return a.info === b.info || (sameFields(a.info, b.info) && toldData(a).length === toldData(b).length);
}

const FIELDS = ['userVersion', 'mtime_us', 'whiteout', 'lastClient', 'dataDigest'] as const;

function sameFields(a: ObjectInfo, b: ObjectInfo): boolean {
  const versions = (['version', 'priorVersion'] as const).every(
    (name) => a[name].epoch === b[name].epoch && a[name].version === b[name].version,
  );
  const watchers = a.watchers.length === b.watchers.length;
  return versions && watchers && FIELDS.every((name) => a[name] === b[name]);
}

function sameSnapSet(a: SnapSet | null, b: SnapSet | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  if (a.seq !== b.seq || a.clones.length !== b.clones.length) return false;
  return a.clones.every((clone, i) => {
    const other = b.clones[i];
    if (other === undefined || clone.id !== other.id || clone.size !== other.size) return false;
    return clone.snaps.join() === other.snaps.join() && rangesText(clone.overlap) === rangesText(other.overlap);
  });
}

function rangesText(ranges: readonly { readonly off: number; readonly len: number }[]): string {
  return ranges.map(({ off, len }) => `${off}~${len}`).join();
}

function compareSizes(pool: PgPool, auth: ScannedCopy, copy: ScannedCopy, found: Found): void {
  const { size } = copy;
  // A shard's size is told by the object's: of shards of one kind all are alike.
  const told = pool.type === 'erasure' ? copy.toldSize : auth.toldSize;
  if (size !== told) {
    const oi = objectInfoText(objectInfoOf(auth.onode, pool.id));
    found.shardError('size_mismatch_info', `size ${size} != size ${told} from auth oi ${oi}`);
  }
  if (!pool.flags.includes('ec_optimizations') && size !== auth.size)
    found.objectError('size_mismatch', `size ${size} != size ${auth.size} from shard ${pgShardText(auth.id)}`);
  if (size > MOST_BYTES) found.objectError('size_too_large', `size ${size} > ${MOST_BYTES} is too large`);
}

type Attrs = ReadonlyMap<string, Uint8Array>;

function compareAttrs(auth: Attrs, copy: Attrs, found: Found): void {
  if (auth === copy) return;
  for (const name of [...auth.keys()].sort()) {
    const [is, was] = [copy.get(name), auth.get(name)];
    if (is === undefined) found.objectError('attr_name_mismatch', `attr name mismatch '_${name}'`);
    else if (was !== undefined && !sameArray(is, was))
      found.objectError('attr_value_mismatch', `attr value mismatch '_${name}'`);
  }
  for (const name of [...copy.keys()].sort())
    if (!auth.has(name)) found.objectError('attr_name_mismatch', `attr name mismatch '_${name}'`);
}

function sameArray(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function hex(digest: number): string {
  return `0x${digest.toString(16)}`;
}
