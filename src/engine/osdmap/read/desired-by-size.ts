import type { PgPool } from '../osd-map.ts';
import type { PgsByOsd } from './pgs-by-osd.ts';

const float = Math.fround;

/** What a read costs; a write costs what is left of it. */
const FULL = 100;
/** `osd_pool_default_read_ratio` */
const DEFAULT_RATIO = 70;

/** What is left to share out. Loads are whole numbers, as in Ceph. */
interface Sharing {
  readonly pgs: PgsByOsd['all'];
  readonly osds: readonly number[];
  readonly copies: number;
  readonly write: number;
  readonly desired: Map<number, number>;
  /** PGs whose primary is settled. */
  readonly settled: Set<number>;
  /** PGs by how many of their OSDs shall only write. */
  readonly writers: Map<number, number>;
  osdsLeft: number;
  loadLeft: number;
  primariesLeft: number;
}

/**
 * How many primaries each OSD should have so that OSDs of different sizes bear the same load: small ones read more,
 * large ones, which write more, less. Undefined where a PG lacks a copy, or has but one.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::calc_desired_primary_distribution_osdsize_opt — exact
 */
export function desiredBySize(pool: PgPool, { all, primaries }: PgsByOsd): Map<number, number> | undefined {
  if (pool.size <= 1) return undefined;
  const copies = [...all.values()].reduce((sum, { size }) => sum + size, 0);
  if (copies !== pool.pgNum * pool.size) return undefined;
  const write = FULL - Number(pool.options.get('read_ratio') ?? DEFAULT_RATIO);
  const osds = [...primaries.keys()];
  const sharing: Sharing = {
    ...{ pgs: all, osds, copies: pool.size, write, desired: new Map(), settled: new Set(), writers: new Map() },
    ...{ osdsLeft: osds.length, loadLeft: pool.pgNum * (FULL + (pool.size - 1) * write), primariesLeft: pool.pgNum },
  };
  while (settleSmall(sharing));
  while (settleLarge(sharing));
  if (sharing.osdsLeft > 0) shareRest(sharing);
  return sharing.desired;
}

/** The load of each OSD that is left; undefined where nothing is left to do. */
function loadEach({ osdsLeft, loadLeft, primariesLeft }: Sharing): number | undefined {
  if (osdsLeft <= 0 || loadLeft <= 0 || primariesLeft <= 0) return undefined;
  return Math.trunc(loadLeft / osdsLeft);
}

function openOsds({ osds, desired }: Sharing): number[] {
  return osds.filter((osd) => !desired.has(osd));
}

function settle(sharing: Sharing, osd: number, primaries: number, load: number): void {
  sharing.desired.set(osd, primaries);
  sharing.loadLeft -= load;
  sharing.osdsLeft--;
  sharing.primariesLeft -= primaries;
}

/** Makes OSDs that are small enough primary of all their PGs. True where there was one. */
function settleSmall(sharing: Sharing): boolean {
  const each = loadEach(sharing);
  if (each === undefined) return false;
  let found = false;
  for (const osd of openOsds(sharing)) {
    const pgs = pgsOf(sharing, osd);
    const own = pgs.filter((pg) => !sharing.settled.has(pg)).length;
    const load = own * FULL + (pgs.length - own) * sharing.write;
    if (load >= each) continue;
    settle(sharing, osd, own, load);
    for (const pg of pgs) sharing.settled.add(pg);
    found = true;
  }
  return found;
}

/** Makes OSDs that are too large primary of nothing but what no other can be primary of. True where there was one. */
function settleLarge(sharing: Sharing): boolean {
  const each = loadEach(sharing);
  if (each === undefined) return false;
  let found = false;
  for (const osd of openOsds(sharing)) {
    const pgs = pgsOf(sharing, osd);
    const open = pgs.filter((pg) => !sharing.settled.has(pg));
    const forced = open.filter((pg) => isForced(sharing, pg)).length;
    const load = forced * FULL + (pgs.length - forced) * sharing.write;
    if (load <= each) continue;
    settle(sharing, osd, forced, load);
    for (const pg of open) sharing.writers.set(pg, (sharing.writers.get(pg) ?? 0) + 1);
    found = true;
    if (sharing.osdsLeft === 0) break;
  }
  return found;
}

/** True where all but one of the PG's OSDs shall only write. */
function isForced({ writers, copies }: Sharing, pg: number): boolean {
  return (writers.get(pg) ?? 0) >= copies - 1;
}

function shareRest(sharing: Sharing): void {
  const { write, loadLeft, osdsLeft } = sharing;
  const each = Math.trunc(loadLeft / osdsLeft);
  for (const osd of openOsds(sharing)) {
    const pgs = pgsOf(sharing, osd);
    const secondaries = pgs.filter((pg) => sharing.settled.has(pg)).length;
    const forced = pgs.filter((pg) => !sharing.settled.has(pg) && isForced(sharing, pg)).length;
    const left = pgs.length - forced - secondaries;
    const load = each - forced * FULL - secondaries * write;
    const more = left <= 0 ? 0 : float((load - left * write) / (FULL - write));
    sharing.desired.set(osd, float(forced + more));
  }
}

function pgsOf({ pgs }: Sharing, osd: number): number[] {
  return [...(pgs.get(osd) ?? [])];
}
