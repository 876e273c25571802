import type { IntervalSet } from '../base/interval-set.ts';
import type { DaemonNote } from './decode-osds.ts';
import { type BlockedAddress, type EntityAddress, NO_TIME, NO_UUID, type StretchMode, type UTime } from './extra.ts';
import type { PgPool } from './osd-map.ts';

type Osds<T> = ReadonlyMap<number, T>;
type Pgs<T> = ReadonlyMap<string, T>;
type Addresses = readonly EntityAddress[];

/**
 * What makes one epoch of the OSD map out of the one before: `OSDMap::Incremental`. Every field is kept, so that one
 * is written as it was read. What does not change is -1, empty, or {@link NO_RELEASE}.
 */
export interface Incremental {
  readonly fsid: string;
  /** The epoch that it makes. */
  readonly epoch: number;
  readonly modified: UTime;
  readonly newPoolMax: number;
  /** Flag bits of the map. */
  readonly newFlags: number;
  /** A whole map, which then is all that counts; and a CRUSH map; both as they are encoded. */
  readonly fullmap: Uint8Array;
  readonly crush: Uint8Array;
  readonly newMaxOsd: number;
  /** Pools without their names. */
  readonly newPools: ReadonlyMap<number, PgPool>;
  readonly newPoolNames: ReadonlyMap<number, string>;
  readonly oldPools: readonly number[];
  readonly newUpClient: Osds<Addresses>;
  /** State bits that change; 0 is the bit of up. */
  readonly newState: Osds<number>;
  readonly newWeight: Osds<number>;
  /** An empty list takes the entry away; so does -1 of a primary. */
  readonly newPgTemp: Pgs<readonly number[]>;
  readonly newPrimaryTemp: Pgs<number>;
  readonly newPrimaryAffinity: Osds<number>;
  readonly newErasureCodeProfiles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly oldErasureCodeProfiles: readonly string[];
  readonly newPgUpmap: Pgs<readonly number[]>;
  readonly oldPgUpmap: readonly string[];
  readonly newPgUpmapItems: Pgs<readonly (readonly [from: number, to: number])[]>;
  readonly oldPgUpmapItems: readonly string[];
  readonly newRemovedSnaps: ReadonlyMap<number, IntervalSet>;
  readonly newPurgedSnaps: ReadonlyMap<number, IntervalSet>;
  readonly newLastUpChange: UTime;
  readonly newLastInChange: UTime;
  readonly newPgUpmapPrimary: Pgs<number>;
  readonly oldPgUpmapPrimary: readonly string[];
  readonly newHbBackUp: Osds<Addresses>;
  readonly newUpThru: Osds<number>;
  readonly newLastCleanInterval: Osds<readonly [begin: number, end: number]>;
  readonly newLost: Osds<number>;
  readonly newBlocklist: readonly BlockedAddress[];
  readonly oldBlocklist: readonly EntityAddress[];
  readonly newUpCluster: Osds<Addresses>;
  readonly clusterSnapshot: string;
  readonly newUuid: Osds<string>;
  readonly newXinfo: Osds<DaemonNote>;
  readonly newHbFrontUp: Osds<Addresses>;
  /** Features that it was encoded with, a number of up to 64 bits in decimal. */
  readonly features: string;
  readonly newNearfullRatio: number;
  readonly newFullRatio: number;
  readonly newBackfillfullRatio: number;
  /** Numbers of releases. */
  readonly newRequireMinCompatClient: number;
  readonly newRequireOsdRelease: number;
  /** Bits by CRUSH node and by class; 0 takes the entry away. */
  readonly newCrushNodeFlags: ReadonlyMap<number, number>;
  readonly newDeviceClassFlags: ReadonlyMap<number, number>;
  /** Null where the stretch mode stays as it is. */
  readonly stretch: StretchMode | null;
  readonly newRangeBlocklist: readonly BlockedAddress[];
  readonly oldRangeBlocklist: readonly EntityAddress[];
  /** 1 allows OSDs of the crimson kind, 2 no longer does. */
  readonly mutateAllowCrimson: number;
  /** The checksum of the map that it makes, as the monitor encoded it; 0 where nobody has said. */
  readonly fullCrc: number;
}

/** A release that stays as it is. */
export const NO_RELEASE = 0xff;

/** One that changes nothing. */
export const PLAIN_INCREMENTAL: Incremental = {
  fsid: NO_UUID,
  epoch: 0,
  modified: NO_TIME,
  newPoolMax: -1,
  newFlags: -1,
  fullmap: new Uint8Array(),
  crush: new Uint8Array(),
  newMaxOsd: -1,
  newPools: new Map(),
  newPoolNames: new Map(),
  oldPools: [],
  newUpClient: new Map(),
  newState: new Map(),
  newWeight: new Map(),
  newPgTemp: new Map(),
  newPrimaryTemp: new Map(),
  newPrimaryAffinity: new Map(),
  newErasureCodeProfiles: new Map(),
  oldErasureCodeProfiles: [],
  newPgUpmap: new Map(),
  oldPgUpmap: [],
  newPgUpmapItems: new Map(),
  oldPgUpmapItems: [],
  newRemovedSnaps: new Map(),
  newPurgedSnaps: new Map(),
  newLastUpChange: NO_TIME,
  newLastInChange: NO_TIME,
  newPgUpmapPrimary: new Map(),
  oldPgUpmapPrimary: [],
  newHbBackUp: new Map(),
  newUpThru: new Map(),
  newLastCleanInterval: new Map(),
  newLost: new Map(),
  newBlocklist: [],
  oldBlocklist: [],
  newUpCluster: new Map(),
  clusterSnapshot: '',
  newUuid: new Map(),
  newXinfo: new Map(),
  newHbFrontUp: new Map(),
  features: '0',
  newNearfullRatio: -1,
  newFullRatio: -1,
  newBackfillfullRatio: -1,
  newRequireMinCompatClient: NO_RELEASE,
  newRequireOsdRelease: NO_RELEASE,
  newCrushNodeFlags: new Map(),
  newDeviceClassFlags: new Map(),
  stretch: null,
  newRangeBlocklist: [],
  oldRangeBlocklist: [],
  mutateAllowCrimson: 0,
  fullCrc: 0,
};
