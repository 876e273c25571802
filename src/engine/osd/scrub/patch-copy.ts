import { EMPTY_BYTES } from '../../base/bytes.ts';
import { type Data, NO_DATA, overwriteData, sliceData, truncateData } from '../../base/data.ts';
import type { IntervalSet } from '../../base/interval-set.ts';
import type { ObjectStore, Put, Transaction } from '../../os/object-store.ts';
import { isThere, type Onode } from '../../os/onode.ts';

/** A change of one object, as its primary made it: the object that it saw, and what came of it. */
interface Change {
  readonly before: Onode | undefined;
  /** The primary's copy is one that was changed or lost. */
  readonly isOfDamaged: boolean;
  readonly after: Onode;
  readonly ranges: IntervalSet;
}

/**
 * Applies a transaction to copies of which some are damaged: each gets the change, and keeps what the change does not touch.
 * [SC2]
 * @ceph src/osd/ReplicatedBackend.cc submit_transaction — exact: operations go to the replicas, not their outcome
 */
export function applyToDamaged(
  stores: readonly ObjectStore[],
  pool: number,
  seed: number,
  transaction: Transaction,
): void {
  const primary = stores[0]?.collection(pool, seed);
  const { ranges = [] } = transaction;
  const changes = transaction.puts.map((put): [Put, Change] => {
    const own = primary?.get(put.keeps?.key ?? put.key);
    const before = isThere(own) ? own : undefined;
    return [put, { before, isOfDamaged: own?.damage !== undefined, after: put.onode, ranges }];
  });
  for (const store of stores) {
    const collection = store.collection(pool, seed);
    const puts = changes.flatMap(([put, change]): Put[] => {
      const own = collection.get(put.keeps?.key ?? put.key);
      // A clone of what is not there is not made.
      if (own?.damage?.lost === true && change.after.hoid.snap !== own.hoid.snap) return [];
      return [{ ...put, onode: patchCopy(own, change) }];
    });
    store.apply(pool, seed, { ...transaction, puts });
  }
}

/** What a change makes of one copy. */
function patchCopy(own: Onode | undefined, change: Change): Onode {
  const { before, after, ranges } = change;
  const { damage: _, ...whole } = after;
  if (own === undefined || (own.damage === undefined && !change.isOfDamaged)) return whole;
  const blank = own.damage?.lost === true;
  const truth = patchData(before?.damage?.data ?? before?.data, before, after, ranges);
  const data = patchData(blank ? NO_DATA : own.data, before, after, ranges);
  const patched: Onode = {
    ...whole,
    data,
    xattrs: patchMap(blank ? NO_MAP : own.xattrs, before?.xattrs, after.xattrs),
    omap: patchMap(blank ? NO_MAP : own.omap, before?.omap, after.omap),
    omapHeader: after.omapHeader === before?.omapHeader ? (blank ? EMPTY_BYTES : own.omapHeader) : after.omapHeader,
  };
  return { ...patched, damage: { lost: false, data: data === truth ? null : truth, lacks: [] } };
}

const NO_MAP: ReadonlyMap<never, never> = new Map<never, never>();

function patchData(own: Data = NO_DATA, before: Onode | undefined, after: Onode, ranges: IntervalSet): Data {
  const is = after.data;
  const was = before?.data ?? NO_DATA;
  if (is === was) return own;
  const coversAll = ranges.length === 1 && ranges[0]?.off === 0 && ranges[0].len >= Math.max(is.length, was.length);
  if (coversAll) return is;
  let data = own;
  for (const { off, len } of ranges) {
    const end = Math.min(off + len, is.length);
    if (end > off) data = overwriteData(data, off, sliceData(is, off, end - off));
  }
  const isCut = is.length < was.length && data.length > is.length;
  const isGrown = is.length > was.length && data.length < is.length;
  return isCut || isGrown ? truncateData(data, is.length) : data;
}

/** A map with what changed from one to the other. */
function patchMap<K, V>(own: ReadonlyMap<K, V>, before: ReadonlyMap<K, V> = NO_MAP, after: ReadonlyMap<K, V>) {
  if (before === after) return own;
  const patched = new Map(own);
  for (const key of before.keys()) if (!after.has(key)) patched.delete(key);
  for (const [key, value] of after) if (before.get(key) !== value) patched.set(key, value);
  return patched;
}
