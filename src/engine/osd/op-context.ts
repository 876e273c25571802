import type { EngineContext } from '../base/context.ts';
import { NO_DATA } from '../base/data.ts';
import { CephError } from '../base/errno.ts';
import { type Interval, type IntervalSet, intervalSet, NO_INTERVALS, union } from '../base/interval-set.ts';
import type { TracedOp } from '../base/op-trace.ts';
import type { OsdRequest } from '../codec/osd-op.ts';
import type { SnapContext } from '../codec/snap.ts';
import type { HObject } from '../os/hobject.ts';
import { NO_SNAPSET, newOnode, type Onode, type SnapSet } from '../os/onode.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import type { Tally } from './io-counts.ts';
import type { OsdLimits } from './ops/limits.ts';

const NO_KEYS: string[] = [];
const NOWHERE: Interval = { off: 0, len: 0 };

/**
 * A request while it runs: the head as it was, and as the operations so far would leave it. Nothing reaches a
 * store before all of them have succeeded.
 */
export class OpContext {
  readonly hoid: HObject;
  /** Key of the head in the PG's table. */
  readonly key: string;
  readonly request: OsdRequest;
  readonly engine: EngineContext;
  readonly now_us: number;
  /** The head before the request; a whiteout counts as a head here. */
  readonly before: Onode | null;
  /** What a read sees: the head as it stands now, or the clone that serves the snapshot asked for. */
  readonly readFrom: (context: OpContext) => Onode | null;
  readonly pool: PgPool;
  /** Of writes; older than the object's own where the client has not heard of a snapshot yet. */
  snapc: SnapContext;
  /** Data that the request changed, for the overlap with the newest clone. */
  modifiedRanges: IntervalSet = NO_INTERVALS;
  modified = false;
  /** Bytes that the request carries in or out. */
  writtenBytes = 0;
  readBytes = 0;
  /** Where in the object the last of those bytes were read. */
  readRange: Interval = NOWHERE;
  /** Omap keys that the request set and removed. */
  omapSet: string[] = NO_KEYS;
  omapRemoved: string[] = NO_KEYS;
  /** What configuration sets; null before it is asked. */
  limits: OsdLimits | null = null;
  /** What it counts so far of what class methods do. */
  io: Tally | null = null;
  /** What each operation moved, where somebody listens. */
  traced: TracedOp[] | null = null;
  #state: Onode | null;

  constructor(
    hoid: HObject,
    key: string,
    request: OsdRequest,
    before: Onode | null,
    snapc: SnapContext,
    engine: EngineContext,
    readFrom: (context: OpContext) => Onode | null,
    pool: PgPool,
  ) {
    this.pool = pool;
    this.hoid = hoid;
    this.key = key;
    this.request = request;
    this.before = before;
    this.snapc = snapc;
    this.engine = engine;
    this.now_us = request.mtime_us ?? engine.now_us();
    this.readFrom = readFrom;
    this.#state = before;
  }

  /** The head as it stands; null where there is none. A whiteout is given as it is. */
  get state(): Onode | null {
    return this.#state;
  }

  /** True where the head is there and is no whiteout. */
  get exists(): boolean {
    return this.#state !== null && !this.#state.info.whiteout;
  }

  get size(): number {
    return this.exists ? (this.#state?.data.length ?? 0) : 0;
  }

  get snapSet(): SnapSet {
    return this.#state?.snapSet ?? this.before?.snapSet ?? NO_SNAPSET;
  }

  /** What a read operation reads. Throws ENOENT where that is not there. */
  get target(): Onode {
    const onode = this.readFrom(this);
    if (onode === null || onode.info.whiteout) throw new CephError('ENOENT', this.hoid.oid);
    return onode;
  }

  /** The head to write to, made where it is missing. @ceph src/osd/PrimaryLogPG.cc maybe_create_new_object — exact */
  writable(): Onode {
    this.modified = true;
    if (this.#state !== null && !this.#state.info.whiteout) return this.#state;
    this.#state = newOnode(this.hoid, this.snapSet);
    return this.#state;
  }

  set(next: Onode): void {
    this.modified = true;
    this.#state = next;
  }

  /** Notes an omap key for those who listen. */
  noteKey(kind: 'omapSet' | 'omapRemoved', key: string): void {
    if (this[kind] === NO_KEYS) this[kind] = [];
    this[kind].push(key);
  }

  touchRange(off: number, len: number): void {
    this.modifiedRanges = union(this.modifiedRanges, intervalSet(off, len));
  }

  /**
   * Removes the head. It stays as a whiteout while clones of it live or are about to be made, and in a cache, which must tell
   * its base of it.
   * @ceph src/osd/PrimaryLogPG.cc _delete_oid — exact
   */
  removeHead(): void {
    if (!this.exists) throw new CephError('ENOENT', this.hoid.oid);
    this.touchRange(0, this.size);
    const { snapSet } = this;
    const snapPending = (this.snapc.snaps[0] ?? 0) > snapSet.seq;
    const blank = newOnode(this.hoid, snapSet);
    const isCache = (this.pool.extra?.cacheMode ?? 0) > 0;
    const stays =
      isCache || snapSet.clones.length > 0 || (snapPending && this.before !== null && !this.before.info.whiteout);
    this.modified = true;
    this.#state = stays ? { ...blank, data: NO_DATA, info: { ...blank.info, whiteout: true } } : null;
  }
}
