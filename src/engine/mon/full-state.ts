import { devicesUnder } from '../crush/tree.ts';
import { PLAIN_OSD } from '../osdmap/extra.ts';
import type { OsdInfo, OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { OSD_STATE } from '../osdmap/osd-state.ts';
import { withFlag } from './pool-flags.ts';
import type { ClusterStats } from './stats.ts';

/** How full an OSD is, by the ratios of the map. */
export type Fullness = 'none' | 'nearfull' | 'backfillfull' | 'full';

const BITS = { none: 0, nearfull: OSD_STATE.nearfull, backfillfull: OSD_STATE.backfillfull, full: OSD_STATE.full };
const ALL_BITS = OSD_STATE.nearfull | OSD_STATE.backfillfull | OSD_STATE.full;

/** @ceph src/osd/OSD.cc OSDService::recalc_full_state — exact, without the failsafe; ratios out of order are raised */
export function fullnessOf(map: OsdMap, usedRatio: number): Fullness {
  const nearfull = map.nearfullRatio;
  const backfillfull = Math.max(map.backfillfullRatio, nearfull);
  const full = Math.max(map.fullRatio, backfillfull);
  if (usedRatio > full) return 'full';
  if (usedRatio > backfillfull) return 'backfillfull';
  return usedRatio > nearfull ? 'nearfull' : 'none';
}

/** What the map says of an OSD. */
export function fullnessOfOsd(osd: OsdInfo): Fullness {
  const bits = osd.extra?.stateBits ?? 0;
  if ((bits & BITS.full) !== 0) return 'full';
  if ((bits & BITS.backfillfull) !== 0) return 'backfillfull';
  return (bits & BITS.nearfull) !== 0 ? 'nearfull' : 'none';
}

/**
 * The map with OSDs and pools marked as full as they are, by room and by quota; undefined where nothing changes.
 *
 * @ceph src/mon/OSDMonitor.cc update_pools_status, encode_pending; src/osd/OSDMap.cc get_full_pools — exact
 */
export function withFullness(map: OsdMap, stats: ClusterStats): Pick<OsdMap, 'osds' | 'pools'> | undefined {
  const osds = markedOsds(map, stats);
  const pools = markedPools({ ...map, osds }, stats);
  return osds === map.osds && pools === map.pools ? undefined : { osds, pools };
}

function markedOsds(map: OsdMap, stats: ClusterStats): OsdMap['osds'] {
  const osds = [...map.osds];
  let changed = false;
  for (const { id, usedBytes, totalBytes } of stats.osds) {
    const osd = osds[id];
    // One that is down says nothing.
    if (osd === undefined || !osd.up) continue;
    const now = fullnessOf(map, totalBytes > 0 ? usedBytes / totalBytes : 0);
    if (now === fullnessOfOsd(osd)) continue;
    const extra = osd.extra ?? PLAIN_OSD;
    osds[id] = { ...osd, extra: { ...extra, stateBits: (extra.stateBits & ~ALL_BITS) | BITS[now] } };
    changed = true;
  }
  return changed ? osds : map.osds;
}

function markedPools(map: OsdMap, stats: ClusterStats): OsdMap['pools'] {
  const byPool = fullestByPool(map);
  const pools = new Map(map.pools);
  let changed = false;
  for (const { pool, objects, dataBytes } of stats.pools) {
    const overQuota =
      (pool.quotaMaxBytes > 0 && dataBytes >= pool.quotaMaxBytes) ||
      (pool.quotaMaxObjects > 0 && objects >= pool.quotaMaxObjects);
    const now = byPool.get(pool.id) ?? 'none';
    const next = markedPool(pool, overQuota, now);
    if (next === pool) continue;
    pools.set(pool.id, { ...next, lastChange: map.epoch + 1 });
    changed = true;
  }
  return changed ? pools : map.pools;
}

function markedPool(pool: PgPool, overQuota: boolean, now: Fullness): PgPool {
  const wanted = { full: overQuota || now === 'full', full_quota: overQuota } as const;
  const flags = { ...wanted, backfillfull: now === 'backfillfull', nearfull: now === 'nearfull' } as const;
  let next = pool;
  for (const name of ['full', 'full_quota', 'backfillfull', 'nearfull'] as const)
    if (next.flags.includes(name) !== flags[name]) next = withFlag(next, name, flags[name]);
  return next;
}

const ORDER: readonly Fullness[] = ['none', 'nearfull', 'backfillfull', 'full'];

/** How full the fullest OSD is that a pool's rule can reach; pools that reach none that is full are left out. */
function fullestByPool(map: OsdMap): Map<number, Fullness> {
  const marked = map.osds.flatMap((osd, id) => {
    const how = osd?.up === true && osd.weight > 0 ? fullnessOfOsd(osd) : 'none';
    return how === 'none' ? [] : [[id, how] as const];
  });
  const out = new Map<number, Fullness>();
  if (marked.length === 0) return out;
  const reach = new Map<number, ReadonlySet<number>>();
  for (const pool of map.pools.values()) {
    const osds = reach.get(pool.crushRule) ?? osdsOfRule(map, pool.crushRule);
    reach.set(pool.crushRule, osds);
    for (const [id, how] of marked) {
      if (osds.has(id) && ORDER.indexOf(how) > ORDER.indexOf(out.get(pool.id) ?? 'none')) out.set(pool.id, how);
    }
  }
  return out;
}

function osdsOfRule(map: OsdMap, rule: number): ReadonlySet<number> {
  const steps = map.crush.rules.get(rule)?.steps ?? [];
  return new Set(steps.flatMap((step) => (step.op === 'take' ? devicesUnder(map.crush, step.item) : [])));
}
