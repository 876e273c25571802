import type { IntervalSet } from '../base/interval-set.ts';

/**
 * What a real cluster's map holds beyond what the simulated cluster has a use for. It is kept so that a map is written
 * as it was read. A map, pool or OSD without these parts has the values of {@link PLAIN_MAP} and its like.
 */

/** A moment to the nanosecond: seconds since the Unix epoch, and nanoseconds. */
export interface UTime {
  readonly seconds: number;
  readonly nanos: number;
}

export const NO_TIME: UTime = { seconds: 0, nanos: 0 };

/** A daemon's address: its kind (0 none, 1 v1, 2 v2, 3 any, 4 cidr), a nonce, and a `sockaddr` as it is. */
export interface EntityAddress {
  readonly type: number;
  readonly nonce: number;
  readonly socket: Uint8Array;
}

export interface MapExtra {
  /** Nanoseconds, below a microsecond, of when the map was made and changed. */
  readonly createdRest_ns: number;
  readonly modifiedRest_ns: number;
  readonly lastUpChange: UTime;
  readonly lastInChange: UTime;
  /** Flag bits that have no name. */
  readonly flagBits: number;
  /** True where primary affinities are written though all are the default. */
  readonly affinities: boolean;
  readonly blocklist: readonly BlockedAddress[];
  readonly rangeBlocklist: readonly BlockedAddress[];
  readonly clusterSnapshotEpoch: number;
  readonly clusterSnapshot: string;
  readonly newRemovedSnaps: ReadonlyMap<number, IntervalSet>;
  readonly newPurgedSnaps: ReadonlyMap<number, IntervalSet>;
  /** OSD state bits (noup, noout …) by CRUSH node, and by device class id. */
  readonly crushNodeFlags: ReadonlyMap<number, number>;
  readonly deviceClassFlags: ReadonlyMap<number, number>;
  readonly stretch: StretchMode;
  readonly allowCrimson: boolean;
  /** True where the CRUSH map in it has its MSR tunables: the tools write them, monitors of this release do not. */
  readonly msrTunables: boolean;
  /** Names of pools that are not there. */
  readonly strayPoolNames: ReadonlyMap<number, string>;
  /** What the lists of OSDs hold in the places of those that do not exist. */
  readonly vacant: ReadonlyMap<number, VacantOsd>;
}

export interface BlockedAddress {
  readonly address: EntityAddress;
  readonly until: UTime;
}

export interface StretchMode {
  readonly enabled: boolean;
  readonly bucketCount: number;
  readonly degraded: number;
  readonly recovering: number;
  readonly bucket: number;
}

export interface OsdExtra {
  /** State bits beside exists, up and destroyed. */
  readonly stateBits: number;
  readonly addresses: OsdAddresses;
  readonly downStamp: UTime;
  /** In parts of 2^32 - 1. */
  readonly laggyProbability: number;
  readonly laggyInterval_s: number;
  /** Feature bits of the daemon, a number of up to 64 bits in decimal. */
  readonly features: string;
  /** In/out weight from before it was marked out by itself, 16.16 fixed point. */
  readonly oldWeight: number;
  readonly lastPurgedSnapsScrub: UTime;
  readonly deadEpoch: number;
}

export interface OsdAddresses {
  readonly public: readonly EntityAddress[];
  readonly cluster: readonly EntityAddress[];
  readonly heartbeatBack: readonly EntityAddress[];
  readonly heartbeatFront: readonly EntityAddress[];
}

/** A place in the lists of OSDs where none exists. */
export interface VacantOsd {
  readonly uuid: string;
  readonly weight: number;
  readonly primaryAffinity: number;
  readonly upFrom: number;
  readonly upThru: number;
  readonly downAt: number;
  readonly lostAt: number;
  readonly lastCleanBegin: number;
  readonly lastCleanEnd: number;
  readonly extra: OsdExtra;
}

export interface PoolExtra {
  /** The number of a type of pool that no release makes; null for those that there are. */
  readonly strangeType: number | null;
  /** 2 is rjenkins, 1 the hash of Linux's dcache. */
  readonly objectHash: number;
  readonly createdRest_ns: number;
  readonly flagBits: number;
  readonly auid: number;
  readonly tiers: readonly number[];
  readonly tierOf: number;
  readonly readTier: number;
  readonly writeTier: number;
  readonly cacheMode: number;
  readonly properties: ReadonlyMap<string, string>;
  /** Parameters of hit sets, as they are encoded. */
  readonly hitSet: Uint8Array;
  readonly hitSetPeriod_s: number;
  readonly hitSetCount: number;
  readonly hitSetGradeDecayRate: number;
  readonly hitSetSearchLastN: number;
  readonly useGmtHitSet: boolean;
  readonly targetMaxBytes: number;
  readonly targetMaxObjects: number;
  readonly cacheTargetDirtyRatio_micro: number;
  readonly cacheTargetDirtyHighRatio_micro: number;
  readonly cacheTargetFullRatio_micro: number;
  readonly cacheMinFlushAge_s: number;
  readonly cacheMinEvictAge_s: number;
  readonly minReadRecencyForPromote: number;
  readonly minWriteRecencyForPromote: number;
  readonly expectedNumObjects: number;
  readonly fastRead: boolean;
  /** Epochs from which clients send again: of this release, and of those before Nautilus. */
  readonly forceResend: number;
  readonly forceResendPrenautilus: number;
  readonly mergeMeta: MergeMeta;
  readonly peering: PeeringCrush | null;
  /** 128 bits: shards that may not be primary. */
  readonly nonprimaryShards: Uint8Array;
  /** Nanoseconds, below a microsecond, of the stamps of pool snapshots, by id; those that are not 0. */
  readonly snapRests_ns: ReadonlyMap<number, number>;
}

/** The last merge of two PGs of the pool. */
export interface MergeMeta {
  readonly sourcePool: number;
  readonly sourceSeed: number;
  readonly readyEpoch: number;
  readonly lastEpochStarted: number;
  readonly lastEpochClean: number;
  readonly sourceVersion: EVersion;
  readonly targetVersion: EVersion;
}

export interface EVersion {
  readonly version: number;
  readonly epoch: number;
}

/** How a stretch pool peers. */
export interface PeeringCrush {
  readonly bucketCount: number;
  readonly bucketTarget: number;
  readonly bucketBarrier: number;
  readonly mandatoryMember: number;
}

export const NO_STRETCH: StretchMode = { enabled: false, bucketCount: 0, degraded: 0, recovering: 0, bucket: 0 };

export const PLAIN_MAP: MapExtra = {
  createdRest_ns: 0,
  modifiedRest_ns: 0,
  lastUpChange: NO_TIME,
  lastInChange: NO_TIME,
  flagBits: 0,
  affinities: false,
  blocklist: [],
  rangeBlocklist: [],
  clusterSnapshotEpoch: 0,
  clusterSnapshot: '',
  newRemovedSnaps: new Map(),
  newPurgedSnaps: new Map(),
  crushNodeFlags: new Map(),
  deviceClassFlags: new Map(),
  stretch: NO_STRETCH,
  allowCrimson: false,
  msrTunables: false,
  strayPoolNames: new Map(),
  vacant: new Map(),
};

export const NO_ADDRESSES: OsdAddresses = { public: [], cluster: [], heartbeatBack: [], heartbeatFront: [] };

export const PLAIN_OSD: OsdExtra = {
  stateBits: 0,
  addresses: NO_ADDRESSES,
  downStamp: NO_TIME,
  laggyProbability: 0,
  laggyInterval_s: 0,
  features: '0',
  oldWeight: 0,
  lastPurgedSnapsScrub: NO_TIME,
  deadEpoch: 0,
};

export const NO_UUID = '00000000-0000-0000-0000-000000000000';

export const VACANT_OSD: VacantOsd = {
  uuid: NO_UUID,
  weight: 0,
  primaryAffinity: 0x10000,
  upFrom: 0,
  upThru: 0,
  downAt: 0,
  lostAt: 0,
  lastCleanBegin: 0,
  lastCleanEnd: 0,
  extra: PLAIN_OSD,
};

const NO_VERSION: EVersion = { version: 0, epoch: 0 };

export const NO_MERGE: MergeMeta = {
  sourcePool: 0,
  sourceSeed: 0,
  readyEpoch: 0,
  lastEpochStarted: 0,
  lastEpochClean: 0,
  sourceVersion: NO_VERSION,
  targetVersion: NO_VERSION,
};

/** A pool as a monitor of this release makes it. */
export const PLAIN_POOL: PoolExtra = {
  strangeType: null,
  objectHash: 2,
  createdRest_ns: 0,
  flagBits: 0,
  auid: 0,
  tiers: [],
  tierOf: -1,
  readTier: -1,
  writeTier: -1,
  cacheMode: 0,
  properties: new Map(),
  hitSet: new Uint8Array(1),
  hitSetPeriod_s: 0,
  hitSetCount: 0,
  hitSetGradeDecayRate: 0,
  hitSetSearchLastN: 0,
  useGmtHitSet: true,
  targetMaxBytes: 0,
  targetMaxObjects: 0,
  cacheTargetDirtyRatio_micro: 400_000,
  cacheTargetDirtyHighRatio_micro: 600_000,
  cacheTargetFullRatio_micro: 800_000,
  cacheMinFlushAge_s: 0,
  cacheMinEvictAge_s: 0,
  minReadRecencyForPromote: 0,
  minWriteRecencyForPromote: 0,
  expectedNumObjects: 0,
  fastRead: false,
  forceResend: 0,
  forceResendPrenautilus: 0,
  mergeMeta: NO_MERGE,
  peering: null,
  nonprimaryShards: new Uint8Array(16),
  snapRests_ns: new Map(),
};
