import type { Profile } from '../base/era.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';

/** What a fresh cluster is made from. The same spec, seed and command lines give the same bytes anywhere. */
export interface ClusterSpec {
  readonly fsid: string;
  readonly osds: number;
  readonly osdsPerHost: number;
  /** CRUSH weight of every OSD that `weights` does not name. */
  readonly crushWeight: number;
  readonly weights: ReadonlyMap<number, number>;
  readonly deviceBytes: number;
  /** Seed of all chance. */
  readonly seed: number;
  /** Virtual time at the start, in microseconds since the Unix epoch. */
  readonly start_us: number;
  readonly epoch: number;
  /** What OSDs keep their objects with: one file an object (FileStore, of earlier releases), or a device of their own. */
  readonly objectstore?: 'bluestore' | 'filestore';
  /** Whose ways the cluster has; Ceph 20.2's unless given. */
  readonly profile?: Profile;
  /**
   * A map that somebody brought, in place of a fresh one. Such a cluster is its map alone: the monitor answers and edits
   * it, and no OSD holds a PG.
   */
  readonly map?: OsdMap;
}

/** What a profile, given or not, adds to a spec: clusters of then kept objects as files. */
export function ofProfile(profile: Profile | undefined): Pick<ClusterSpec, 'profile' | 'objectstore'> {
  return profile === undefined || profile === 'tentacle' ? {} : { profile, objectstore: 'filestore' };
}

/** Nine OSDs on three hosts: the cluster that a page opens with. */
export const DEFAULT_SPEC: ClusterSpec = {
  fsid: '4a1e7ab0-5eed-4cef-8000-0000000c0ffe',
  osds: 9,
  osdsPerHost: 3,
  crushWeight: 0.19531,
  weights: new Map(),
  deviceBytes: 200 * 1024 ** 3,
  seed: 20,
  start_us: Date.UTC(2026, 10, 22, 9, 0, 0) * 1000,
  epoch: 60,
};

/** What a cluster's OSDs keep their objects with: FileStore in earlier releases, unless the spec says otherwise. */
export function objectstoreOf({ objectstore, profile = 'tentacle' }: ClusterSpec): 'bluestore' | 'filestore' {
  return objectstore ?? (profile === 'tentacle' ? 'bluestore' : 'filestore');
}
