import type { StripeCode } from '../base/data.ts';
import type { ObjectStore } from '../os/object-store.ts';
import { isThere, type Onode } from '../os/onode.ts';
import { osdOfShard, shardOf } from '../os/shard-id.ts';
import { rebuildShard, type Shards } from './erasure/gather.ts';
import { canHave } from './erasure/recoverable.ts';
import { isReadableShard } from './erasure/shard-data.ts';
import { onlyAppends } from './erasure/stripe-code.ts';
import { isCurrent, type MissingRow } from './missing.ts';
import type { PgView } from './primary-log-pg.ts';
import { damageWork } from './scrub/damage-hook.ts';

/** What an OSD lacks, made for it. */
export interface Copy {
  readonly onode: Onode;
  /** OSDs that it was read from, with what was read there. */
  readonly sources: readonly Source[];
}

/** `shard` is NO_SHARD where whole copies are read. */
interface Source {
  readonly osd: number;
  readonly shard: number;
  readonly bytes: number;
}

type Where = Pick<PgView, 'pool' | 'seed' | 'code'>;

/**
 * What fills a row, from stores that have it: a copy, or in an erasure pool the shard, from whoever has that shard or worked
 * out from others. Undefined where too few have it. A copy whose checksum is wrong is none.
 */
export function copyOf(stores: Iterable<ObjectStore>, where: Where, row: MissingRow): Copy | undefined {
  if (where.code !== null) return shardFor(stores, where, where.code, row);
  for (const store of stores) {
    const onode = store.collection(where.pool.id, where.seed).get(row.key);
    if (!isCurrent(onode, row.need) || !isThere(onode) || isWrong(onode)) continue;
    return { onode, sources: [{ osd: store.osd, shard: store.shard, bytes: onode.data.length }] };
  }
  return undefined;
}

function isWrong(onode: Onode): boolean {
  return onode.damage !== undefined && damageWork().hasWrongDigest(onode);
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
    if (!isCurrent(onode, need) || !isReadableShard(onode, store.shard) || shards.has(store.shard)) continue;
    shards.set(store.shard, onode);
    holders.set(store.shard, osdOfShard(store.id));
  }
  const lost = shardOf(id);
  if (!canHave(code, [lost], shards.keys())) return undefined;
  return copyFrom(shards, holders, rebuildShard(code, lost, shards, onlyAppends(pool)));
}

function copyFrom(
  shards: Shards,
  holders: ReadonlyMap<number, number>,
  { data, read }: ReturnType<typeof rebuildShard>,
): Copy | undefined {
  const [any] = read;
  const from = any === undefined ? undefined : shards.get(any);
  if (from === undefined) return undefined;
  const sources = read.flatMap((shard): Source[] => {
    const osd = holders.get(shard);
    return osd === undefined ? [] : [{ osd, shard, bytes: shards.get(shard)?.data.length ?? 0 }];
  });
  const { damage: _, ...rest } = from;
  return { onode: { ...rest, data }, sources };
}

/**
 * Bytes that go over the network for a copy: to the OSD that lacks it; in an erasure pool first to the primary, which makes
 * it there.
 * @ceph src/osd/ECBackend.cc RecoveryBackend::continue_recovery_op — exact: also a shard that is somewhere as a whole goes by way of the primary
 */
export function movedBytes({ acting, code }: Pick<PgView, 'acting' | 'code'>, to: number, copy: Copy): number {
  const { data } = copy.onode;
  if (code === null) return data.length;
  const primary = acting[0]?.osd;
  const gathered = copy.sources.reduce((sum, { osd, bytes }) => sum + (osd === primary ? 0 : bytes), 0);
  return gathered + (to === primary ? 0 : data.length);
}
