import type { OsdMap, PgPool } from '../osd-map.ts';
import { affinityOf } from '../read-balance.ts';
import type { PgsByOsd } from './pgs-by-osd.ts';

const float = Math.fround;

/**
 * How many primaries each OSD should have, by its PGs and its primary affinity; 32-bit floats. Undefined where no OSD
 * may be primary. Ceph ends its process where rounding makes the sum differ from pg_num by a hundredth; ours does not.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::calc_desired_primary_distribution_simple — exact
 */
export function desiredSimple(
  map: OsdMap,
  pool: PgPool,
  { all, primaries }: PgsByOsd,
): Map<number, number> | undefined {
  const desired = new Map<number, number>();
  let sum = 0;
  for (const osd of primaries.keys()) {
    const share = float((all.get(osd)?.size ?? 0) / pool.size);
    const count = float(share * affinityOf(map, osd));
    desired.set(osd, count);
    sum += count;
  }
  if (sum <= 0) return undefined;
  const factor = float(pool.pgNum / float(sum));
  for (const [osd, count] of desired) desired.set(osd, float(count * factor));
  return desired;
}
