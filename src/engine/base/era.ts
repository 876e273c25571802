/** Whose ways a cluster has: Ceph 20.2 of today; 16.2 with FileStore; or Firefly, as the texts of 2014 and 2015 show it. */
export type Profile = 'tentacle' | 'pacific' | 'classic';

export const PROFILES: readonly Profile[] = ['tentacle', 'pacific', 'classic'];

export interface FirstPool {
  readonly name: string;
  readonly application: string;
  readonly pgNum?: number;
}

/** What a profile means for what is stored, and for what clients do. What the tools print differently is with them. */
export interface Era {
  readonly profile: Profile;
  /** Feature bits of new images: null for today's. */
  readonly defaultFeatures: number | null;
  /** Format of new images. */
  readonly defaultFormat: 1 | 2;
  /** Images of format 1 are made as others, without being forced. */
  readonly allowsFormat1: boolean;
  /**
   * Headers of images know no times, no operation features and no trash: snapshots are stored in version 3, parents in
   * version 1, and each snapshot has its parent itself.
   */
  readonly oldHeaders: boolean;
  /** The first image of a pool leaves `rbd_info` there. */
  readonly validatesPools: boolean;
  /** `rbd pool init` makes `rbd_trash`. */
  readonly makesTrash: boolean;
  /** Removing a self-managed snapshot uses up an id of the pool, as making one does. */
  readonly removalTakesId: boolean;
  /** Names of objects of more bytes are refused. */
  readonly mostNameBytes: number;
  /** The pool that a fresh cluster has: the manager's, of one PG; before there was one, that of images. */
  readonly managerPool: FirstPool;
  /** A flatten makes objects also where the parent has none. */
  readonly flattenLeavesEmpty: boolean;
}

const TENTACLE: Era = {
  profile: 'tentacle',
  defaultFeatures: null,
  defaultFormat: 2,
  allowsFormat1: false,
  oldHeaders: false,
  validatesPools: true,
  makesTrash: true,
  removalTakesId: false,
  mostNameBytes: 2048,
  managerPool: { name: '.mgr', application: 'mgr' },
  flattenLeavesEmpty: false,
};

const LAYERING = 1;

const ERAS: Readonly<Record<Profile, Era>> = {
  tentacle: TENTACLE,
  pacific: {
    ...TENTACLE,
    profile: 'pacific',
    defaultFeatures: LAYERING,
    makesTrash: false,
    removalTakesId: true,
    // What FileStore can hold on every file system.
    mostNameBytes: 256,
    managerPool: { name: 'device_health_metrics', application: 'mgr_devicehealth' },
  },
  classic: {
    profile: 'classic',
    defaultFeatures: LAYERING,
    defaultFormat: 1,
    allowsFormat1: true,
    oldHeaders: true,
    validatesPools: false,
    makesTrash: false,
    removalTakesId: true,
    mostNameBytes: 2048,
    managerPool: { name: 'rbd', application: 'rbd', pgNum: 64 },
    flattenLeavesEmpty: true,
  },
};

export function eraOf(profile: Profile = 'tentacle'): Era {
  return ERAS[profile];
}
