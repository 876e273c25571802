import type { IntervalSet } from '../base/interval-set.ts';
import type { CrushMap } from '../crush/crush-map.ts';
import type { MapExtra, OsdExtra, PoolExtra } from './extra.ts';

/** The cluster map of OSDs, pools and placement as a value; the monitor makes each next epoch from the last. */
export interface OsdMap {
  readonly fsid: string;
  readonly epoch: number;
  readonly created_us: number;
  readonly modified_us: number;
  readonly pools: ReadonlyMap<number, PgPool>;
  /** The highest pool id given out so far. */
  readonly poolMax: number;
  readonly maxOsd: number;
  /** By OSD id; `undefined` where no such OSD exists. */
  readonly osds: readonly (OsdInfo | undefined)[];
  readonly pgTemp: ReadonlyMap<string, readonly number[]>;
  readonly primaryTemp: ReadonlyMap<string, number>;
  readonly pgUpmap: ReadonlyMap<string, readonly number[]>;
  readonly pgUpmapItems: ReadonlyMap<string, readonly (readonly [from: number, to: number])[]>;
  readonly pgUpmapPrimaries: ReadonlyMap<string, number>;
  readonly crush: CrushMap;
  readonly crushVersion: number;
  readonly erasureCodeProfiles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Cluster flags as Ceph prints them: `noout`, `sortbitwise`, `pglog_hardlimit` … */
  readonly flags: readonly string[];
  readonly requireMinCompatClient: string;
  readonly minCompatClient: string;
  readonly requireOsdRelease: string;
  readonly fullRatio: number;
  readonly backfillfullRatio: number;
  readonly nearfullRatio: number;
  /** Removed self-managed snapshots that OSDs have yet to trim, by pool. */
  readonly removedSnapsQueue: ReadonlyMap<number, IntervalSet>;
  /** What a map that was read from a file holds besides. */
  readonly extra?: MapExtra;
}

export interface OsdInfo {
  readonly uuid: string;
  readonly up: boolean;
  /** The 0 to 1 override as 16.16 fixed point; 0 is out. */
  readonly weight: number;
  /** 16.16 fixed point; 0x10000 is the default. */
  readonly primaryAffinity: number;
  readonly destroyed: boolean;
  readonly upFrom: number;
  readonly upThru: number;
  readonly downAt: number;
  readonly lostAt: number;
  readonly lastCleanBegin: number;
  readonly lastCleanEnd: number;
  readonly extra?: OsdExtra;
}

export interface PgPool {
  readonly id: number;
  readonly name: string;
  readonly type: 'replicated' | 'erasure';
  readonly size: number;
  readonly minSize: number;
  readonly crushRule: number;
  readonly pgNum: number;
  readonly pgpNum: number;
  readonly pgNumTarget: number;
  readonly pgpNumTarget: number;
  readonly autoscaleMode: 'off' | 'warn' | 'on' | 'unknown';
  readonly created_us: number;
  readonly lastChange: number;
  /** The epoch from which clients send again, as clients before Luminous are told it. */
  readonly lastForceResend: number;
  /** Pool flags as Ceph prints them: `hashpspool`, `nodelete`, `selfmanaged_snaps`, `ec_overwrites` … */
  readonly flags: readonly string[];
  readonly stripeWidth: number;
  readonly erasureCodeProfile: string;
  readonly snapMode: 'none' | 'pool' | 'selfmanaged';
  readonly snapSeq: number;
  readonly snapEpoch: number;
  readonly snaps: readonly PoolSnap[];
  readonly removedSnaps: IntervalSet;
  readonly quotaMaxBytes: number;
  readonly quotaMaxObjects: number;
  /** Application tags with their key-value pairs. */
  readonly applications: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Options as `ceph osd pool set` names them (`pg_num_min`, `compression_mode` …). */
  readonly options: ReadonlyMap<string, string | number>;
  /** PGs that there will be once pending merges are done; pgNum where left out. */
  readonly pgNumPending?: number;
  readonly extra?: PoolExtra;
}

export interface PoolSnap {
  readonly id: number;
  readonly name: string;
  readonly stamp_us: number;
}

/** Where a PG's copies are. `-1` as primary means none. */
export interface PgMapping {
  readonly up: readonly number[];
  readonly upPrimary: number;
  readonly acting: readonly number[];
  readonly actingPrimary: number;
}
