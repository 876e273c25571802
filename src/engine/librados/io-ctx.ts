import { type Data, NO_DATA } from '../base/data.ts';
import { CephError } from '../base/errno.ts';
import { intervalSet } from '../base/interval-set.ts';
import type { Task } from '../base/task.ts';
import type { ByteString } from '../base/utf8.ts';
import type {
  ClsMethod,
  ObjectStat,
  OmapEntries,
  OsdOp,
  OsdOpOutput,
  OsdRequest,
  SnapListing,
  Watcher,
} from '../codec/osd-op.ts';
import { NO_SNAPC, NOSNAP, type SnapContext } from '../codec/snap.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import type { ListedObject, Rados } from './rados.ts';

/**
 * A pool and namespace as a client sees it (`librados::IoCtx`). A value: `withSnapContext` and the like give
 * another one. Every call is a task; what Ceph would answer with an errno is thrown as a CephError.
 */
export class IoCtx {
  readonly rados: Rados;
  readonly poolId: number;
  readonly nspace: string;
  readonly snapc: SnapContext;
  readonly readSnap: number;
  readonly locator: string;
  /** Writes are sent to a full pool, too (`set_pool_full_try`, `CEPH_OSD_FLAG_FULL_TRY`). */
  readonly fullTry: boolean;

  constructor(
    rados: Rados,
    poolId: number,
    nspace = '',
    snapc = NO_SNAPC,
    readSnap = NOSNAP,
    locator = '',
    fullTry = false,
  ) {
    this.rados = rados;
    this.poolId = poolId;
    this.nspace = nspace;
    this.snapc = snapc;
    this.readSnap = readSnap;
    this.locator = locator;
    this.fullTry = fullTry;
  }

  /** The pool as the map has it now. Throws ENOENT once it is gone. */
  get pool(): PgPool {
    const pool = this.rados.osdMap.pools.get(this.poolId);
    if (pool === undefined) throw new CephError('ENOENT', `pool ${this.poolId}`);
    return pool;
  }

  withSnapContext(snapc: SnapContext): IoCtx {
    return new IoCtx(this.rados, this.poolId, this.nspace, snapc, this.readSnap, this.locator, this.fullTry);
  }

  /** Reads from a snapshot (or the head, for NOSNAP). */
  atSnap(snap: number): IoCtx {
    return new IoCtx(this.rados, this.poolId, this.nspace, this.snapc, snap, this.locator, this.fullTry);
  }

  inNamespace(nspace: string): IoCtx {
    return new IoCtx(this.rados, this.poolId, nspace, this.snapc, this.readSnap, this.locator, this.fullTry);
  }

  withLocator(locator: string): IoCtx {
    return new IoCtx(this.rados, this.poolId, this.nspace, this.snapc, this.readSnap, locator, this.fullTry);
  }

  /** Sends writes to a full pool, too, where others wait. */
  withFullTry(): IoCtx {
    return new IoCtx(this.rados, this.poolId, this.nspace, this.snapc, this.readSnap, this.locator, true);
  }

  /** Runs operations on an object as one; answers one value an operation, `undefined` where it has none. */
  operate(oid: string, ops: readonly OsdOp[], mtime_us?: number): Task<readonly unknown[]> {
    const request = this.request(oid, ops);
    return this.rados.port.submit(mtime_us === undefined ? request : { ...request, mtime_us });
  }

  stat(oid: string): Task<ObjectStat> {
    return this.#one(oid, 'stat', { op: 'stat' });
  }

  /** Shorter than asked for at the end of the object. */
  read(oid: string, off = 0, len = Number.MAX_SAFE_INTEGER): Task<Data> {
    return this.#one(oid, 'read', { op: 'read', off, len });
  }

  /** As {@link read}, with holes left as holes. */
  sparseRead(oid: string, off: number, len: number): Task<Data> {
    return this.#one(oid, 'sparse-read', { op: 'sparse-read', off, len });
  }

  *write(oid: string, off: number, data: Data): Task<void> {
    yield* this.operate(oid, [{ op: 'write', off, data }]);
  }

  *writeFull(oid: string, data: Data = NO_DATA): Task<void> {
    yield* this.operate(oid, [{ op: 'write-full', data }]);
  }

  *create(oid: string, exclusive = true): Task<void> {
    yield* this.operate(oid, [{ op: 'create', exclusive }]);
  }

  *remove(oid: string): Task<void> {
    yield* this.operate(oid, [{ op: 'delete' }]);
  }

  getXattr(oid: string, name: string): Task<Uint8Array> {
    return this.#one(oid, 'getxattr', { op: 'getxattr', name });
  }

  getXattrs(oid: string): Task<ReadonlyMap<string, Uint8Array>> {
    return this.#one(oid, 'getxattrs', { op: 'getxattrs' });
  }

  omapGetHeader(oid: string): Task<Uint8Array> {
    return this.#one(oid, 'omap-get-header', { op: 'omap-get-header' });
  }

  omapGetKeys(
    oid: string,
    after: ByteString | null = null,
    max = Number.MAX_SAFE_INTEGER,
  ): Task<readonly ByteString[]> {
    return this.#one(oid, 'omap-get-keys', { op: 'omap-get-keys', after, max });
  }

  omapGetVals(oid: string, prefix: ByteString | null = null): Task<OmapEntries> {
    return this.#one(oid, 'omap-get-vals', {
      op: 'omap-get-vals',
      after: null,
      prefix,
      max: Number.MAX_SAFE_INTEGER,
    });
  }

  omapGetValsByKeys(oid: string, keys: readonly ByteString[]): Task<OmapEntries> {
    return this.#one(oid, 'omap-get-vals-by-keys', { op: 'omap-get-vals-by-keys', keys });
  }

  *omapSet(oid: string, entries: ReadonlyMap<ByteString, Uint8Array>): Task<void> {
    yield* this.operate(oid, [{ op: 'omap-set', entries }]);
  }

  *omapRemoveKeys(oid: string, keys: readonly ByteString[]): Task<void> {
    yield* this.operate(oid, [{ op: 'omap-rm-keys', keys }]);
  }

  /** Runs a method of an object class on the object's primary. */
  *exec<In, Out>(oid: string, method: ClsMethod<In, Out>, input: In): Task<Out> {
    const [output] = yield* this.operate(oid, [call(method, input)]);
    // The method's own type says what it answers; the OSD passes it through untouched.
    return output as Out;
  }

  listSnaps(oid: string): Task<SnapListing> {
    return this.#one(oid, 'list-snaps', { op: 'list-snaps' });
  }

  listWatchers(oid: string): Task<readonly Watcher[]> {
    return this.#one(oid, 'list-watchers', { op: 'list-watchers' });
  }

  /** All objects of the pool, PG by PG in Ceph's order; of all namespaces where `nspace` is null. */
  *list(nspace: string | null = this.nspace): Task<ListedObject[]> {
    const out: ListedObject[] = [];
    for (const seed of seedsInHashOrder(this.pool.pgNum))
      out.push(...(yield* this.rados.port.listPg(this.poolId, seed, nspace)));
    return out;
  }

  /** A new self-managed snapshot id (`selfmanaged_snap_create`). EINVAL in a pool that has pool snapshots. */
  *createSelfManagedSnap(): Task<number> {
    return yield* this.rados.port.createSnap(this.poolId);
  }

  *removeSelfManagedSnap(snap: number): Task<void> {
    yield* this.rados.port.removeSnaps(this.poolId, intervalSet(snap, 1));
  }

  /** A request as this context sends it. */
  request(oid: string, ops: readonly OsdOp[]): OsdRequest {
    const { rados, poolId: pool, nspace, locator, snapc, readSnap: snap, fullTry } = this;
    const client = rados.clientId;
    const tid = ++rados.lastTid;
    return { pool, nspace, oid, locator, ops, snapc, snap, client, tid, fullTry };
  }

  *#one<Name extends keyof OsdOpOutput>(oid: string, _name: Name, op: OsdOp & { op: Name }): Task<OsdOpOutput[Name]> {
    const [output] = yield* this.operate(oid, [op]);
    // An OSD answers each operation with the type that OsdOpOutput gives for it: its executor is typed by the same table.
    return output as OsdOpOutput[Name];
  }
}

/** A class method as an operation, to go with others in one request. */
export function call<In, Out>(method: ClsMethod<In, Out>, input: In): OsdOp {
  return { op: 'call', method, input };
}

/** Seeds in the order in which a listing meets them: by their bits reversed, as objects are by their hash's. */
function seedsInHashOrder(pgNum: number): number[] {
  return Array.from({ length: pgNum }, (_, seed) => seed).sort((a, b) => reversedBits(a) - reversedBits(b));
}

function reversedBits(seed: number): number {
  let out = 0;
  for (let bit = 0; bit < 32; bit++) if ((seed >>> bit) & 1) out += 2 ** (31 - bit);
  return out;
}
