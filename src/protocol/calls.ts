import type { Profile } from '../engine/base/era.ts';
import type { TraceReport } from '../engine/base/trace-book.ts';
import type { Field } from '../engine/codec/denc.ts';
import type { MapFile } from './maps.ts';
import type { Frame, OutputChunk, StorageStatus, TimelineEntry, TimelineView } from './view.ts';

/** The calls that the page makes to the worker. Each resolves with a value; what can go wrong is part of it. */
export interface SandboxCalls {
  /** Opens or makes the sandbox, and starts sending frames on `port`. Called once. */
  open(port: FramePort, options: OpenOptions): Promise<OpenResult>;
  /** Runs a line; resolves when it has ended. Typed at a past point, it forks: the future is dropped. */
  run(line: string): Promise<RunResult>;
  /**
   * Runs a line beside the one that is blocked, as in a second terminal: its exit code, or null where nothing is blocked
   * (any more). It becomes a part of the blocked command's entry.
   */
  aside(line: string): Promise<number | null>;
  /** The page's language, `en` or `zh-CN`: that in which programs explain themselves. */
  speak(language: string): Promise<void>;
  /** Ctrl-C: stops what runs at its next step. */
  interrupt(): Promise<void>;
  /** Paces the engine: 'run' at the pace for watching, 'fast' flat out, 'paused' until `step` or another pace. */
  pace(pace: Pace): Promise<void>;
  step(): Promise<void>;
  complete(line: string, cursor: number): Promise<Completion>;
  inspect(target: InspectTarget): Promise<Inspection | null>;
  /** Why an object, existing or not, is where it is. */
  locate(pool: number, nspace: string, oid: string): Promise<Location | null>;
  /** Travels to the state after entry `seq`. */
  travel(seq: number): Promise<TimelineView>;
  /** The roads of what command `seq` did; null where they are not kept, as of commands before the page was opened. */
  traces(seq: number): Promise<TraceReport | null>;
  /** The history with its output, for the scrollback. */
  scrollback(): Promise<readonly ScrollbackEntry[]>;
  /** This session as a scenario link's fragment (without `#`), or why it is too long for one. */
  share(): Promise<ShareResult>;
  /** Checks a scenario fragment; changes nothing. */
  checkLink(fragment: string): Promise<LinkResult>;
  /** Replaces the session by a scenario, or by a fresh cluster, of that profile. */
  load(scenario: Scenario | null, profile?: Profile): Promise<RunResult>;
  /** Puts a file of the user's into the simulated machine. */
  addFile(
    name: string,
    bytes: Uint8Array,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
  /** Files that commands made or the user brought, by path; without directories. */
  files(): Promise<readonly MachineFile[]>;
  /** Bytes of a file of the simulated machine, for a download; null where it is not there or too large for one. */
  readFile(path: string): Promise<Uint8Array | null>;
  /** The sandbox's map and what its pools store, as files for the map room; changes nothing. */
  readMap(): Promise<MapFile[]>;
  /** Takes the writer's lock over from another tab. */
  takeOver(): Promise<OpenResult>;
  /** Checks the goals of a lesson's step by running its probes on the side; changes nothing. */
  probe(line: string): Promise<{ readonly exitCode: number; readonly stdout: string }>;
}

/** Larger files cannot be saved: their bytes would have to be made in memory. */
export const MOST_SAVED_BYTES = 256 * 1024 * 1024;

export interface MachineFile {
  readonly path: string;
  readonly bytes: number;
}

/** A MessagePort, as far as frames need it: these types stand where no browser is known. */
export interface FramePort {
  postMessage(frame: Frame, transfer: ArrayBuffer[]): void;
  close(): void;
}

export interface OpenOptions {
  /** Fragment of a shared link, without `#`; null for the stored sandbox. */
  readonly fragment: string | null;
}

export interface OpenResult {
  readonly timeline: TimelineView;
  readonly storage: StorageStatus;
  /** A link that could not be opened, in machine words; the stored session is open instead. */
  readonly linkError: LinkError | null;
  /** Commands at the end of the stored log that were damaged and are given up; left out where there are none. */
  readonly lostCommands?: number;
}

export interface RunResult {
  readonly exitCode: number;
  readonly timeline: TimelineView;
  readonly storage: StorageStatus;
}

export type Pace =
  | { readonly kind: 'run'; readonly speed: number }
  | { readonly kind: 'fast' }
  | { readonly kind: 'paused' };

export interface Completion {
  /** Candidates for the word that ends at the cursor, whole words. */
  readonly candidates: readonly { readonly text: string; readonly hint?: string }[];
  /** Where that word begins. */
  readonly from: number;
}

export type InspectTarget =
  | {
      readonly kind: 'object';
      readonly pool: number;
      readonly nspace: string;
      readonly oid: string;
      readonly snap: number | null;
    }
  | { readonly kind: 'pg'; readonly pgid: string }
  | { readonly kind: 'osd'; readonly id: number };

export interface Location {
  readonly pool: string;
  readonly oid: string;
  /** 32 bits, as hex digits without leading zeros. */
  readonly hash: string;
  readonly pgNum: number;
  readonly pgid: string;
  readonly up: readonly number[];
  readonly acting: readonly number[];
  readonly rule: string;
}

export type Inspection = ObjectInspection | PgInspection | OsdInspection;

export interface ObjectInspection {
  readonly kind: 'object';
  readonly location: Location;
  readonly exists: boolean;
  readonly size: number;
  readonly modified_us: number;
  readonly version: string;
  /** What the object is for, e.g. `rbd header of images/cirros`; null where that cannot be told. */
  readonly role: string | null;
  readonly replicas: readonly number[];
  readonly data: BytesView;
  readonly xattrs: readonly NamedBytes[];
  readonly omap: readonly NamedBytes[];
  readonly snapSet: SnapSetView | null;
}

/** The first bytes of something, with what they mean where a decoder knows. */
export interface BytesView {
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly fields: readonly Field[];
  /** Name of the type decoded, e.g. `cls_rbd_snap`; null where none fits. */
  readonly type: string | null;
}

export interface NamedBytes {
  readonly key: string;
  /** True where the key is not text. */
  readonly binaryKey: boolean;
  readonly value: BytesView;
}

export interface SnapSetView {
  readonly seq: number;
  readonly clones: readonly {
    readonly id: number;
    readonly snaps: readonly number[];
    readonly size: number;
    readonly overlap: readonly { readonly off: number; readonly len: number }[];
  }[];
}

export interface PgInspection {
  readonly kind: 'pg';
  readonly pgid: string;
  readonly state: string;
  readonly up: readonly number[];
  readonly acting: readonly number[];
  readonly version: string;
  /** In the order of `rados ls`; at most 1,000. */
  readonly objects: readonly {
    readonly nspace: string;
    readonly oid: string;
    readonly snap: number | null;
    readonly size: number;
  }[];
  readonly objectCount: number;
  /** What holds it up, or what it is about. */
  readonly work: string;
  readonly blockedBy: readonly number[];
  readonly size: number;
  readonly minSize: number;
  readonly erasure: boolean;
  readonly degraded: number;
  readonly misplaced: number;
  readonly unfound: number;
  /** Each OSD that has some of it. */
  readonly peers: readonly PgPeerView[];
  readonly pastIntervals: readonly PastIntervalView[];
  /** Objects of which the last scrub found copies that differ. */
  readonly found: readonly FoundObjectView[];
  /** The newest entries of its log, the newest first. */
  readonly log: readonly {
    readonly op: 'modify' | 'clone' | 'delete';
    readonly version: string;
    readonly oid: string;
  }[];
}

/** An object whose copies differ. */
export interface FoundObjectView {
  readonly nspace: string;
  readonly oid: string;
  readonly snap: number | null;
  /** In what they differ, in Ceph's words: `data_digest_mismatch`. */
  readonly errors: readonly string[];
  /** Copies that are wrong, with why. */
  readonly copies: readonly { readonly osd: number; readonly errors: readonly string[] }[];
}

/** What one OSD has of a PG. */
export interface PgPeerView {
  readonly osd: number;
  /** Its shard; null in replicated pools. */
  readonly shard: number | null;
  readonly up: boolean;
  readonly role: 'primary' | 'acting' | 'backfill' | 'stray';
  /** `epoch'version` of the last write that it got. */
  readonly lastUpdate: string;
  /** Objects that it has, and that it lacks. */
  readonly objects: number;
  readonly missing: number;
}

export interface PastIntervalView {
  readonly first: number;
  readonly last: number;
  readonly acting: readonly number[];
  readonly maybeWentRw: boolean;
}

export interface OsdInspection {
  readonly kind: 'osd';
  readonly id: number;
  readonly pgids: readonly string[];
  readonly primaryPgids: readonly string[];
  readonly usedBytes: number;
  readonly running: boolean;
  /** Virtual time for which it has been down; null while it is up. */
  readonly downFor_us: number | null;
  /** Virtual time until it is marked out; null where that does not wait. */
  readonly outIn_us: number | null;
}

export interface ScrollbackEntry {
  readonly entry: TimelineEntry;
  readonly output: readonly OutputChunk[];
}

/** A scenario: what a link or a file carries. Commands and a seed, never state. */
export interface Scenario {
  readonly version: 1;
  readonly seed: number;
  /** Virtual start time in seconds since the Unix epoch. */
  readonly start_s: number;
  readonly commands: readonly string[];
  /** Shows the state after this command; the end where it is left out. */
  readonly at?: number;
  readonly lesson?: string;
  /** Whose ways the cluster has; Ceph 20.2's where it is left out. */
  readonly profile?: Profile;
}

export type ShareResult =
  | { readonly ok: true; readonly fragment: string; readonly length: number; readonly scenario: Scenario }
  | { readonly ok: false; readonly why: 'too-long' | 'user-files'; readonly scenario: Scenario };

export type LinkError = 'damaged' | 'newer-version' | 'too-large' | 'too-many-commands';
export type LinkResult =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly error: LinkError };
