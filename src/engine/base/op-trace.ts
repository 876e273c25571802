/**
 * The road of one operation: who asked, where the object's name led, and what each OSD on the way read, sent and wrote.
 * Bytes are those of data, and of keys and values that are written; onodes, log entries and headers of messages are not counted.
 */
export interface OpTrace {
  readonly cause: TraceCause;
  /** As Ceph names requests: `client.4205.0:17`. Of what OSDs do by themselves the OSD that does it: `osd.3`. */
  readonly reqid: string;
  /** The operations of a request in order, as Ceph spells them; those behind one that failed were not begun. */
  readonly ops: readonly TracedOp[];
  readonly pool: number;
  readonly nspace: string;
  readonly oid: string;
  /** The snapshot that was read from, or the clone that was moved; null for the head. */
  readonly snap: number | null;
  /** 32 bits of the object's name, or of its locator. Null where no object was named. */
  readonly hash: number | null;
  readonly pgid: string;
  /** Of the map by which the client found its way. */
  readonly epoch: number;
  /** The OSDs that took part; all others exchange bytes with the first one alone. */
  readonly members: readonly TracedMember[];
  /** From the client to the primary, and back. */
  readonly sentBytes: number;
  readonly answeredBytes: number;
  /** The object as it was, kept for snapshots before it changed. BlueStore copies none of it: both share the bytes. */
  readonly clone: { readonly snap: number; readonly sharedBytes: number } | null;
  /** In an erasure pool: bytes of whole stripes that were read before a write, and written (before coding). */
  readonly stripes: { readonly readBytes: number; readonly writeBytes: number } | null;
  /** In an erasure pool: shards that were worked out from others. */
  readonly decoded: readonly number[];
  /** What the PG's log calls the change: `12'34`. Null where nothing changed. */
  readonly version: string | null;
  /** Entries that the PG's log gained. */
  readonly logEntries: number;
  /** Errno that the client was answered with, by name. */
  readonly error: string | null;
}

/** What set it going: a client's request, or work that OSDs do by themselves. */
export type TraceCause = 'client' | 'recovery' | 'trim';

export interface TracedOp {
  /** `write 0~4096`, `call rbd.sparse_copyup`. */
  readonly name: string;
  readonly readBytes: number;
  readonly writtenBytes: number;
  /** `data`: content of an object. `copyup`: content that a clone takes over from its parent. `meta`: anything else. */
  readonly part: 'data' | 'copyup' | 'meta';
  readonly removes: boolean;
}

export interface TracedMember {
  readonly osd: number;
  /** Null in replicated pools. */
  readonly shard: number | null;
  readonly role: 'primary' | 'replica' | 'shard' | 'backfill' | 'source' | 'target';
  /** From and to its disk. */
  readonly readBytes: number;
  readonly writtenBytes: number;
  /** To and from the first member. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** What a trace is about, for counting alike with alike. */
export type TraceKind = 'read' | 'write' | 'copyup' | 'meta' | 'remove' | 'list' | 'refused' | 'recovery' | 'trim';

/** In the order in which they are told. */
export const TRACE_KINDS: readonly TraceKind[] = [
  'read',
  'write',
  'copyup',
  'remove',
  'meta',
  'list',
  'refused',
  'recovery',
  'trim',
];

export function traceKind({ cause, error, ops, hash }: OpTrace): TraceKind {
  if (cause !== 'client') return cause;
  if (error !== null) return 'refused';
  if (hash === null) return 'list';
  if (ops.some(({ part }) => part === 'copyup')) return 'copyup';
  if (ops.some(({ removes }) => removes)) return 'remove';
  if (ops.some(({ part, writtenBytes }) => part === 'data' && writtenBytes > 0)) return 'write';
  return ops.some(({ part, readBytes }) => part === 'data' && readBytes > 0) ? 'read' : 'meta';
}
