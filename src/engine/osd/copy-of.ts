import type { StripeCode } from '../base/data.ts';
import type { ObjectStore } from '../os/object-store.ts';
import type { Onode } from '../os/onode.ts';
import { osdOfShard, shardOf } from '../os/shard-id.ts';
import { rebuildShard, type Shards } from './erasure/gather.ts';
import { canHave } from './erasure/recoverable.ts';
import { onlyAppends } from './erasure/stripe-code.ts';
import { isCurrent, type MissingRow } from './missing.ts';
import type { PgView } from './primary-log-pg.ts';

/** What an OSD lacks, made for it. */
export interface Copy {
  readonly onode: Onode;
  /** Bytes that went over the network: also those that a shard was worked out from. */
  readonly movedBytes: number;
  /** OSDs that it was read from. */
  readonly from: readonly number[];
}

type Where = Pick<PgView, 'pool' | 'seed' | 'code'>;

/**
 * What fills a row, from stores that have it: a copy, or in an erasure pool the shard, from whoever has that shard or worked
 * out from others. Undefined where too few have it.
 */
export function copyOf(stores: Iterable<ObjectStore>, where: Where, row: MissingRow): Copy | undefined {
  if (where.code !== null) return shardFor(stores, where, where.code, row);
  for (const store of stores) {
    const onode = store.collection(where.pool.id, where.seed).get(row.key);
    if (isCurrent(onode, row.need)) return { onode, movedBytes: onode.data.length, from: [store.id] };
  }
  return undefined;
}

function shardFor(
  stores: Iterable<ObjectStore>,
  { pool, seed }: Where,
  code: StripeCode,
  { id, key, need }: MissingRow,
): Copy | undefined {
  const shards = new Map<number, Onode>();
  const holders = new Map<number, number>();
  for (const store of stores) {
    const onode = store.collection(pool.id, seed).get(key);
    if (!isCurrent(onode, need) || shards.has(store.shard)) continue;
    shards.set(store.shard, onode);
    holders.set(store.shard, osdOfShard(store.id));
  }
  const lost = shardOf(id);
  if (!canHave(code, [lost], shards.keys())) return undefined;
  return copyFrom(shards, holders, lost, rebuildShard(code, lost, shards, onlyAppends(pool)));
}

function copyFrom(
  shards: Shards,
  holders: ReadonlyMap<number, number>,
  lost: number,
  { data, read }: ReturnType<typeof rebuildShard>,
): Copy | undefined {
  const [any] = read;
  const from = any === undefined ? undefined : shards.get(any);
  if (from === undefined) return undefined;
  const readBytes = read.reduce((sum, shard) => sum + (shards.get(shard)?.data.length ?? 0), 0);
  const movedBytes = read.includes(lost) ? data.length : readBytes + data.length;
  return { onode: { ...from, data }, movedBytes, from: read.flatMap((shard) => holders.get(shard) ?? []) };
}
