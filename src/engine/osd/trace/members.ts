import type { OpTrace, TracedMember } from '../../base/op-trace.ts';
import type { ObjectStore } from '../../os/object-store.ts';
import { osdOfShard, shardOf } from '../../os/shard-id.ts';
import type { Copy } from '../copy-of.ts';
import { shardBytes } from '../erasure/ec-cost.ts';
import type { Written } from '../op-tracer.ts';
import type { PgView } from '../primary-log-pg.ts';

type Moved = Partial<Pick<TracedMember, 'readBytes' | 'writtenBytes' | 'sentBytes' | 'receivedBytes'>>;

function member(osd: number, shard: number, role: TracedMember['role'], moved: Moved): TracedMember {
  const still = { readBytes: 0, writtenBytes: 0, sentBytes: 0, receivedBytes: 0 };
  return { osd, shard: shard < 0 ? null : shard, role, ...still, ...moved };
}

/** Every store that a change reaches, the primary first. */
function writers({ acting, backfill, code }: PgView, movedOf: (store: ObjectStore) => Moved): TracedMember[] {
  const other = code === null ? 'replica' : 'shard';
  return [...acting, ...backfill].map((store, index) => {
    const role = index === 0 ? 'primary' : index < acting.length ? other : 'backfill';
    const { sentBytes: _, receivedBytes: __, ...onDisk } = movedOf(store);
    return member(store.osd, store.shard, role, index === 0 ? onDisk : movedOf(store));
  });
}

/** Whole copies, or changes of attributes, that the primary sends to all others. */
export function copyMembers(pg: PgView, bytes: number): TracedMember[] {
  return writers(pg, () => ({ writtenBytes: bytes, receivedBytes: bytes }));
}

/** Shards of stripes that are read before, and written. */
export function shardMembers(pg: PgView, { plan, read }: Written): TracedMember[] {
  if (plan === null || pg.code === null) return copyMembers(pg, 0);
  const [readBytes, writtenBytes] = [shardBytes(pg.code, plan.readBytes), shardBytes(pg.code, plan.writeBytes)];
  return writers(pg, ({ shard }) => {
    const reads = read.includes(shard) ? readBytes : 0;
    return { readBytes: reads, sentBytes: reads, writtenBytes, receivedBytes: writtenBytes };
  });
}

/** Of a read: the primary, and in an erasure pool the shards that it asks. */
export function readMembers({ acting, code }: PgView, read: readonly number[] | null, bytes: number): TracedMember[] {
  const [primary] = acting;
  if (primary === undefined) return [];
  if (read === null || code === null) return [member(primary.osd, primary.shard, 'primary', { readBytes: bytes })];
  const own = { readBytes: read.includes(primary.shard) ? bytes : 0 };
  const asked = acting.slice(1).filter(({ shard }) => read.includes(shard));
  return [
    member(primary.osd, primary.shard, 'primary', own),
    ...asked.map(({ osd, shard }) => member(osd, shard, 'shard', { readBytes: bytes, sentBytes: bytes })),
  ];
}

/** Of a copy that is made for an OSD: in an erasure pool the primary gathers what it is made from. */
export function recoveryMembers({ acting, code }: PgView, id: number, { onode, sources }: Copy): TracedMember[] {
  const [to, shard, bytes] = [osdOfShard(id), shardOf(id), onode.data.length];
  const filled = member(to, shard, 'target', { writtenBytes: bytes, receivedBytes: bytes });
  const readers = sources.map((source) => member(source.osd, source.shard, 'source', { readBytes: source.bytes }));
  const [primary] = acting;
  if (code === null || primary === undefined) return [...readers, filled];
  const others = readers
    .filter(({ osd }) => osd !== primary.osd)
    .map((each) => ({ ...each, sentBytes: each.readBytes }));
  const own = readers.find(({ osd }) => osd === primary.osd);
  const leads = member(primary.osd, primary.shard, 'primary', { readBytes: own?.readBytes ?? 0 });
  if (to === primary.osd) return [{ ...leads, writtenBytes: bytes }, ...others];
  return [leads, ...others, filled];
}

/** Bytes that went between the members of a piece of work. */
export function bytesBetween(members: OpTrace['members']): number {
  return members.reduce((sum, { sentBytes, receivedBytes }) => sum + sentBytes + receivedBytes, 0);
}
