import { isDeepStrictEqual } from 'node:util';
import { bytesOfData } from '../../src/engine/base/data.ts';
import type { Cluster } from '../../src/engine/cluster/cluster.ts';
import { bitAt } from '../../src/engine/codec/bit-vector.ts';
import { clsRbdObjectMap } from '../../src/engine/codec/cls-rbd-methods.ts';
import { FLAG, OBJECT_STATE } from '../../src/engine/codec/rbd-types.ts';
import { NOSNAP } from '../../src/engine/codec/snap.ts';
import type { IoCtx } from '../../src/engine/librados/io-ctx.ts';
import type { ImageCtx } from '../../src/engine/librbd/image-ctx.ts';
import { readImage } from '../../src/engine/librbd/io/image-io.ts';
import { withImage } from '../../src/engine/librbd/open.ts';
import { listImages } from '../../src/engine/librbd/operation/list.ts';
import { listTrash } from '../../src/engine/librbd/operation/trash.ts';
import type { ObjectStore } from '../../src/engine/os/object-store.ts';
import type { Onode } from '../../src/engine/os/onode.ts';
import { isSound } from '../../src/engine/osd/erasure/gather.ts';

/** The bytes of an image or snapshot, read as a client reads them. */
export function imageBytes(cluster: Cluster, io: IoCtx, name: string, snapName?: string): Uint8Array {
  const options = snapName === undefined ? { readOnly: true } : { readOnly: true, snapName };
  return cluster.run(
    withImage(io, { name }, options, function* (image) {
      return image.size === 0 ? new Uint8Array() : bytesOfData(yield* readImage(image, 0, image.size));
    }),
  );
}

/** Objects of a pool on its primaries, clones among them. */
export function poolObjects(cluster: Cluster, pool: number): Onode[] {
  const objects: Onode[] = [];
  const { pgNum } = cluster.monitor.map().pools.get(pool) ?? { pgNum: 0 };
  for (let seed = 0; seed < pgNum; seed++) {
    objects.push(...(cluster.pgs.view(pool, seed)?.acting[0]?.collection(pool, seed).values() ?? []));
  }
  return objects;
}

/** Says where replicas of a pool differ, or shards are not what was written; empty where none do. */
export function differingReplicas(cluster: Cluster, pool: number): string[] {
  const faults: string[] = [];
  const { pgNum } = cluster.monitor.map().pools.get(pool) ?? { pgNum: 0 };
  for (let seed = 0; seed < pgNum; seed++) {
    const stores = cluster.pgs.view(pool, seed)?.acting ?? [];
    const [first, ...others] = stores.map((store) => new Map(wholeObjects(store, pool, seed)));
    if (others.some((other) => !isDeepStrictEqual(first, other))) faults.push(`${pool}.${seed.toString(16)}`);
  }
  return faults;
}

/** What a store has of a PG; in place of a shard, the object that it is a shard of. */
function wholeObjects(store: ObjectStore, pool: number, seed: number): [string, Onode][] {
  return [...store.collection(pool, seed).entries()].map(([key, onode]) => {
    if (onode.written === undefined) return [key, onode];
    if (!isSound(onode, store.shard)) throw new Error(`shard ${store.shard} of ${onode.hoid.oid} is damaged`);
    return [key, { ...onode, data: onode.written.data }];
  });
}

/** Objects of images that are in no directory and no trash. */
export function orphanObjects(cluster: Cluster, io: IoCtx): string[] {
  const names = cluster.run(listImages(io));
  const trash = cluster.run(listTrash(io));
  const ids = new Set([...names, ...trash].map(({ id }) => id));
  return poolObjects(cluster, io.poolId)
    .map(({ hoid }) => `${hoid.oid}${hoid.snap === NOSNAP ? '' : `@${hoid.snap}`}`)
    .filter((oid) => {
      const match = /^rbd_(?:data|header|object_map)\.([^.@]+)/.exec(oid);
      return match !== null && !ids.has(match[1] ?? '');
    })
    .sort();
}

/** Objects that are there and that a valid object map of the head calls missing. */
export function deniedObjects(cluster: Cluster, io: IoCtx, name: string): string[] {
  return cluster.run(withImage(io, { name }, { readOnly: true }, (image) => deniedOf(cluster, image)));
}

function* deniedOf(cluster: Cluster, image: ImageCtx) {
  if (!image.mapValid(FLAG.OBJECT_MAP_INVALID)) return [];
  const map = yield* image.io.exec(`rbd_object_map.${image.id}`, clsRbdObjectMap.load, undefined);
  const heads = poolObjects(cluster, image.io.poolId).filter(
    ({ hoid, info }) => hoid.snap === NOSNAP && !info.whiteout,
  );
  const present = new Set(heads.map(({ hoid }) => hoid.oid));
  return Array.from({ length: map.size }, (_, no) => no)
    .filter((no) => present.has(image.objectName(no)) && bitAt(map, no) === OBJECT_STATE.NONEXISTENT)
    .map((no) => image.objectName(no));
}
