import type { FirstPool } from '../base/era.ts';
import { type CrushLayout, freshCrushMap } from '../crush/build.ts';
import { ONE } from '../crush/fixed.ts';
import type { OsdInfo, OsdMap, PgPool } from './osd-map.ts';

/** What a fresh cluster is made of. */
export interface FreshCluster extends CrushLayout {
  readonly fsid: string;
  readonly created_us: number;
  /** When the map last changed; the time of creation where left out. */
  readonly modified_us?: number;
  /** The epoch that the cluster has come to by the time it is up; what a real one needs where left out. */
  readonly epoch?: number;
  /** The manager's own pool; `.mgr` unless given. */
  readonly managerPool?: FirstPool;
}

const MGR_POOL_ID = 1;
const MGR_OPTIONS = [
  ['pg_num_max', 32],
  ['pg_num_min', 1],
] as const;

/**
 * The OSDMap of a cluster that has just come up: all OSDs up and in, and the manager's own pool `.mgr`.
 * Values are those of a fresh 20.2 cluster; OSDs boot one after another, so each is up from an epoch of its own.
 */
export function initialOsdMap(spec: FreshCluster): OsdMap {
  const epoch = spec.epoch ?? Math.max(60, 5 * spec.osds + 15);
  const osds = Array.from({ length: spec.osds }, (_, id) => newOsd(id, bootEpoch(spec.osds, id, epoch)));
  return {
    fsid: spec.fsid,
    epoch,
    created_us: spec.created_us,
    modified_us: spec.modified_us ?? spec.created_us,
    pools: new Map([[MGR_POOL_ID, mgrPool(spec, bootEpoch(spec.osds, spec.osds, epoch))]]),
    poolMax: MGR_POOL_ID,
    maxOsd: spec.osds,
    osds,
    pgTemp: new Map(),
    primaryTemp: new Map(),
    pgUpmap: new Map(),
    pgUpmapItems: new Map(),
    pgUpmapPrimaries: new Map(),
    crush: freshCrushMap(spec),
    crushVersion: crushVersionOf(spec.osds),
    erasureCodeProfiles: new Map([['default', new Map(DEFAULT_ERASURE_PROFILE)]]),
    flags: ['sortbitwise', 'recovery_deletes', 'purged_snapdirs', 'pglog_hardlimit'],
    requireMinCompatClient: 'luminous',
    minCompatClient: 'jewel',
    requireOsdRelease: 'tentacle',
    fullRatio: 0.95,
    backfillfullRatio: 0.9,
    nearfullRatio: 0.85,
    removedSnapsQueue: new Map(),
  };
}

const DEFAULT_ERASURE_PROFILE: readonly [string, string][] = [
  ['k', '2'],
  ['m', '2'],
  ['plugin', 'isa'],
  ['technique', 'reed_sol_van'],
];

/** Every OSD changes the CRUSH map twice as it is made: its class and its place. */
function crushVersionOf(osds: number): number {
  return 2 * osds + 1;
}

function bootEpoch(osds: number, id: number, epoch: number): number {
  return Math.min(crushVersionOf(osds) + 2 + 2 * id, epoch);
}

/** The uuid that OSD `id` of a recorded cluster has. */
export function osdUuid(id: number): string {
  return `00000000-0000-4000-8000-${id.toString(16).padStart(12, '0')}`;
}

/** An OSD that is up and in, since `upFrom`. */
export function newOsd(id: number, upFrom: number): OsdInfo {
  return {
    uuid: osdUuid(id),
    up: true,
    weight: ONE,
    primaryAffinity: ONE,
    destroyed: false,
    upFrom,
    upThru: 0,
    downAt: 0,
    lostAt: 0,
    lastCleanBegin: 0,
    lastCleanEnd: 0,
  };
}

function mgrPool(spec: FreshCluster, epoch: number): PgPool {
  return {
    ...newPool({
      id: MGR_POOL_ID,
      name: spec.managerPool?.name ?? '.mgr',
      pgNum: spec.managerPool?.pgNum ?? 1,
      size: 3,
      epoch,
      now_us: spec.created_us,
    }),
    applications: new Map([[spec.managerPool?.application ?? 'mgr', new Map<string, string>()]]),
    options: spec.managerPool?.pgNum === undefined ? new Map(MGR_OPTIONS) : new Map(),
  };
}

/** What a new replicated pool is made from. */
export interface NewPoolSpec {
  readonly id: number;
  readonly name: string;
  readonly pgNum: number;
  readonly size: number;
  /** The epoch that the pool appears in. */
  readonly epoch: number;
  readonly now_us: number;
}

/**
 * A replicated pool as the monitor makes it, with the autoscaler off; min_size is size less half of it.
 *
 * @ceph src/mon/OSDMonitor.cc OSDMonitor::prepare_new_pool — defaults only; checks are the monitor's
 */
export function newPool({ id, name, pgNum, size, epoch, now_us }: NewPoolSpec): PgPool {
  return {
    id,
    name,
    type: 'replicated',
    size,
    minSize: size - Math.floor(size / 2),
    crushRule: 0,
    pgNum,
    pgpNum: pgNum,
    pgNumTarget: pgNum,
    pgpNumTarget: pgNum,
    autoscaleMode: 'off',
    created_us: now_us,
    lastChange: epoch,
    lastForceResend: 0,
    flags: ['hashpspool'],
    stripeWidth: 0,
    erasureCodeProfile: '',
    snapMode: 'none',
    snapSeq: 0,
    snapEpoch: 0,
    snaps: [],
    removedSnaps: [],
    quotaMaxBytes: 0,
    quotaMaxObjects: 0,
    applications: new Map(),
    options: new Map(),
  };
}
