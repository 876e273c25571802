/**
 * What the page and the map room say to each other. The map room is a worker of its own: it holds a map that somebody
 * brought (or the sandbox's), never touches the sandbox, and keeps nothing when the page closes. Tables are
 * structures of arrays, so that 10,000 OSDs and 65,536 PGs cross by transfer.
 */
export interface MapRoomCalls {
  /**
   * Reads files that were dropped together: an OSDMap (`ceph osd getmap`), a crushmap (binary or text), or
   * `ceph osd dump -f json` with a crushmap; `ceph df -f json` or `ceph pg dump -f json` beside them tells bytes.
   * Where they cannot be read, what was open stays open.
   */
  open(files: readonly MapFile[], origin?: MapOrigin): Promise<OpenMapResult>;
  /** True where a file seems to be for this room, also one that turns out to be damaged. Opens nothing. */
  sniff(file: MapFile): Promise<boolean>;
  /** Where each PG of a pool is, before the edits and after them. */
  pgs(pool: number): Promise<PgTable>;
  /** Why a PG is where it is, in the map as edited, or as it was brought. Null where there is no such PG. */
  whyHere(pgid: string, of: MapSide): Promise<WhyHere | null>;
  /** The PG of an object, existing or not. Null where there is no such pool. */
  locate(pool: number, nspace: string, oid: string): Promise<string | null>;
  /**
   * Runs a line of `ceph` or a map tool on the edited map. Where it changes the map, it becomes an edit. What it
   * printed comes back, and the room as it is then.
   */
  run(line: string): Promise<MapRunResult>;
  /** Ctrl-C: stops the line that runs at its next step. */
  stop(): Promise<void>;
  /** The page's language, `en` or `zh-CN`: that in which programs explain themselves. */
  speak(language: string): Promise<void>;
  /** New OSDs that come up empty on a host, with a CRUSH weight each: what deploying them would do. An edit too. */
  addHost(host: string, parent: string, osds: number, weight: number): Promise<MapRunResult>;
  undo(): Promise<MapRoomView>;
  redo(): Promise<MapRoomView>;
  /** Bytes that a pool stores, of one copy: typed by the user where no statistics were brought. */
  setStored(pool: number, bytes: number): Promise<MapRoomView>;
  /** The edited map as a file, or the commands that make the edits as a script. */
  exportAs(what: MapExport): Promise<MapFile>;
}

/** Where files come from: dropped or chosen, which is meant where it is left out, or read from the sandbox. */
export type MapOrigin = 'files' | 'sandbox';
export type MapSide = 'before' | 'after';
export type MapExport = 'osdmap' | 'crushmap' | 'crushmap-text' | 'commands';

export interface MapFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type OpenMapResult =
  | { readonly ok: true; readonly report: MapReport; readonly room: MapRoomView }
  | { readonly ok: false; readonly error: MapError };

/** Why files could not be read: `offset` and `field` where the fault has a place. */
export interface MapError {
  readonly code: 'truncated' | 'corrupt' | 'newer' | 'too-large' | 'not-a-map' | 'incomplete' | 'syntax';
  readonly file: string;
  readonly message: string;
  readonly offset: number | null;
  readonly field: string | null;
}

/** What was read, and what was left out or made up because the files do not tell it. */
export interface MapReport {
  readonly kind: 'osdmap' | 'crushmap' | 'osd-dump' | 'sandbox';
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly readAs: string }[];
  /** Machine words, which the page puts into sentences: see `app/i18n`. */
  readonly leftOut: readonly { readonly code: string; readonly count: number }[];
  readonly assumed: readonly { readonly code: string; readonly count: number }[];
}

/** The room: a map as it was brought, the edits, and what they make of it. */
export interface MapRoomView {
  readonly epoch: number;
  readonly fsid: string;
  readonly edits: readonly MapEdit[];
  /** Edits taken back, which {@link MapRoomCalls.redo} brings again. */
  readonly undone: number;
  readonly pools: readonly MapPoolView[];
  readonly rules: readonly { readonly id: number; readonly name: string; readonly text: string }[];
  readonly tree: MapTree;
  readonly osds: OsdTable;
  readonly moves: MapMoves;
}

export interface MapEdit {
  /** What makes it on a real cluster; a comment line where no single command does. */
  readonly line: string;
  readonly kind: 'command' | 'add-host';
}

export interface MapPoolView {
  readonly id: number;
  readonly name: string;
  readonly type: 'replicated' | 'erasure';
  readonly size: number;
  readonly minSize: number;
  readonly pgNum: number;
  readonly pgpNum: number;
  readonly rule: number;
  readonly flags: readonly string[];
  /** Bytes of one copy that the pool stores; null where nobody has told. */
  readonly stored_bytes: number | null;
  /** PGs with fewer OSDs than `size`, after the edits. */
  readonly undersized: number;
}

/** The CRUSH tree after the edits, parents before children, shadow trees left out. One row a node. */
export interface MapTree {
  readonly ids: Int32Array;
  /** Row of the parent; -1 for a root. */
  readonly parents: Int32Array;
  readonly depths: Uint8Array;
  /** Index into `typeNames`. */
  readonly types: Uint16Array;
  readonly typeNames: readonly string[];
  readonly weights: Float64Array;
  readonly names: readonly string[];
}

/** Bits of {@link OsdTable.flags}. */
export const OSD_FLAG = { exists: 1, up: 2, in: 4, destroyed: 8, added: 16 } as const;

/** By OSD id, after the edits. */
export interface OsdTable {
  readonly flags: Uint8Array;
  readonly classes: Uint8Array;
  readonly classNames: readonly string[];
  readonly reweights: Float32Array;
  readonly crushWeights: Float64Array;
  /**
   * Copies of PGs before and after the edits, all pools; primaries after. As the map wants them (up): where copies stand
   * meanwhile (`pg_temp`) passes.
   */
  readonly pgsBefore: Uint32Array;
  readonly pgsAfter: Uint32Array;
  readonly primariesAfter: Uint32Array;
  /** Copies that each OSD would hold if the PGs were spread by weight exactly, pool by pool. */
  readonly expected: Float64Array;
}

/** Where the map wants the PGs of a pool (up), `size` OSD ids a PG; 0x7fffffff where a copy has none. */
export interface PgTable {
  readonly pool: number;
  readonly size: number;
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** PGs of the side; they differ where an edit changed pg_num. */
  readonly pgNumBefore: number;
  readonly pgNumAfter: number;
}

/** What has to move from the map as brought to the map as edited. */
export interface MapMoves {
  readonly pools: readonly PoolMoves[];
  /** Copies that move from one OSD to another, most first, at most 2,000 rows; `from` is -1 for a copy made anew. */
  readonly flows: {
    readonly from: Int32Array;
    readonly to: Int32Array;
    readonly copies: Uint32Array;
    readonly bytes: Float64Array;
  };
  /** Milliseconds that mapping took, of the PGs that the last edit could touch. */
  readonly mapped_ms: number;
  readonly mappedPgs: number;
}

export interface PoolMoves {
  readonly pool: number;
  /** PGs whose set of OSDs changed, and copies that have to be made on an OSD which had none. */
  readonly pgs: number;
  readonly copies: number;
  /** Share of all copies of the pool, 0 to 1. */
  readonly ratio: number;
  /** Null where nobody has told how much the pool stores. */
  readonly bytes: number | null;
}

export interface MapRunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly room: MapRoomView;
}

/** How a PG came to its OSDs, step by step, with every draw and every try that was turned down. */
export interface WhyHere {
  readonly pgid: string;
  readonly pool: string;
  /** What CRUSH got as x, and how it was made from the seed. */
  readonly x: number;
  readonly pgpSeed: number;
  readonly hashpspool: boolean;
  readonly rule: string;
  readonly steps: readonly WhyStep[];
  /** What CRUSH gave, then what each later layer made of it; layers that changed nothing are left out. */
  readonly raw: readonly number[];
  readonly layers: readonly { readonly what: WhyLayer; readonly osds: readonly number[]; readonly primary: number }[];
  readonly up: readonly number[];
  readonly upPrimary: number;
  readonly acting: readonly number[];
  readonly actingPrimary: number;
}

export type WhyLayer =
  | 'missing-left-out'
  | 'pg_upmap'
  | 'pg_upmap_items'
  | 'pg_upmap_primary'
  | 'down-left-out'
  | 'primary-affinity'
  | 'pg_temp'
  | 'primary_temp';

export interface WhyStep {
  /** As the text form of the rule has it: `step chooseleaf firstn 0 type host`. */
  readonly text: string;
  readonly tries: readonly WhyTry[];
  /** Tries beyond what is carried, counted only. */
  readonly moreTries: number;
  /** What the step hands on. */
  readonly out: readonly number[];
}

/** One descent for one place: through which buckets, and how it ended. */
export interface WhyTry {
  readonly place: number;
  /** Which try for this place, from 0. */
  readonly attempt: number;
  readonly descent: readonly WhyDraw[];
  readonly item: number | null;
  readonly verdict: 'chosen' | 'collision' | 'out' | 'no-leaf' | 'empty-bucket' | 'wrong-type' | 'gave-up';
}

/** One draw in one bucket: the straws of the items, longest first, at most 12; all of them counted. */
export interface WhyDraw {
  readonly bucket: number;
  readonly bucketName: string;
  readonly alg: string;
  readonly r: number;
  readonly chosen: number;
  readonly items: number;
  readonly straws: readonly {
    readonly item: number;
    readonly weight: number;
    /** 16 bits of the hash, and the length that the weight makes of it; null for kinds without straws. */
    readonly hash: number;
    readonly length: number | null;
  }[];
}
