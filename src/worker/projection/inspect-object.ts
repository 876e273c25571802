import { type ByteString, byteStringOfText } from '../../engine/base/utf8.ts';
import type { Cluster } from '../../engine/cluster/cluster.ts';
import { wholeObject } from '../../engine/cluster/pgs/whole-object.ts';
import { encodeObjectInfo, NO_DIGEST, OBJECT_FLAG } from '../../engine/codec/object-info-codec.ts';
import { NOSNAP } from '../../engine/codec/snap.ts';
import { encodeSnapSet } from '../../engine/codec/snapset-codec.ts';
import { encodeHashInfo } from '../../engine/erasure-code/hash-info.ts';
import { hobjectKey } from '../../engine/os/hobject.ts';
import type { Onode } from '../../engine/os/onode.ts';
import { osdOfShard } from '../../engine/os/shard-id.ts';
import { hashInfoOf } from '../../engine/osd/erasure/shard-hashes.ts';
import { findAtSnap } from '../../engine/osd/find-object.ts';
import { membersOf } from '../../engine/osd/past-intervals.ts';
import type { PgPool } from '../../engine/osdmap/osd-map.ts';
import { objectHash, pgSeedOfHash } from '../../engine/osdmap/placement.ts';
import type { InspectTarget, Location, ObjectInspection, SnapSetView } from '../../protocol/calls.ts';
import type { ImageView } from '../../protocol/view.ts';
import { dataView, namedBytes } from './bytes-view.ts';
import { locateObject } from './locate.ts';
import { roleOf } from './object-role.ts';

type ObjectTarget = InspectTarget & { readonly kind: 'object' };
type Body = Omit<ObjectInspection, 'kind' | 'location' | 'role'>;

const NO_KEY = byteStringOfText('');

/** An object as its primary has it, head or at a snapshot; null where there is no such pool. */
export function inspectObject(
  cluster: Cluster,
  images: readonly ImageView[],
  { pool, nspace, oid, snap }: ObjectTarget,
): ObjectInspection | null {
  const location = locateObject(cluster, pool, nspace, oid);
  if (location === null) return null;
  const role = roleOf(images, pool, nspace, oid);
  return { kind: 'object', location, role, ...bodyOf(cluster, pool, nspace, oid, snap, location) };
}

function bodyOf(
  cluster: Cluster,
  poolId: number,
  nspace: string,
  oid: string,
  snap: number | null,
  at: Location,
): Body {
  const hash = objectHash(nspace, oid);
  const pool = cluster.monitor.map().pools.get(poolId);
  const seed = pool === undefined ? 0 : pgSeedOfHash(pool, hash);
  const find = finder(cluster, poolId, seed, (id) => hobjectKey({ nspace, oid, locator: '', hash, snap: id }));
  const head = find(NOSNAP);
  const onode = versionAt(find, head, snap);
  if (onode === undefined) return { ...absent(oid), snapSet: head === undefined ? null : snapSetView(head) };
  const { info, data, omap } = onode;
  return {
    exists: !info.whiteout,
    size: data.length,
    modified_us: info.mtime_us,
    version: `${info.version.epoch}'${info.version.version}`,
    replicas: membersOf(at.acting, pool ?? { type: 'replicated' })
      .filter((id) => cluster.pgs.store(id).collection(poolId, seed).has(hobjectKey(onode.hoid)))
      .map(osdOfShard),
    data: dataView(oid, data, NO_KEY),
    xattrs: namedBytes(oid, 'xattr', xattrsOf(onode, poolId, pool)),
    omap: namedBytes(
      oid,
      'omap',
      [...omap].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    snapSet: head === undefined ? null : snapSetView(head),
  };
}

/** Finds a head or a clone of one object where the PG's primary keeps it. */
type Find = (snap: number) => Onode | undefined;

function finder(cluster: Cluster, pool: number, seed: number, keyOf: (snap: number) => string): Find {
  return (snap) => wholeObject(cluster.pgs, pool, seed, keyOf(snap));
}

function versionAt(find: Find, head: Onode | undefined, snap: number | null): Onode | undefined {
  if (snap === null || head?.snapSet == null) return head;
  const target = findAtSnap(head.snapSet, snap);
  if (target === 'none') return undefined;
  return target === 'head' ? head : find(target);
}

function absent(oid: string): Body {
  return {
    exists: false,
    size: 0,
    modified_us: 0,
    version: "0'0",
    replicas: [],
    data: dataView(oid, { length: 0, extents: [] }, NO_KEY),
    xattrs: [],
    omap: [],
    snapSet: null,
  };
}

/** The xattrs as the store keeps them: the OSD's own, then those of users and classes. */
function xattrsOf(onode: Onode, id: number, pool: PgPool | undefined): [ByteString, Uint8Array][] {
  const own: [string, Uint8Array][] = [['_', objectInfoBytes(onode, id)]];
  const hashes = pool === undefined ? null : hashInfoOf(pool, onode);
  if (hashes !== null) own.push(['hinfo_key', encodeHashInfo(hashes)]);
  if (onode.snapSet !== null) own.push(['snapset', encodeSnapSet(onode.snapSet)]);
  return [...own, ...onode.xattrs].map(([name, value]) => [byteStringOfText(name), value]);
}

function objectInfoBytes({ hoid, info, data, omap }: Onode, pool: number): Uint8Array {
  return encodeObjectInfo({
    ...hoid,
    pool,
    version: info.version,
    priorVersion: info.priorVersion,
    lastRequest: { client: info.lastClient, tid: 0 },
    userVersion: info.userVersion,
    size: data.length,
    mtime_us: info.mtime_us,
    localMtime_us: info.mtime_us,
    flags: OBJECT_FLAG.DIRTY | (omap.size > 0 ? OBJECT_FLAG.OMAP : 0) | (info.whiteout ? OBJECT_FLAG.WHITEOUT : 0),
    dataDigest: NO_DIGEST,
    omapDigest: NO_DIGEST,
    expectedObjectSize: 0,
    expectedWriteSize: 0,
    allocHintFlags: 0,
    watchers: info.watchers,
  });
}

function snapSetView({ snapSet }: Onode): SnapSetView | null {
  if (snapSet === null) return null;
  const clones = snapSet.clones.map(({ id, size, overlap, snaps }) => ({ id, size, overlap, snaps }));
  return { seq: snapSet.seq, clones };
}
