import { isDirty } from '../../osd/tier/clean.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';

/** Objects of a tier that its base has not as they are, whiteouts and clones among them: `num_objects_dirty`. */
export function dirtyObjects(pgs: PlacementGroups, pool: PgPool): number {
  let dirty = 0;
  for (let seed = 0; seed < pool.pgNum; seed++) {
    const store = pgs.view(pool.id, seed)?.acting[0];
    if (store === undefined) continue;
    for (const onode of store.collection(pool.id, seed).values()) if (isDirty(onode)) dirty++;
  }
  return dirty;
}
