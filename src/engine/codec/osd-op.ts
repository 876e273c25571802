import type { Data } from '../base/data.ts';
import type { IntervalSet } from '../base/interval-set.ts';
import type { ByteString } from '../base/utf8.ts';
import type { SnapContext } from './snap.ts';
import type { TmapUpdate } from './tmap-codec.ts';

/**
 * The language between clients and OSDs: a request names an object and carries a list of operations that
 * succeed or fail as one (`MOSDOp`, `CEPH_OSD_OP_*`). It fails with the CephError of the first that fails.
 */
export type OsdOp =
  | { readonly op: 'stat' }
  | { readonly op: 'read'; readonly off: number; readonly len: number }
  | { readonly op: 'sparse-read'; readonly off: number; readonly len: number }
  | { readonly op: 'write'; readonly off: number; readonly data: Data }
  | { readonly op: 'write-full'; readonly data: Data }
  | { readonly op: 'append'; readonly data: Data }
  | { readonly op: 'zero'; readonly off: number; readonly len: number }
  | { readonly op: 'truncate'; readonly size: number }
  | { readonly op: 'create'; readonly exclusive: boolean }
  | { readonly op: 'delete' }
  | { readonly op: 'assert-exists' }
  | { readonly op: 'cmpext'; readonly off: number; readonly data: Data }
  | { readonly op: 'set-alloc-hint' }
  | { readonly op: 'getxattr'; readonly name: string }
  | { readonly op: 'getxattrs' }
  | { readonly op: 'setxattr'; readonly name: string; readonly value: Uint8Array }
  | { readonly op: 'rmxattr'; readonly name: string }
  | { readonly op: 'omap-get-header' }
  | { readonly op: 'omap-set-header'; readonly header: Uint8Array }
  | { readonly op: 'omap-get-keys'; readonly after: ByteString | null; readonly max: number }
  | {
      readonly op: 'omap-get-vals';
      readonly after: ByteString | null;
      readonly prefix: ByteString | null;
      readonly max: number;
    }
  | { readonly op: 'omap-get-vals-by-keys'; readonly keys: readonly ByteString[] }
  | { readonly op: 'omap-set'; readonly entries: ReadonlyMap<ByteString, Uint8Array> }
  | { readonly op: 'omap-rm-keys'; readonly keys: readonly ByteString[] }
  | { readonly op: 'omap-clear' }
  | { readonly op: 'tmap-up'; readonly updates: readonly TmapUpdate[] }
  | { readonly op: 'call'; readonly method: ClsMethod<never, unknown>; readonly input: unknown }
  | { readonly op: 'list-snaps' }
  | { readonly op: 'rollback'; readonly snap: number }
  | { readonly op: 'watch'; readonly cookie: number }
  | { readonly op: 'unwatch'; readonly cookie: number }
  | { readonly op: 'list-watchers' }
  | { readonly op: 'cache-flush' }
  | { readonly op: 'cache-try-flush' }
  | { readonly op: 'cache-evict' }
  | { readonly op: 'copy-from'; readonly source: CopySource }
  | { readonly op: 'set-redirect'; readonly target: ManifestTarget }
  | {
      readonly op: 'set-chunk';
      readonly off: number;
      readonly len: number;
      readonly target: ManifestTarget;
      readonly targetOff: number;
    }
  | { readonly op: 'fill-chunks'; readonly pieces: readonly { readonly off: number; readonly data: Data }[] }
  | { readonly op: 'mark-chunks' }
  | { readonly op: 'unset-manifest' }
  | { readonly op: 'tier-promote' }
  | { readonly op: 'tier-flush' }
  | { readonly op: 'tier-evict' };

/** What an object, or a part of it, stands for. */
export interface ManifestTarget {
  readonly pool: number;
  readonly nspace: string;
  readonly oid: string;
  readonly locator: string;
}

/** An object as another takes it over: what users see of it. */
export interface CopySource {
  readonly data: Data;
  /** The checksum of the content is known. */
  readonly dataDigest: boolean;
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
  readonly omap: ReadonlyMap<ByteString, Uint8Array>;
  readonly omapHeader: Uint8Array;
}

export type OsdOpName = OsdOp['op'];

const READS: ReadonlySet<OsdOpName> = new Set<OsdOpName>([
  'stat',
  'read',
  'sparse-read',
  'assert-exists',
  'cmpext',
  'getxattr',
  'getxattrs',
  'omap-get-header',
  'omap-get-keys',
  'omap-get-vals',
  'omap-get-vals-by-keys',
  'list-snaps',
  'list-watchers',
]);

/** True where the operation may change its object: such a request needs every replica. */
export function isWrite(op: OsdOp): boolean {
  return op.op === 'call' ? op.method.writes : !READS.has(op.op);
}

/** What each operation answers; those not named here answer nothing. */
export interface OsdOpOutput {
  readonly stat: ObjectStat;
  readonly read: Data;
  readonly 'sparse-read': Data;
  readonly getxattr: Uint8Array;
  readonly getxattrs: ReadonlyMap<string, Uint8Array>;
  readonly 'omap-get-header': Uint8Array;
  readonly 'omap-get-keys': readonly ByteString[];
  readonly 'omap-get-vals': OmapEntries;
  readonly 'omap-get-vals-by-keys': OmapEntries;
  readonly call: unknown;
  readonly 'list-snaps': SnapListing;
  readonly 'list-watchers': readonly Watcher[];
}

/** Omap entries in key order. */
export type OmapEntries = readonly (readonly [key: ByteString, value: Uint8Array])[];

export interface ObjectStat {
  readonly size: number;
  readonly mtime_us: number;
}

/** What `rados listsnaps` shows: `obj_list_snap_response_t`. The head, where it exists, comes last with id NOSNAP. */
export interface SnapListing {
  readonly seq: number;
  readonly clones: readonly {
    readonly id: number;
    /** Ascending. */
    readonly snaps: readonly number[];
    readonly size: number;
    readonly overlap: IntervalSet;
  }[];
}

export interface Watcher {
  readonly client: number;
  readonly cookie: number;
  readonly address: string;
}

/** A request as it reaches the primary. */
export interface OsdRequest {
  readonly pool: number;
  readonly nspace: string;
  readonly oid: string;
  /** Placement key, where it is not the name. */
  readonly locator: string;
  readonly ops: readonly OsdOp[];
  /** Of writes. */
  readonly snapc: SnapContext;
  /** Of reads: a snapshot id, or NOSNAP for the head. */
  readonly snap: number;
  readonly client: number;
  /** Counts the client's requests, so that each has a name (`osd_reqid_t`). */
  readonly tid?: number;
  /** Sent to a full pool all the same (`CEPH_OSD_FLAG_FULL_TRY`): what makes it grow is refused. */
  readonly fullTry?: boolean;
  /** When the client says that it writes; now where it says nothing. */
  readonly mtime_us?: number;
}

/**
 * A method of an object class, run on the primary within the request: `cls_rbd`'s `create` and the like. In and
 * out are typed values here; what the method stores is encoded as Ceph does.
 */
export interface ClsMethod<In, Out> {
  readonly cls: string;
  readonly name: string;
  readonly writes: boolean;
  /** Never set; carries the types. */
  readonly types?: (input: In) => Out;
}

export function clsMethod<In, Out>(cls: string, name: string, mode: 'read' | 'write'): ClsMethod<In, Out> {
  return { cls, name, writes: mode === 'write' };
}
