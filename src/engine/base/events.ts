import type { OpTrace } from './op-trace.ts';

/**
 * Events: the explanation of how a state came about. Past tense, the layer as prefix, data only. A view drawn
 * from the state alone is already right, so events may be dropped at any place.
 */
export type EngineEvent =
  | { readonly type: 'mon/osdmap-published'; readonly epoch: number; readonly summary: string }
  | { readonly type: 'mon/pool-created'; readonly pool: number; readonly name: string }
  | { readonly type: 'mon/pool-removed'; readonly pool: number; readonly name: string }
  | {
      readonly type: 'osd/pg-remapped';
      readonly pgid: string;
      readonly from: readonly number[];
      readonly to: readonly number[];
    }
  | {
      /** One OSD has got its copy (in an erasure pool its shard) of an object; `from` are the OSDs that it was read from. */
      readonly type: 'osd/object-recovered';
      readonly pgid: string;
      readonly oid: string;
      readonly from: readonly number[];
      readonly to: number;
      readonly bytes: number;
    }
  | {
      /** The whole road of one operation, told after what it did. */
      readonly type: 'osd/op-traced';
      readonly trace: OpTrace;
    }
  | { readonly type: 'osd/pg-recovered'; readonly pgid: string; readonly objects: number; readonly bytes: number }
  | {
      /** A scrub of a PG has ended; `repaired` copies are about to be made anew. */
      readonly type: 'osd/pg-scrubbed';
      readonly pgid: string;
      readonly kind: 'scrub' | 'deep-scrub' | 'repair';
      readonly errors: number;
      readonly repaired: number;
    }
  | (ObjectEvent & {
      readonly type: 'rados/object-read';
      readonly bytes: number;
      /** In an erasure pool: shards that were read, and data shards that were worked out from them. */
      readonly shards?: { readonly read: readonly number[]; readonly decoded: readonly number[] };
    })
  | (ObjectEvent & {
      readonly type: 'rados/object-written';
      readonly created: boolean;
      readonly bytes: number;
      /** In an erasure pool: bytes of whole stripes that were read first, and written (before coding). */
      readonly stripes?: { readonly readBytes: number; readonly writeBytes: number };
    })
  | (ObjectEvent & { readonly type: 'rados/object-removed'; readonly whiteout: boolean })
  | (ObjectEvent & { readonly type: 'rados/object-cloned'; readonly clone: number; readonly bytes: number })
  | (ObjectEvent & { readonly type: 'rados/object-clone-trimmed'; readonly clone: number })
  | (ObjectEvent & {
      readonly type: 'rados/omap-changed';
      readonly set: readonly string[];
      readonly removed: readonly string[];
    })
  | (ImageEvent & { readonly type: 'rbd/image-created'; readonly parent: string | null })
  | (ImageEvent & { readonly type: 'rbd/image-removed' })
  | (ImageEvent & { readonly type: 'rbd/image-resized'; readonly from: number; readonly to: number })
  | (ImageEvent & { readonly type: 'rbd/snap-created'; readonly snapId: number; readonly snap: string })
  | (ImageEvent & { readonly type: 'rbd/snap-removed'; readonly snapId: number; readonly snap: string })
  | (ImageEvent & { readonly type: 'rbd/snap-rolled-back'; readonly snapId: number; readonly snap: string })
  | (ImageEvent & {
      readonly type: 'rbd/read-from-parent';
      readonly objectNo: number;
      readonly parent: string;
      readonly depth: number;
    })
  | (ImageEvent & {
      readonly type: 'rbd/copied-up';
      readonly objectNo: number;
      readonly parent: string;
      readonly bytes: number;
    })
  | (ImageEvent & {
      readonly type: 'rbd/progressed';
      readonly operation: string;
      readonly done: number;
      readonly total: number;
    })
  | (ImageEvent & { readonly type: 'rbd/detached-from-parent'; readonly parent: string });

interface ObjectEvent {
  readonly pool: number;
  readonly nspace: string;
  readonly oid: string;
  readonly pgid: string;
  /** The OSDs that took part, the primary first. */
  readonly osds: readonly number[];
}

/** `pool` is the id of the pool that holds the header; `parent` is a spec such as `images/cirros@snap`. */
interface ImageEvent {
  readonly pool: number;
  readonly image: string;
  readonly imageId: string;
}

/** An event with when it happened, in virtual microseconds since the Unix epoch. */
export interface TimedEvent {
  readonly at_us: number;
  readonly event: EngineEvent;
}
