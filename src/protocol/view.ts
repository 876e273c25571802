import type { Cost } from '../engine/base/cost.ts';
import type { Profile } from '../engine/base/era.ts';
import type { TimedEvent } from '../engine/base/events.ts';

/** What the page may see of the cluster: drawn from the state alone, made new in parts as the state changes. */
export interface ClusterView {
  readonly fsid: string;
  readonly epoch: number;
  readonly now_us: number;
  readonly health: HealthView;
  readonly pools: readonly PoolView[];
  readonly pgs: readonly PgView[];
  readonly osds: readonly OsdView[];
  /** The CRUSH tree, parents before children; OSDs are its leaves. */
  readonly tree: readonly CrushNodeView[];
  readonly images: readonly ImageView[];
  readonly devices: readonly DeviceView[];
  /** Whose ways the cluster has; Ceph 20.2's where it is left out. */
  readonly profile?: Profile;
}

export interface HealthView {
  readonly status: 'HEALTH_OK' | 'HEALTH_WARN' | 'HEALTH_ERR';
  readonly checks: readonly { readonly code: string; readonly summary: string }[];
  /** Codes of checks that somebody does not want to hear of; not there where none is. */
  readonly muted?: readonly string[];
}

export interface PoolView {
  readonly id: number;
  readonly name: string;
  readonly type: 'replicated' | 'erasure';
  readonly size: number;
  readonly minSize: number;
  readonly pgNum: number;
  readonly applications: readonly string[];
  readonly objects: number;
  readonly bytes: number;
}

export interface PgView {
  /** As Ceph prints it: `2.1a`. */
  readonly pgid: string;
  readonly pool: number;
  readonly seed: number;
  /** As Ceph prints it: `active+clean`. */
  readonly state: string;
  readonly up: readonly number[];
  readonly acting: readonly number[];
  readonly upPrimary: number;
  readonly actingPrimary: number;
  readonly objects: number;
  readonly bytes: number;
  /** Copies of objects (in erasure pools shards) that are missing, or elsewhere than they should be; left out where none. */
  readonly degraded?: number;
  readonly misplaced?: number;
  /** Objects that no OSD up has; left out where none. */
  readonly unfound?: number;
  /** OSDs that are down and may have writes that nobody else has; left out where none. */
  readonly blockedBy?: readonly number[];
}

export interface OsdView {
  readonly id: number;
  readonly up: boolean;
  readonly in: boolean;
  readonly destroyed: boolean;
  /** False where its process does not run; the map may not know yet. */
  readonly running?: boolean;
  readonly host: string;
  readonly deviceClass: string;
  /** CRUSH weight, and the 0 to 1 override. */
  readonly crushWeight: number;
  readonly reweight: number;
  readonly pgs: number;
  readonly primaryPgs: number;
  readonly objects: number;
  readonly bytes: number;
  readonly capacity_bytes: number;
}

export interface CrushNodeView {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly parent: number | null;
  readonly weight: number;
}

export interface ImageView {
  /** `pool/image` or `pool/ns/image`: what is typed. */
  readonly spec: string;
  readonly pool: number;
  readonly poolName: string;
  readonly nspace: string;
  readonly name: string;
  readonly id: string;
  readonly size: number;
  readonly order: number;
  readonly objectCount: number;
  readonly features: readonly string[];
  /** Pool of the data objects, and the start of their names (`rbd_data.<id>`). */
  readonly dataPool: number;
  readonly prefix: string;
  readonly parent: ParentView | null;
  readonly watchers: number;
  readonly inTrash: boolean;
  /** Bytes that objects of this image hold, its snapshots' included. */
  readonly usedBytes: number;
  /** The head first, then its snapshots, newest first. */
  readonly lanes: readonly LaneView[];
  /** Flatten, removal and the like that run now, or null. */
  readonly operation: { readonly name: string; readonly done: number; readonly total: number } | null;
}

export interface ParentView {
  readonly spec: string;
  readonly pool: number;
  readonly imageId: string;
  readonly snapId: number;
  readonly overlap: number;
}

export interface LaneView {
  /** null for the head. */
  readonly snapId: number | null;
  readonly name: string;
  readonly size: number;
  readonly objectCount: number;
  readonly protected: boolean;
  /** One {@link CELL} an object, in order of object number. */
  readonly cells: Uint8Array;
}

/**
 * Kinds of cell, as `stage.md` names them. In a snapshot's lane `shared` means that the head object still
 * serves the snapshot, and `kept` that the OSD made a clone of the object for it.
 */
export const CELL = { hole: 0, own: 1, parent: 2, copiedUp: 3, kept: 4, zero: 5, shared: 6 } as const;
export type Cell = (typeof CELL)[keyof typeof CELL];

export interface DeviceView {
  /** `/dev/rbd0`. */
  readonly path: string;
  readonly spec: string;
  readonly snap: string | null;
}

/** One mark on the timeline: a command that ran. */
export interface TimelineEntry {
  /** From 1; entry n brought the state from n - 1 to n. */
  readonly seq: number;
  readonly line: string;
  readonly exitCode: number;
  readonly at_us: number;
  readonly took_us: number;
  readonly cost: Cost;
  /** How many records it changed; 0 for a command that only looked. */
  readonly changes: number;
  /** The line as it may have been meant, where it failed and a command in it is none. */
  readonly meant?: string;
}

export interface TimelineView {
  readonly entries: readonly TimelineEntry[];
  /** The state shown is the one after this entry; 0 is the fresh cluster. */
  readonly at: number;
}

/** A piece of terminal output. */
export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What the worker sends over its port, at most one a frame. */
export interface Frame {
  /** Commands begun so far: chunks and events belong to this one. */
  readonly seq: number;
  readonly output: readonly OutputChunk[];
  readonly events: readonly TimedEvent[];
  /** Events beyond what a frame carries, counted only. */
  readonly droppedEvents: number;
  /** Parts of the view that changed. */
  readonly view: Partial<ClusterView>;
  readonly timeline: TimelineView | null;
  /** Running, waiting for something, or idle. */
  readonly status: RunStatus;
  /** Where the sandbox is kept, where that has changed. */
  readonly storage: StorageStatus | null;
}

export type StorageStatus =
  | { readonly kind: 'stored' }
  /** Kept in memory only; `reason` as the browser gave it. */
  | { readonly kind: 'memory'; readonly why: 'denied' | 'full' | 'failed'; readonly reason: string }
  /** Another tab writes; this one looks. */
  | { readonly kind: 'read-only' };

export type RunStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly line: string; readonly paused: boolean }
  | { readonly kind: 'blocked'; readonly line: string; readonly reason: string };
