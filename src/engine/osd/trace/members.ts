import type { TracedMember } from '../../base/op-trace.ts';
import type { ObjectStore } from '../../os/object-store.ts';
import { osdOfShard, shardOf } from '../../os/shard-id.ts';
import type { Copy } from '../copy-of.ts';
import { type ShardBytes, shardBytes } from '../erasure/ec-cost.ts';
import type { Written } from '../op-tracer.ts';
import type { PgView } from '../primary-log-pg.ts';

/** `moved`: from its disk, to its disk, to the first member, and from it. */
type Moved = readonly [readBytes: number, writtenBytes: number, sentBytes: number, receivedBytes: number];

function member(osd: number, shard: number, role: TracedMember['role'], moved: Moved): TracedMember {
  const [readBytes, writtenBytes, sentBytes, receivedBytes] = moved;
  return { osd, shard: shard < 0 ? null : shard, role, readBytes, writtenBytes, sentBytes, receivedBytes };
}

/** Every store that a change reaches, the primary first: told what each reads of its disk, and what all write. */
function writers(
  { acting, backfill, code }: PgView,
  written: number,
  readOf: (store: ObjectStore) => number,
): TracedMember[] {
  const other = code === null ? 'replica' : 'shard';
  return [...acting, ...backfill].map((store, index) => {
    const role = index === 0 ? 'primary' : index < acting.length ? other : 'backfill';
    const read = readOf(store);
    return member(store.osd, store.shard, role, index === 0 ? [read, written, 0, 0] : [read, written, read, written]);
  });
}

/** Whole copies, or changes of attributes, that the primary sends to all others. */
export function copyMembers(pg: PgView, bytes: number): TracedMember[] {
  return writers(pg, bytes, () => 0);
}

/** Shards of stripes that are read before, and written. */
export function shardMembers(pg: PgView, { plan, read }: Written): TracedMember[] {
  if (plan === null || pg.code === null) return copyMembers(pg, 0);
  if (plan.shards !== undefined) return plannedMembers(pg, plan.shards);
  const [readBytes, writtenBytes] = [shardBytes(pg.code, plan.readBytes), shardBytes(pg.code, plan.writeBytes)];
  return writers(pg, writtenBytes, ({ shard }) => (read.includes(shard) ? readBytes : 0));
}

/** Shards of an optimized pool that a write reaches, or that are read for it. */
function plannedMembers({ acting, backfill }: PgView, { reads, writes }: ShardBytes): TracedMember[] {
  return [...acting, ...backfill].flatMap((store, index): TracedMember[] => {
    const [read, written] = [reads.get(store.shard), writes.get(store.shard)];
    if (index > 0 && read === undefined && written === undefined) return [];
    const moved = [read ?? 0, written ?? 0] as const;
    const role = index === 0 ? 'primary' : index < acting.length ? 'shard' : 'backfill';
    return [member(store.osd, store.shard, role, index === 0 ? [...moved, 0, 0] : [...moved, ...moved])];
  });
}

/** Of a read: the primary, and in an erasure pool the shards that it asks. */
export function readMembers(
  { acting, code }: PgView,
  read: readonly number[] | null,
  bytes: number,
  planned?: ReadonlyMap<number, number>,
): TracedMember[] {
  const [primary] = acting;
  if (primary === undefined) return [];
  if (read === null || code === null) return [member(primary.osd, primary.shard, 'primary', [bytes, 0, 0, 0])];
  const bytesOf = (shard: number): number => (planned === undefined ? bytes : (planned.get(shard) ?? 0));
  const own = read.includes(primary.shard) ? bytesOf(primary.shard) : 0;
  const asked = acting.slice(1).filter(({ shard }) => read.includes(shard));
  return [
    member(primary.osd, primary.shard, 'primary', [own, 0, 0, 0]),
    ...asked.map(({ osd, shard }) => member(osd, shard, 'shard', [bytesOf(shard), 0, bytesOf(shard), 0])),
  ];
}

/** Of a copy that is made for an OSD: in an erasure pool the primary gathers what it is made from. */
export function recoveryMembers({ acting, code }: PgView, id: number, { onode, sources }: Copy): TracedMember[] {
  const [to, shard, bytes] = [osdOfShard(id), shardOf(id), onode.data.length];
  const filled = member(to, shard, 'target', [0, bytes, 0, bytes]);
  const readers = sources.map((source) => member(source.osd, source.shard, 'source', [source.bytes, 0, 0, 0]));
  const [primary] = acting;
  if (code === null || primary === undefined) return [...readers, filled];
  const others = readers
    .filter(({ osd }) => osd !== primary.osd)
    .map((each) => ({ ...each, sentBytes: each.readBytes }));
  const own = readers.find(({ osd }) => osd === primary.osd);
  const leads = member(primary.osd, primary.shard, 'primary', [own?.readBytes ?? 0, 0, 0, 0]);
  if (to === primary.osd) return [{ ...leads, writtenBytes: bytes }, ...others];
  return [leads, ...others, filled];
}
