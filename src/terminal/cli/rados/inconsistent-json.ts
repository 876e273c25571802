import { toBase64 } from '../../../engine/base/base64.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import type { scrubFound } from '../../../engine/cluster/scrub/records.ts';
import { infoFlags, type ObjectInfoValue } from '../../../engine/codec/object-info-codec.ts';
import { NOSNAP } from '../../../engine/codec/snap.ts';
import { isoText } from '../format/dates.ts';
import type { PlainObject } from '../format/tree.ts';

type Found = NonNullable<ReturnType<typeof scrubFound>>;
type FoundObject = Found['objects'][number];
type FoundShard = FoundObject['shards'][number];
type FoundSnapSet = Found['snapSets'][number];
type SnapSet = NonNullable<FoundSnapSet['snapSet']>;

/** What scrubs found of a PG's objects. @ceph src/tools/rados/rados.cc do_get_inconsistent_cmd, dump_inconsistent — exact */
export function inconsistentObjects({ since, objects }: Found): PlainObject {
  return { epoch: since, inconsistents: inOrder(objects).map(objectTree) };
}

export function inconsistentSnapSets({ since, snapSets }: Found): PlainObject {
  return { epoch: since, inconsistents: inOrder(snapSets).map(snapSetTree) };
}

/** By namespace, name and snapshot, the head last. */
function inOrder<T extends FoundObject | FoundSnapSet>(found: readonly T[]): T[] {
  const keyOf = ({ hoid }: T) => `${hoid.nspace}\0${hoid.oid}\0${hoid.snap.toString(16).padStart(14, '0')}`;
  return [...found].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function objectTree(found: FoundObject): PlainObject {
  const { hoid, version, errors, union, selectedInfo, shards } = found;
  return {
    object: { name: hoid.oid, nspace: hoid.nspace, locator: hoid.locator, snap: snapOf(hoid.snap), version },
    errors,
    union_shard_errors: union,
    ...(selectedInfo === undefined ? {} : { selected_object_info: infoTree(selectedInfo) }),
    shards: shards.map((shard) => shardTree(found, shard)),
  };
}

function snapOf(snap: number): string | number {
  return snap === NOSNAP ? 'head' : snap;
}

function shardTree({ errors, union }: FoundObject, found: FoundShard): PlainObject {
  const { osd, primary, shard, size } = found;
  const head = { osd, primary, ...(shard < 0 ? {} : { shard }), errors: found.errors };
  if (size === undefined) return head;
  const { info, snapSet, hashInfo, attrs } = found;
  const tellsInfo =
    union.includes('info_missing') ||
    errors.includes('object_info_inconsistency') ||
    found.errors.includes('obj_size_info_mismatch');
  const tellsSnaps = union.includes('snapset_missing') || errors.includes('snapset_inconsistency');
  const tellsHashes = union.includes('hinfo_missing') || errors.includes('hinfo_inconsistency');
  const tellsAttrs = errors.includes('attr_name_mismatch') || errors.includes('attr_value_mismatch');
  return {
    ...head,
    size,
    ...(found.omapDigest === undefined ? {} : { omap_digest: hex(found.omapDigest) }),
    ...(found.dataDigest === undefined ? {} : { data_digest: hex(found.dataDigest) }),
    ...(tellsInfo && info !== undefined ? { object_info: infoTree(info) } : {}),
    ...(tellsSnaps && snapSet !== undefined ? { snapset: snapSetObject(snapSet) } : {}),
    ...(tellsHashes && hashInfo !== undefined ? { hashinfo: hashInfoObject(hashInfo) } : {}),
    ...(tellsAttrs ? { attrs: [...(attrs ?? [])].map(([name, value]) => attrTree(name, value)) } : {}),
  };
}

function hashInfoObject({ total_chunk_bytes, hashes }: NonNullable<FoundShard['hashInfo']>): PlainObject {
  return {
    total_chunk_size: total_chunk_bytes,
    cumulative_shard_hashes: hashes.map((hash, shard) => ({ shard, hash })),
  };
}

function attrTree(name: string, value: Uint8Array): PlainObject {
  const isText = value.every((byte) => byte >= 32 && byte < 127);
  return { name, value: isText ? utf8Decode(value) : toBase64(value), Base64: !isText };
}

/** `snapid` of a head is -2. */
export function hobjectTree(
  hoid: Pick<ObjectInfoValue, 'oid' | 'locator' | 'snap' | 'hash' | 'pool' | 'nspace'>,
): PlainObject {
  const { oid, locator, snap, hash, pool, nspace } = hoid;
  const key = locator === oid ? '' : locator;
  return { oid, key, snapid: snap === NOSNAP ? -2 : snap, hash, max: 0, pool, namespace: nspace };
}

/** @ceph src/osd/osd_types.cc object_info_t::dump — exact, without watchers' details */
export function infoTree(info: ObjectInfoValue): PlainObject {
  const { version, priorVersion, lastRequest } = info;
  return {
    oid: hobjectTree(info),
    version: `${version.epoch}'${version.version}`,
    prior_version: `${priorVersion.epoch}'${priorVersion.version}`,
    last_reqid: `${lastRequest.client === 0 ? 'osd' : 'client'}.${lastRequest.client}.0:${lastRequest.tid}`,
    user_version: info.userVersion,
    size: info.size,
    mtime: isoText(info.mtime_us),
    local_mtime: isoText(info.localMtime_us),
    lost: 0,
    flags: infoFlags(info),
    truncate_seq: 0,
    truncate_size: 0,
    data_digest: hex(info.dataDigest),
    omap_digest: hex(info.omapDigest),
    expected_object_size: info.expectedObjectSize,
    expected_write_size: info.expectedWriteSize,
    alloc_hint_flags: info.allocHintFlags,
    manifest: { type: 0 },
    watchers: {},
    shard_versions: [],
  };
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

function snapSetTree({ hoid, errors, snapSet, extraClones, missingClones }: FoundSnapSet): PlainObject {
  return {
    name: hoid.oid,
    nspace: hoid.nspace,
    locator: hoid.locator,
    snap: snapOf(hoid.snap),
    ...(snapSet === undefined ? {} : { snapset: snapSetObject(snapSet) }),
    errors,
    ...(extraClones.length === 0 ? {} : { 'extra clones': extraClones }),
    ...(missingClones.length === 0 ? {} : { missing: missingClones }),
  };
}

/** @ceph src/osd/osd_types.cc SnapSet::dump — exact */
export function snapSetObject({ seq, clones }: SnapSet): PlainObject {
  return {
    seq,
    clones: clones.map(({ id, size, overlap, snaps }) => ({
      snap: id,
      size,
      overlap: `[${overlap.map(({ off, len }) => `${off}~${len}`).join(',')}]`,
      snaps: [...snaps],
    })),
  };
}
