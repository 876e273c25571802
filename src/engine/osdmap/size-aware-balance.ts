import { ONE } from '../crush/fixed.ts';
import type { OsdMap, PgPool } from './osd-map.ts';
import { type OsdLoad, type PgCounts, type ReadBalance, rounded } from './read-balance.ts';

const float = Math.fround;

/** What a read of a primary costs; a write costs every OSD of the PG the rest. */
const FULL = 100;

/** @ceph src/osd/OSDMap.cc OSDMap::calc_rbs_size_optimal — exact */
export function sizeAwareBalance(map: OsdMap, pool: PgPool, counts: PgCounts): ReadBalance {
  const failed = (text: string): ReadBalance => {
    return { valid: false, scoreActing: 0, scoreStable: 0, message: `ERROR: pool ${pool.id} ${text}` };
  };
  let legs = 0;
  for (let osd = 0; osd < counts.pgs.size; osd++) legs += counts.pgs.get(osd) ?? 0;
  const wanted = pool.pgNum * pool.size;
  if (legs !== wanted) {
    return failed(`has ${legs} PG OSD legs, expected ${wanted} - Can't calculate size-optimal read balancer score`);
  }
  const ratio = Number(pool.options.get('read_ratio') ?? 0);
  if (ratio <= 0 || ratio > FULL) {
    return failed(`has invalid read_ratio ${ratio} - Can't calculate size-optimal read balancer score`);
  }
  if (counts.pgs.size === 0) return failed("has no active OSDs, can't calculate loads and read balance score");
  return scored(map, pool, counts, ratio);
}

function scored(map: OsdMap, pool: PgPool, counts: PgCounts, ratio: number): ReadBalance {
  const total = (FULL + (pool.size - 1) * (FULL - ratio)) * pool.pgNum;
  const average = float(Math.floor(total / counts.pgs.size));
  const most = mostLoaded(counts, counts.primaries, ratio);
  const mostActing = mostLoaded(counts, counts.actingPrimaries, ratio);
  const uneven = map.osds.slice(0, counts.pgs.size).some((osd) => (osd?.primaryAffinity ?? ONE) !== ONE);
  const text = 'has primary_affinity set to non-default value on some OSDs, this is ignored by the size-optimal';
  return {
    valid: true,
    scoreActing: rounded(float(mostActing.load / average)),
    scoreStable: rounded(float(most.load / average)),
    ...(uneven ? { message: `Warning: pool ${pool.id} ${text} read balancer` } : {}),
    sizeAware: { averageLoad: Math.trunc(average), most, mostActing },
  };
}

function mostLoaded(counts: PgCounts, primaries: ReadonlyMap<number, number>, ratio: number): OsdLoad {
  let most: OsdLoad = { osd: -1, pgs: 0, primaries: 0, load: 0 };
  for (const [osd, pgs] of [...counts.pgs].sort(([a], [b]) => a - b)) {
    const own = primaries.get(osd) ?? 0;
    const load = own * FULL + (pgs - own) * (FULL - ratio);
    if (load > most.load) most = { osd, pgs, primaries: own, load };
  }
  return most;
}
