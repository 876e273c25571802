import { must } from '../../base/assert.ts';
import type { StripeCode, Stripes } from '../../base/data.ts';
import type { ObjectStore, Put, Transaction } from '../../os/object-store.ts';
import { isThere, type Onode } from '../../os/onode.ts';
import { isCurrent } from '../missing.ts';
import type { PgView } from '../primary-log-pg.ts';
import { type Gathered, gatherObject, type Shards } from './gather.ts';
import { isReadableShard, shardData } from './shard-data.ts';
import { onlyAppends } from './stripe-code.ts';

/** An object as clients see it, put together from the acting set's shards; undefined where it is not there. */
export function readObject(pg: PgView, code: StripeCode, key: string): Onode | undefined {
  const own = must(pg.acting[0], 'primary').collection(pg.pool.id, pg.seed).get(key);
  return isThere(own) ? { ...own, data: gatherFrom(pg, code, key, own).data } : undefined;
}

/** How an object is read now. */
export function gatherFrom(pg: PgView, code: StripeCode, key: string, own: Onode): Gathered {
  return gatherObject(code, shardsIn(pg.acting, pg, key, own), onlyAppends(pg.pool));
}

/** The shards of an object, in its version of now, that these stores have. */
export function shardsIn(
  stores: Iterable<ObjectStore>,
  { pool, seed }: Pick<PgView, 'pool' | 'seed'>,
  key: string,
  { info }: Pick<Onode, 'info'>,
): Shards {
  const shards = new Map<number, Onode>();
  for (const store of stores) {
    const onode = store.collection(pool.id, seed).get(key);
    if (isCurrent(onode, info.version) && isReadableShard(onode, store.shard) && !shards.has(store.shard))
      shards.set(store.shard, onode);
  }
  return shards;
}

/**
 * Sends each store of an erasure PG its shards of what a transaction writes. Where content did not change, shards stay as
 * they are; a store that is being filled and has not come to that object yet is passed over, and filled later.
 *
 * @ceph src/osd/ECTransaction.cc generate_transactions — whole objects in place of the changed stripes
 */
export function applyShards(
  pg: PgView,
  stores: readonly ObjectStore[],
  code: StripeCode,
  { puts, removes, bytes }: Transaction,
): void {
  const stripes = puts.map(({ onode }): Stripes => ({ data: onode.data, code }));
  for (const store of stores) {
    const collection = store.collection(pg.pool.id, pg.seed);
    const mine = puts.flatMap((put, i): Put[] => {
      const written = must(stripes[i], 'stripes');
      const onode = put.keeps === null ? shardOfObject(put.onode, written, store.shard) : kept(put, collection);
      return onode === undefined ? [] : [{ ...put, onode }];
    });
    store.apply(pg.pool.id, pg.seed, { puts: mine, removes, bytes });
  }
}

function shardOfObject({ damage: _, ...onode }: Onode, written: Stripes, shard: number): Onode {
  return { ...onode, data: shardData(written, shard), written };
}

function kept({ onode, keeps }: Put, collection: { get(key: string): Onode | undefined }): Onode | undefined {
  const own = keeps === null ? undefined : collection.get(keeps.key);
  if (!isCurrent(own, keeps?.version ?? onode.info.version)) return undefined;
  const { written, damage, ...rest } = onode;
  const kept =
    own.written === undefined ? { ...rest, data: own.data } : { ...rest, data: own.data, written: own.written };
  return own.damage === undefined ? kept : { ...kept, damage: own.damage };
}
